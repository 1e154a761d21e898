"""A swarm from outside: started, killed at random, and what it leaves behind."""

import datetime as dt
import os
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from sqlalchemy import Engine

from engine.commands.advance import advance
from engine.commands.apply import apply
from engine.commands.deliver import deliver
from engine.facts import Done, Posted, to_lines
from engine.ids import CohortId
from engine.outbox import Standing
from integrations.store.database import connect
from integrations.store.outbox import SqlOutbox
from integrations.store.schema import prepare
from integrations.store.store import SqlStore
from tests.fakes import swarm
from tests.fakes.clocks import Clock
from tests.fakes.cohort_files import APPLIED
from tests.fakes.sink import Sink, listening
from tests.fakes.swarm import Part, Role, Ticking

PATIENCE = 300.0
ROLES: tuple[Role, ...] = ("schedule", "schedule", "send", "send")
LEASE = dt.timedelta(seconds=60)
SHORT_LEASE = dt.timedelta(seconds=2)
_AT_REST = 0.1
_CALM = 0.5
"""The longest time between two kills, in seconds; longer where the machine is slow."""
_DIGEST = re.compile('"digest":"[0-9a-f]+"')


@dataclass
class Member:
    """A process of a swarm, and what it says when it is ready."""

    process: ForkServerProcess
    ready: "Connection[bytes, bytes]"


@dataclass
class Swarm:
    """Processes that work on one database, each told what `Part` says."""

    url: str
    out: str
    lease: dt.timedelta = LEASE
    cohorts: int = 1
    clock: Ticking = field(default_factory=lambda: Ticking(time.monotonic()))
    members: dict[int, Member] = field(default_factory=dict)
    roles: dict[int, Role] = field(default_factory=dict)

    def spawn(self, role: Role) -> None:
        """Start one more.

        It is forked from a process that has loaded everything: killed as soon as it
        has begun, it dies at work rather than while it loads.
        """
        context = get_context("forkserver")
        context.set_forkserver_preload([swarm.__name__])
        ready, says = context.Pipe(duplex=False)
        part = Part(
            role=role,
            url=self.url,
            out=self.out,
            clock=self.clock,
            lease=self.lease,
            cohorts=self.cohorts,
        )
        process = context.Process(target=swarm.take_part, args=(part, says))
        process.start()
        says.close()
        assert process.pid
        self.members[process.pid] = Member(process, ready)
        self.roles[process.pid] = role

    def kill(self, pid: int) -> None:
        """Kill one that is still at work."""
        member = self.members.pop(pid)
        alive = member.process.is_alive()
        member.process.kill()
        member.process.join()
        member.process.close()
        member.ready.close()
        assert alive, "it ended by itself"

    def end(self) -> None:
        """Kill all of them, also where one has ended by itself."""
        with ExitStack() as stack:
            for pid in tuple(self.members):
                stack.callback(self.kill, pid)

    @contextmanager
    def standing_still(self, pid: int) -> Iterator[None]:
        """Let one stand still meanwhile, wherever it is."""
        os.kill(pid, signal.SIGSTOP)
        state = Path(f"/proc/{pid}/stat")
        while state.read_text("ascii").rpartition(") ")[2][0] != "T":
            time.sleep(0.001)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def ready(self) -> list[int]:
        """Return which of them have begun."""
        return [pid for pid, one in self.members.items() if one.ready.poll()]

    def finished(self, engine: Engine) -> bool:
        """Whether everything is recorded, done and sent."""
        store, now = SqlStore(engine), self.clock.now()
        waiting = (row for row in SqlOutbox(engine).outstanding() if row.waits)
        return (
            len(store.cohorts()) == self.cohorts
            and not store.due(now)
            and not any(row.not_before <= now for row in waiting)
        )

    def work_until(self, happened: Callable[[], bool]) -> None:
        """Wait until something has happened, and that everybody is still at work."""
        deadline = time.monotonic() + PATIENCE
        while not happened():
            members = self.members.values()
            assert all(one.process.is_alive() for one in members), "one has ended"
            assert time.monotonic() < deadline, "the swarm comes to nothing"
            time.sleep(_AT_REST)


@contextmanager
def swarming(one: Swarm, roles: Sequence[Role] = ROLES) -> Iterator[Swarm]:
    """Let a swarm work meanwhile; the first cohort is recorded before it begins."""
    with opened(one.url) as engine:
        # People get their surrogates once: then they are the same in any order.
        apply(swarm.unit_of(SqlStore(engine)), swarm.files(0), now=APPLIED)
    with ExitStack() as stack:
        stack.callback(one.end)
        for role in roles:
            one.spawn(role)
        yield one


