"""The small cohort in a real database, moved on by hand, with the mail that left it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine

from engine.commands.advance import advance
from engine.commands.apply import Files
from engine.commands.deliver import Delivery, deliver
from engine.commands.unit import Unit
from engine.facts import Done, Event
from engine.ids import ActionId
from engine.outbox import Message, Outcome
from integrations.store.outbox import SqlOutbox
from integrations.store.schema import prepare
from integrations.store.store import SqlStore
from tests.fakes.clocks import Clock
from tests.fakes.cohorts import APPLIED, INSTALLATION, Keys, Live, small_files
from tests.fakes.memory import Memory
from tests.fakes.samples import LEASE

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """A mail that somebody got, and when."""

    at: dt.datetime
    message: Message


@dataclass(frozen=True, slots=True)
class Handed:
    """A transfer to somebody who takes whatever comes."""

    arrival: Arrival
    arrived: list[Arrival]

    def finish(self) -> Outcome:
        self.arrived.append(self.arrival)
        return Outcome(verdict="sent")

    def abort(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Letterbox:
    """A mailer that keeps what arrives."""

    clock: Clock
    arrived: list[Arrival]

    def begin(self, message: Message) -> Handed:
        return Handed(Arrival(at=self.clock.now(), message=message), self.arrived)

    def close(self) -> None:
        pass


@dataclass(kw_only=True)
class Stored(Live):
    """A recorded cohort in a database: its facts and its outbox are the real ones."""

    outbox: SqlOutbox
    arrived: list[Arrival] = field(default_factory=list)

    def advance(self) -> tuple[ActionId, ...]:
        """Do what is due now, and return it."""
        return advance(self.unit, self.cohort, now=self.now)

    def deliver(self) -> Delivery:
        """Send what may leave now."""
        clock = Clock(self.now)
        return deliver(self.outbox, Letterbox(clock, self.arrived), clock, lease=LEASE)

    def until(self, moment: dt.datetime) -> None:
        """Do what is due, each thing at its own time, send it, and stay there."""
        while (due := self.unit.store.next_due(self.cohort)) and due <= moment:
            self.now = max(self.now, due)
            self.advance()
            self.deliver()
        self.now = moment
        self.deliver()

    def outcomes(self, *, after: int = 0) -> Mapping[ActionId, str]:
        """Return what became of each action since a fact; a second one would show."""
        found = self.unit.store.facts(self.cohort, after=after)
        done = [fact.event for fact in found if isinstance(fact.event, Done)]
        outcomes = {one.action: one.outcome for one in done}
        assert len(outcomes) == len(done)
        return outcomes


def stored(
    engine: Engine, files: Files | None = None, *, at: dt.datetime = APPLIED
) -> Stored:
    """Return a cohort just recorded in a database; the small one if none is given."""
    prepare(engine)
    files, keys = files or small_files(), Keys()
    unit = Unit(store=SqlStore(engine), renderer=keys, installation=INSTALLATION)
    one = Stored(
        memory=Memory(),
        unit=unit,
        renderer=keys,
        now=at,
        cohort=files.id,
        outbox=SqlOutbox(engine),
    )
    one.apply(files)
    return one


def live_on(live: Live, until: dt.datetime) -> None:
    """Live to a day: the coordinator approves what is proposed, and everybody agrees.

    They do so in the morning after; nobody does anything else.
    """
    while live.now < until:
        live.until(min(live.now + DAY, until))
        if live.state.proposed:
            live.approve()
        if any(not one.agreed for one in live.state.matches.values()):
            live.confirm_all()


def events(live: Live) -> list[Event]:
    """Return what has happened, whenever it did."""
    return [fact.event for fact in live.history()]
