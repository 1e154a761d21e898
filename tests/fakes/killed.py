"""What is left after a worker was killed or stopped: subclass and give a `url`."""

import datetime as dt
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from engine.commands.deliver import deliver
from engine.outbox import Standing
from integrations.clock import SystemClock
from integrations.mail.smtp import SmtpMailer
from integrations.store.database import connect
from integrations.store.outbox import SqlOutbox
from integrations.store.store import SqlStore
from tests.fakes import kill, worker
from tests.fakes.clocks import Clock
from tests.fakes.sink import Sink, Verb, listening

Rows = tuple[Standing, ...]

WORKER = "tests.fakes.worker"
LEASE = dt.timedelta(seconds=60)
COUNT = 6
STOPPED_AT = (
    "deliver: between claim and body",
    "deliver: between body and mark",
    "deliver: between mark and dot",
    "deliver: between dot and settle",
)


class Recipients:
    """One is refused at first, one is refused for good, the others are welcome."""

    def __init__(self) -> None:
        self._refused = False

    def __call__(self, verb: Verb, recipient: str) -> str:
        if verb == "RCPT" and recipient.startswith("r1@"):
            first, self._refused = not self._refused, True
            return "450 later" if first else ""
        return "550 never" if verb == "RCPT" and recipient.startswith("r2@") else ""


def recovered(url: str, sink: Sink, *, count: int) -> Rows:
    """Decide again and deliver until nothing is left; return what became of it."""
    engine = connect(url)
    worker.decide(SqlStore(engine), count)
    outbox = SqlOutbox(engine)
    clock = Clock(SystemClock().now())
    mailer = SmtpMailer(worker.relay(sink.port, LEASE))
    for _ in range(8):
        clock.turn(hours=1)
        deliver(outbox, mailer, clock, lease=LEASE)
    mailer.close()
    rows = outbox.standings()
    engine.dispose()
    return rows


def audit(sink: Sink, rows: Rows, *, expected: set[int]) -> int:
    """Check that nothing is lost or has two identities; return the physical doubles."""
    arrived = {address for address, _ in sink.accepted}
    identities = Counter(address for address, _ in set(sink.accepted))
    assert arrived == {f"r{number}@example.org" for number in expected}
    assert set(identities.values()) == {1}
    assert {row.status for row in rows} <= {"sent", "dead"}
    assert sink.doubles() <= sum(row.doubts for row in rows)
    return sink.doubles()


class KilledContract:
    """R1, R2 and R3 of the promise."""

    @pytest.fixture
    def sink(self) -> Iterator[Sink]:
        with listening(Sink(rule=Recipients())) as sink:
            yield sink

    @pytest.mark.parametrize("nth", [1, 3])
    @pytest.mark.parametrize("point", kill.points("append", "deliver"))
    def test_a_worker_killed_anywhere_loses_nothing(
        self, url: str, sink: Sink, point: str, nth: int
    ) -> None:
        arguments = (url, str(sink.port), str(LEASE.total_seconds()), str(COUNT))
        died = kill.killed(WORKER, *arguments, point=point, nth=nth)
        if nth == 1:
            assert died, f"the worker never reached {point!r}"

        rows = recovered(url, sink, count=COUNT)

        doubles = audit(sink, rows, expected=set(range(COUNT)) - {2})
        certain = point != "deliver: between dot and settle"
        assert doubles == (0 if certain or not died else 1)

    @pytest.mark.parametrize("point", STOPPED_AT)
    def test_a_worker_stopped_past_its_lease_sends_nothing_twice(
        self, url: str, sink: Sink, point: str
    ) -> None:
        lease = 0.4
        arguments = (url, str(sink.port), str(lease), "3")
        with kill.running(
            WORKER, *arguments, point=point, by=signal.SIGSTOP
        ) as stopped:
            kill.await_stop(stopped)
            rows = recovered(url, sink, count=3)
            before = sink.doubles()
            time.sleep(lease)
            os.kill(stopped.pid, signal.SIGCONT)
            assert stopped.wait(timeout=60) == 0

        audit(sink, rows, expected={0, 1})
        assert sink.doubles() == before
        # Once the dot is out, nobody but the stopped worker knows.
        assert before == (1 if point == "deliver: between dot and settle" else 0)

    def test_two_workers_send_nothing_twice(self, url: str) -> None:
        count = 300
        with listening(Sink()) as sink:
            arguments = (url, str(sink.port), "60", str(count))
            with (
                kill.running(WORKER, *arguments) as one,
                kill.running(WORKER, *arguments) as other,
            ):
                codes = one.wait(timeout=120), other.wait(timeout=120)
            assert codes == (0, 0)
            assert sink.connections == 2
            rows = recovered(url, sink, count=count)

        assert audit(sink, rows, expected=set(range(count))) == 0
        assert {row.doubts for row in rows} == {0}
