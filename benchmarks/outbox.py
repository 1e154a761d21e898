"""How fast does the outbox empty itself, beside smtplib alone?"""

import datetime as dt
import smtplib
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from multiprocessing.connection import Connection
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from sqlalchemy import make_url

from benchmarks.measuring import Row, Table, alternately, at_least
from benchmarks.sink import SPAWN, Sink, listening
from engine.commands.deliver import deliver
from engine.outbox import Message
from engine.ports import StoreUnavailableError
from flows.sending import LEASE
from integrations.clock import SystemClock
from integrations.mail.session import Relay
from integrations.mail.smtp import SmtpMailer
from integrations.store.database import connect
from integrations.store.outbox import SqlOutbox
from tests.fakes.databases import opened
from tests.fakes.postgres import server
from tests.fakes.samples import message

COUNT = 10_000
ROUNDS = 3
PART = COUNT // ROUNDS
LONGEST = 15.0
"""Seconds after which a round ends, though not all of its part is sent."""

_SOME = 100
"""How many a worker sends before it looks at the time."""

_LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_SIZE = 6_000
_GOAL = 0.3
_LINE = b"Kaere Anna, vi ses paa onsdag i salen, og her er resten af linjen.\r\n"

Work = Callable[[int, "Connection[Any, Any]"], None]
"""A worker, given a port: it says when it is ready, begins when told, says when."""


def measure() -> Table:
    """Measure one worker and two, on both databases."""
    with TemporaryDirectory() as folder, server() as postgres, listening() as sink:
        found = alternately(_subjects(sink, folder, postgres), rounds=ROUNDS)
    (_, alone), *rest = found.items()
    return Table(
        title="The outbox, beside smtplib alone",
        words=(
            f"{COUNT:,} messages of {_SIZE / 1000:.0f} kB wait in each outbox for a"
            " server on this machine; it has a process, and so has each worker. Medians"
            f" of {ROUNDS} rounds of {PART:,} messages, or of what leaves in"
            f" {LONGEST:.0f} s. SQLite waits for the disk at each commit; the"
            " PostgreSQL server is told not to (`fsync=off`). The ratio is to the rate"
            " of smtplib alone on one connection, which writes nothing down. The server"
            " reads ahead (PIPELINING) as most do; smtplib does not make use of that."
        ),
        rows=[
            Row(what="smtplib alone", measured=_rate(alone)),
            *(_row(name, alone, seconds) for name, seconds in rest),
        ],
    )


def _subjects(
    sink: Sink, folder: str, postgres: str
) -> Mapping[str, Callable[[int], float]]:
    """Return what is measured in turns; each outbox is filled once, before."""
    subjects: dict[str, Callable[[int], float]] = {
        "smtplib alone": lambda _round: _seconds(sink, [_alone])
    }
    for workers in (1, 2):
        # A database of its own for each number of workers, on the same server.
        theirs = f"workers{workers}"
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{theirs}"')
        urls = {
            "SQLite": f"sqlite:///{folder}/{theirs}.db",
            "PostgreSQL": str(make_url(postgres).set(database=theirs)),
        }
        for name, url in urls.items():
            _fill(url)
            subjects[f"{name}, {workers}"] = partial(_through, sink, url, workers)
    return subjects


def _row(name: str, alone: float, seconds: float) -> Row:
    what, ratio = f"{name} worker{'s' * name.endswith('2')}", alone / seconds
    if name.endswith("1"):
        return at_least(what, _rate(seconds), ratio, _GOAL)
    return Row(what=what, measured=_rate(seconds), ratio=f"{ratio:.2f}")


def _rate(seconds: float) -> str:
    return f"{1 / seconds:,.0f} messages/s"


def messages(count: int) -> Iterator[Message]:
    """Yield as many letters, each in a lane of its own."""
    body = _LINE * (_SIZE // len(_LINE))
    for number in range(count):
        key = f"bench/{number}"
        head = f"Message-ID: <{number}@example.org>\r\n\r\n".encode()
        yield message(key, payload=head + body, not_before=_LONG_AGO)


def _fill(url: str) -> None:
    engine = connect(url)
    opened(engine).post(*messages(COUNT), at=_LONG_AGO)
    engine.dispose()


def _through(sink: Sink, url: str, workers: int, _round: int) -> float:
    """Return how long workers take for one of the next part of an outbox."""
    return _seconds(sink, [partial(_worker, url, PART // workers)] * workers)


def _seconds(sink: Sink, works: Sequence[Work]) -> float:
    """Return how long one message takes, from the first beginning to the last end."""
    pipes = []
    for work in works:
        ours, theirs = SPAWN.Pipe()
        SPAWN.Process(target=work, args=(sink.port, theirs), daemon=True).start()
        ours.recv()
        pipes.append(ours)
    for pipe in pipes:
        pipe.send("go")
    began, ended, tried, failed = zip(*(pipe.recv() for pipe in pipes), strict=True)
    taken, sent = sink.taken(), sum(tried) - sum(failed)
    if not sent <= taken <= sum(tried):
        raise AssertionError(f"{taken} messages came, and not {sent}")
    if sum(failed):
        told = f"{sum(failed)} may not have left: a worker waited for the database\n"
        sys.stderr.write(told)
    seconds: float = max(ended) - min(began)
    return seconds / taken


def _worker(url: str, limit: int, port: int, pipe: "Connection[Any, Any]") -> None:
    """Deliver as `stafet deliver` does, but no more than `limit`."""
    outbox = SqlOutbox(connect(url))
    mailer = SmtpMailer(Relay(host="127.0.0.1", port=port, security="none"))
    outbox.paused()
    _timed(pipe, limit, lambda first: _sent(outbox, mailer, min(_SOME, limit - first)))
    mailer.close()


def _sent(outbox: SqlOutbox, mailer: SmtpMailer, some: int) -> tuple[int, int]:
    """Try some, and return how many, and how many of them may not have been sent."""
    try:
        found = deliver(outbox, mailer, SystemClock(), lease=LEASE, limit=some)
    except StoreUnavailableError:
        # Another worker kept the database too long.
        return some, some
    return some, some - found.sent


def _alone(port: int, pipe: "Connection[Any, Any]") -> None:
    """Send the same, and write nothing down."""
    all_ = tuple(messages(PART))
    with smtplib.SMTP("127.0.0.1", port) as connection:
        connection.ehlo()

        def send(number: int) -> tuple[int, int]:
            one = all_[number]
            connection.sendmail(one.sender, [one.address], one.payload)
            return 1, 0

        _timed(pipe, PART, send)


def _timed(
    pipe: "Connection[Any, Any]", limit: int, send: Callable[[int], tuple[int, int]]
) -> None:
    """Send when told, and say from when to when, how many, and how many failed."""
    pipe.send("ready")
    pipe.recv()
    began, tried, failed = time.monotonic(), 0, 0
    while tried < limit and time.monotonic() < began + LONGEST:
        more, unsure = send(tried)
        tried, failed = tried + more, failed + unsure
    pipe.send((began, time.monotonic(), tried, failed))
