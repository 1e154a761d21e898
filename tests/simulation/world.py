"""The real store and engine over a virtual clock, among faults and people."""

import datetime as dt
import heapq
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from sqlalchemy import Engine, select

from engine import crash
from engine.commands.standing import Standing
from engine.commands.unit import Unit
from engine.facts import Fact, encode, kind_of
from engine.ids import CohortId
from engine.ports import Change, StoreUnavailableError
from flows.wiring import MimeRenderer
from integrations.store.database import connect
from integrations.store.schema import prepare
from integrations.store.store import SqlStore
from integrations.store.tables import outbox, waiting
from tests.simulation.faults import Fortune, KilledError, pick
from tests.simulation.machines import INSTALLATION, Command, Machine, Parts
from tests.simulation.oracles import Judge
from tests.simulation.relay import Arrival, Relay
from tests.simulation.tracing import Time

MINUTE = dt.timedelta(minutes=1)
PAUSES = (20, 240, 420, 7200)
"""Seconds that a worker may stand still: within its lease, and past it."""

SKEWS = (-60, -20, 0, 20, 60)
_WAITING = select(
    outbox.c.lane, outbox.c.not_before, outbox.c.again, outbox.c.lease_until
).where(waiting)
_DOT_IS_OUT = "deliver: between dot and settle"

Act = Callable[[], None]
Listener = Callable[[CohortId, Sequence[Fact]], None]
Reader = Callable[[Arrival], None]


