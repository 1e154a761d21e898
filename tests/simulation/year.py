"""A simulated year: who takes part in it, what is edited when, and what goes wrong."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from engine.facts import Announced, Fact
from engine.ids import CohortId
from engine.spec.faults import SpecError
from flows.rehearsal.chance import Chance
from tests.fakes.cohorts import shipped_files
from tests.simulation.commands import NAMES, ask
from tests.simulation.coordinator import Coordinator
from tests.simulation.edits import EDITS
from tests.simulation.faults import RATES, Fortune, Seeded
from tests.simulation.machines import Parts
from tests.simulation.people import People
from tests.simulation.programme import Draft, crew, written
from tests.simulation.tracing import Time
from tests.simulation.world import World

DAY = dt.timedelta(days=1)
WEEK = 7 * DAY
_PROGRAMME = Path("specs/aarhus-leadership/programme.yaml")
_HOURS = (12, 144)
_MOST_CLOSED = 60
"""Days within which some day is open, also when the summer comes in between."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much of everything a year has.

    Attributes:
        commands: So many of a coordinator's own in each cohort.
        before: Days from recording a cohort to its kick-off, about.
        shipped: Whether it is the programme that is shipped.
    """

    cohorts: int = 2
    edits: int = 7
    commands: int = 12
    before: int = 42
    shipped: bool = False
    outages: int = 3
    rates: Mapping[str, float] = field(default_factory=lambda: RATES)
    parts: Parts = field(default_factory=Parts)


class Year:
    """One installation from its first cohort to some weeks after its last."""

    def __init__(self, seed: int, plan: Plan, fortune: Fortune | None = None) -> None:
        self.plan = plan
        self.dice = random.Random(f"year {seed}")
        self.whims = random.Random(f"commands {seed}")
        begins = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)
        begins += self.dice.randint(0, 700) * DAY
        self.world = World(
            time=Time(now=begins),
            fortune=fortune or Seeded(seed, plan.rates),
            parts=plan.parts,
        )
        self.coordinator = Coordinator(world=self.world)
        self.people = People(world=self.world, chance=Chance(seed))
        self.world.listeners.append(self._announced)
        self.ends, self.drafts = begins, list[Draft]()
        self._schedule_cohorts(begins)
        self._schedule_outages(begins)

    def run(self) -> World:
        """Live through it.

        Raises:
            ViolationError: At the first promise that does not hold.
        """
        with self.world.alive():
            self.world.live(self.ends)
            self.finish()
        return self.world

    def finish(self) -> None:
        """Let everything settle in peace, and judge the whole."""
        world = self.world
        world.calm()
        world.live(world.time.now + 3 * WEEK)
        self._remembered()
        world.judge.ended()

    def _schedule_cohorts(self, begins: dt.datetime) -> None:
        at, follows, names = begins, "", ("one", "two", "three")
        for name in names[: self.plan.cohorts]:
            draft = _draft(name, follows, self.dice)
            draft = _shipped() if self.plan.shipped else draft
            self._schedule(_dated(draft, at, self.plan.before, self.dice), at)
            follows = name if self.dice.random() < 0.5 else ""
            wait = self.dice.randint(225, 240) if follows else self.dice.randint(5, 150)
            at += wait * DAY

    def _schedule(self, draft: Draft, at: dt.datetime) -> None:
        world, dice = self.world, self.dice
        self.drafts.append(draft)
        world.put(at, partial(self.coordinator.record, draft))
        for _ in range(self.plan.edits):
            when = at + dice.random() * (self.plan.before + 210) * DAY
            edit, number = dice.choice(sorted(EDITS)), dice.randrange(10**6)
            world.put(when, partial(self.coordinator.edit, draft.id, edit, number))
        self.ends = at + (self.plan.before + 330) * DAY
        for _ in range(self.plan.commands):
            when = at + self.whims.random() * (self.ends - at)
            name, number = (
                self.whims.choice(NAMES),
                self.whims.randrange(10**6),
            )
            world.put(when, partial(ask, world, draft.id, name, number))

    def _schedule_outages(self, begins: dt.datetime) -> None:
        world, dice = self.world, self.dice
        for happens in (world.go_down, world.lose_relay) * self.plan.outages:
            when = begins + dice.random() * (self.ends - begins)
            length = dt.timedelta(hours=dice.randint(*_HOURS))
            world.put(when, partial(happens, length))
        while (begins := begins + 60 * DAY) < self.ends:
            world.put(begins, self._remembered)

    def _announced(self, cohort: CohortId, facts: Sequence[Fact]) -> None:
        """Judge what people believe as it begins."""
        for fact in facts:
            told = fact.event
            if isinstance(told, Announced) and told.starts > self.world.time.now:
                judge = partial(self.world.judge.begins, cohort, told.occurrence)
                self.world.put(told.starts, judge)

    def _remembered(self) -> None:
        """Judge whether who runs for long knows what happened elsewhere."""
        machines = (*self.world.workers, self.world.pages)
        units = [one.process.unit for one in machines if one.process is not None]
        self.world.judge.remembers(units, self.world.unit())


def _draft(name: str, follows: str, dice: random.Random) -> Draft:
    people = list(crew(dice.randrange(8)))
    return Draft(name=name, dates={}, people=people, follows=follows)


def _shipped() -> Draft:
    """Return the programme that is shipped, with all of its people."""
    return Draft(
        name="2027",
        dates={},
        people=list(shipped_files().people),
        programme=("aarhus-leadership", _PROGRAMME.read_text(encoding="utf-8")),
    )


def _dated(draft: Draft, at: dt.datetime, before: int, dice: random.Random) -> Draft:
    """Return a cohort that begins on an open day some weeks after it is recorded."""
    hour, days = dice.choice([9, 13]), before + dice.randint(0, 18)
    for later in range(_MOST_CLOSED):
        first = at.replace(hour=hour) + (days + later) * DAY
        draft.dates["kick-off"] = written(first)
        try:
            draft.files()
        except SpecError:
            continue
        return draft
    raise AssertionError(f"{draft.id} can begin on no day")


def plan_of(seed: int) -> Plan:
    """Return what the year of a seed has: now and then it is the shipped one."""
    if seed % 20 == 0:
        return Plan(cohorts=1, before=130, shipped=True)
    return Plan()


def simulate(seed: int, plan: Plan | None = None) -> World:
    """Live through the year of a seed.

    Raises:
        ViolationError: At the first promise that does not hold.
    """
    year = Year(seed, plan or plan_of(seed))
    try:
        return year.run()
    finally:
        year.world.engine.dispose()