def storm(one: Swarm, *, seconds: float, seed: int, least: int = 0) -> int:
    """Kill one after the other at random moments; return how many that were.

    All are at work by then. Goes on until as many have died as must.
    """
    chance, kills, over = random.Random(seed), 0, time.monotonic() + seconds
    while time.monotonic() < over or kills < least:
        asked = time.monotonic()
        one.work_until(lambda: len(one.ready()) == len(one.members))
        slow = time.monotonic() - asked
        time.sleep(chance.uniform(0, _CALM + 2 * slow))
        victim = chance.choice(list(one.members))
        one.kill(victim)
        one.spawn(one.roles[victim])
        kills += 1
    return kills


def calm(url: str, *, cohorts: int) -> tuple["Left", Counter[bytes]]:
    """Let two schedulers and two workers do everything; return what they leave."""
    with listening(Sink()) as sink, opened(url) as engine:
        with swarming(Swarm(url, str(sink.port), cohorts=cohorts)) as one:
            one.work_until(lambda: one.finished(engine))
        return left(engine), arrived(sink)


def arrived(sink: Sink) -> Counter[bytes]:
    """Return how often each mail came."""
    return Counter(content for _, content in sink.accepted)


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Give the engine of a database."""
    engine = connect(url)
    prepare(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def recover(url: str, out: str, *, now: dt.datetime) -> None:
    """Do what is due by now, and deliver until nothing is left."""
    with opened(url) as engine:
        unit, clock = swarm.unit_of(SqlStore(engine)), Clock(now)
        for cohort in unit.store.cohorts():
            advance(unit, cohort, now=now)
        mailer = swarm.mailer_of(out, LEASE)
        for _ in range(4):
            # What was refused waits, and what was claimed has its lease to run out.
            clock.turn(hours=1)
            deliver(SqlOutbox(engine), mailer, clock, lease=LEASE)
        mailer.close()


@dataclass(frozen=True, kw_only=True)
class Left:
    """What became of every cohort and of every mail.

    Attributes:
        histories: What happened in each cohort, sorted, without its times and the name
            of the cohort: one for all, if all went the same way.
        mails: Each set of keys that a cohort's mails have, likewise.
        actions: How many were done.
    """

    histories: set[str]
    mails: set[frozenset[str]]
    actions: int
    rows: tuple[Standing, ...]

    @property
    def doubts(self) -> int:
        """How often the reply to a final dot was lost."""
        return sum(row.doubts for row in self.rows)


def left(engine: Engine) -> Left:
    """Return what a swarm has left in a database."""
    store, rows = SqlStore(engine), SqlOutbox(engine).standings()
    cohorts = store.cohorts()
    facts = [fact for one in cohorts for fact in store.facts(one)]
    return Left(
        histories={_nameless(to_lines(store.facts(one)), one) for one in cohorts},
        mails={
            frozenset(_named(row.key, one) for row in rows if row.cohort == one)
            for one in cohorts
        },
        actions=sum(isinstance(fact.event, (Done, Posted)) for fact in facts),
        rows=rows,
    )


@cache
def unhurt() -> Left:
    """Return the same of two cohorts that nothing happened to."""
    with opened("sqlite://") as engine:
        unit = swarm.unit_of(SqlStore(engine))
        for number in range(2):
            apply(unit, swarm.files(number), now=APPLIED)
            advance(unit, swarm.files(number).id, now=swarm.BASE)
        return left(engine)


def check(found: Left, arrived: Mapping[bytes, int]) -> int:
    """Check that nothing is lost and no mail has two identities; return the doubles.

    Args:
        found: What is left in the database.
        arrived: How often each mail came.
    """
    expected = unhurt()
    assert len(expected.histories) == len(expected.mails) == 1
    assert found.histories == expected.histories
    assert found.mails == expected.mails
    assert {row.status for row in found.rows} == {"sent"}
    identities = Counter(map(_identity, arrived))
    assert set(identities.values()) == {1}
    assert len(identities) == len(found.rows)
    return sum(arrived.values()) - len(identities)


def _identity(content: bytes) -> bytes:
    return content.partition(b"Message-ID: ")[2].partition(b"\r\n")[0]


def _nameless(lines: str, cohort: CohortId) -> str:
    # Of letters that fall due in the same second, either may be the first.
    events = sorted(line.partition('"actor"')[2] for line in lines.splitlines())
    return _named("\n".join(events), cohort)


def _named(text: str, cohort: CohortId) -> str:
    """Return a text in which nothing tells one cohort from another."""
    return _DIGEST.sub("", text.replace(cohort, "COHORT"))