@dataclass(kw_only=True)
class World:
    """One installation with two workers, and everybody who uses it.

    Attributes:
        agenda: What is going to happen, soonest first.
        rests_until: Before when no worker wakes up.
        down_until: When an outage of everything ends.
        listeners: Told of new facts. `readers` of what arrived by mail.
        acting: The machines that run, the innermost last.
        seen: The last fact of each cohort that everybody was told of.
        fresh: Cohorts of which there may be later ones.
    """

    time: Time
    fortune: Fortune
    parts: Parts = field(default_factory=Parts)
    agenda: list[tuple[dt.datetime, int, Act]] = field(default_factory=list)
    rests_until: dt.datetime | None = None
    down_until: dt.datetime | None = None
    listeners: list[Listener] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    acting: list[Machine] = field(default_factory=list)
    seen: dict[CohortId, int] = field(default_factory=dict)
    fresh: dict[CohortId, None] = field(default_factory=dict)
    _order: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        self.engine: Engine = connect("sqlite://")
        prepare(self.engine)
        self.relay = Relay(time=self.time, fortune=self.fortune)
        self.eye = self.unit()
        self.judge = Judge(
            time=self.time, relay=self.relay, eye=self.eye, engine=self.engine
        )
        self.workers = tuple(
            self._machine(name, pick(self.fortune, "skew", SKEWS)) for name in "ab"
        )
        self.pages = self._machine("pages", 0)
        self.desk = self._machine("desk", 0)

    def unit(self) -> Unit:
        """Return a unit that knows nothing yet, and is out of harm's way."""
        return Unit(
            store=SqlStore(self.engine),
            renderer=MimeRenderer(),
            installation=INSTALLATION,
        )

    def standing(self, cohort: CohortId) -> Standing:
        """Return where a cohort stands."""
        return self.eye.standing(cohort)

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Let faults strike at the boundaries that the code names."""
        crash.install(self.reached)
        try:
            yield
        finally:
            crash.install(None)

    # What people and plans ask for.

    def put(self, at: dt.datetime, act: Act) -> None:
        """Let something happen at a moment."""
        heapq.heappush(self.agenda, (at, next(self._order), act))

    def in_minutes(self, least: int, most: int, act: Act) -> None:
        """Let something happen soon."""
        minutes = self.fortune.whole("minutes", least, most)
        self.put(self.time.now + minutes * MINUTE, act)

    def go_down(self, length: dt.timedelta) -> None:
        """Stop everything for some days."""
        self.down_until = self.time.now + length
        self.time.tell("outage", "of everything until", self.down_until)

    def lose_relay(self, length: dt.timedelta) -> None:
        """Let no mail out for some days."""
        self.relay.gone_until = self.time.now + length
        self.time.tell("outage", "of the relay until", self.relay.gone_until)

    @property
    def is_down(self) -> bool:
        """Whether nobody answers."""
        return self.down_until is not None and self.time.now < self.down_until

    def click(
        self, cohort: CohortId, command: Command, *, actor: str, about: str
    ) -> None:
        """Let somebody ask for something on a page; it may fail, and be tried again."""
        if self.is_down:
            self.in_minutes(60, 3000, self._again(cohort, command, actor, about))
            return
        self.time.tell("click", cohort, actor, about)
        fate = self.clicked(cohort, command, actor=actor, about=about)
        failed = fate in {"killed", "database gone"}
        if (failed and self.fortune.happens("tries again")) or (
            not failed and self.fortune.happens("clicks twice")
        ):
            self.in_minutes(1, 40, self._again(cohort, command, actor, about))

    def clicked(
        self, cohort: CohortId, command: Command, *, actor: str, about: str
    ) -> str:
        """Let the pages carry out a command once, and return how that ended."""
        click = partial(self.pages.click, cohort, command, actor=actor, about=about)
        return self.run(self.pages, click)

    def _again(self, cohort: CohortId, command: Command, actor: str, about: str) -> Act:
        return lambda: self.click(cohort, command, actor=actor, about=about)

    # How time passes.

    def live(self, until: dt.datetime) -> None:
        """Live through everything up to a moment."""
        while True:
            moment, act = self._next()
            if moment > until:
                break
            self.time.move(moment)
            act()
            self.observe()
        self.time.move(until)

    def calm(self) -> None:
        """Let nothing go wrong from now on."""
        self.fortune.calm()
        self.down_until = self.relay.gone_until = None

    def observe(self) -> None:
        """Tell everybody of what is new."""
        fresh, self.fresh = self.fresh, {}
        for cohort in fresh:
            facts = self.eye.store.facts(cohort, after=self.seen.get(cohort, 0))
            for fact in facts:
                self.seen[cohort] = fact.number
                at = f"{fact.at:%Y-%m-%dT%H:%M:%S}"
                kind, body = kind_of(fact.event), encode(fact.event)
                self.time.tell("fact", cohort, fact.number, at, fact.actor, kind, body)
            for listener in self.listeners if facts else ():
                listener(cohort, facts)
        arrived, self.relay.unread = self.relay.unread, []
        for arrival in arrived:
            self.judge.arrived(arrival)
            for reader in self.readers:
                reader(arrival)

    def _next(self) -> tuple[dt.datetime, Act]:
        wakes = self._wakes()
        if self.agenda and self.agenda[0][0] <= wakes:
            at, _, act = heapq.heappop(self.agenda)
            return max(at, self.time.now), act
        return wakes, self._wake

    def _wakes(self) -> dt.datetime:
        """Return when a worker next has something to do."""
        far = dt.datetime.max.replace(tzinfo=dt.UTC)
        due = self.eye.store.next_due
        moments = [due(cohort) or far for cohort in self.seen]
        with self.engine.connect() as connection:
            lanes: dict[str, dt.datetime] = {}
            for lane, *times in connection.execute(_WAITING.order_by(outbox.c.number)):
                lanes.setdefault(lane, max(one for one in times if one is not None))
        resting = [self.time.now, self.rests_until, self.down_until]
        earliest = min([*moments, *lanes.values()], default=far)
        return max(earliest, *(one for one in resting if one is not None))

    def _wake(self) -> None:
        self.rests_until = self.time.now + MINUTE
        worker = pick(self.fortune, "worker", self.workers)
        self._serve(worker)
        if self.fortune.happens("both workers"):
            self._serve(self._other(worker))

    def _serve(self, worker: Machine) -> None:
        began = worker.clock.now()
        fate = self.run(worker, worker.serve)
        if fate == "killed":
            restart = self.fortune.whole("restart", 1, 60)
            self.rests_until = self.time.now + restart * MINUTE
        if fate == "done":
            self.judge.idle(before=began - 2 * MINUTE)

    def _other(self, worker: Machine) -> Machine:
        return next(one for one in self.workers if one is not worker)

    def run(self, machine: Machine, act: Callable[[], str]) -> str:
        """Let a machine do something, where faults find it; return how that ended."""
        self.acting.append(machine)
        try:
            return act()
        finally:
            self.acting.pop()

    # What goes wrong.

    def reached(self, point: str) -> None:
        """Kill or stop a process at a boundary, now and then."""
        if not self.acting:
            return
        if self.fortune.happens("killed") or self.fortune.happens(point):
            self._excused(point)
            raise KilledError(point)
        alone = len(self.acting) == 1 and point.startswith("deliver")
        if alone and self.fortune.happens("paused"):
            self._excused(point)
            self._pause(point)

    def _excused(self, point: str) -> None:
        if point == _DOT_IS_OUT and self.relay.order:
            self.relay.excuse(self.relay.order[-1].message.key)

    def _pause(self, point: str) -> None:
        """Stop a worker, let the other one work meanwhile, and let it go on."""
        machine = self.acting[-1]
        seconds = pick(self.fortune, "pause", PAUSES)
        self.time.tell("paused", machine.name, point, seconds)
        self.time.move(self.time.now + dt.timedelta(seconds=seconds))
        other = self._other(machine)
        self.run(other, other.serve)

    def overtaken(self) -> None:
        """Let another process append first, now and then."""
        if len(self.acting) == 1 and self.fortune.happens("overtaken"):
            other = self._other(self.acting[-1])
            self.time.tell("overtaken", self.acting[-1].name, "by", other.name)
            self.run(other, other.advance)

    def fails(self, where: str) -> None:
        """Let the database go away, now and then."""
        if self.acting and self.fortune.happens("database gone"):
            raise StoreUnavailableError(where)

    def deciding(self, cohort: CohortId, change: Change, expected: int) -> None:
        """Judge what is about to be written."""
        self.fresh[cohort] = None
        self.judge.deciding(cohort, change, expected)

    def _machine(self, name: str, seconds: int) -> Machine:
        return Machine(
            name=name,
            engine=self.engine,
            around=self,
            parts=self.parts,
            off=dt.timedelta(seconds=seconds),
        )


def counts(world: World) -> Mapping[str, int]:
    """Return how often each kind of line stands in the trace."""
    return Counter(line.split(" ", 2)[1] for line in world.time.lines)
