"""Without Prefect all goes on, and what Prefect leaves lying is done."""

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pytest

from engine.commands.advance import advance
from engine.commands.meetings import reply
from engine.commands.standing import Standing
from engine.commands.unit import Unit
from engine.ids import CohortId
from engine.outbox import Message, Outcome
from engine.ports import StoreUnavailableError, Transfer, UnreachableError
from flows.running.telling import Teller
from flows.running.tending import HEAD_START, MINUTE, TICK, Tender
from flows.wiring import App
from integrations.clock import FixedClock
from tests.fakes.recorded import advanced, began, example, recorded

COHORT = example().id


@dataclass
class Place:
    """A tender at work, with all that it told and a switch for Prefect."""

    app: App
    driven: bool = False
    ended: bool = False
    told: list[str] = field(default_factory=list)
    tender: Tender = field(init=False)

    def __post_init__(self) -> None:
        self.tender = Tender(
            app=self.app,
            teller=Teller(clock=self.app.clock, write=self.told.append),
            driven=lambda: self.driven,
            stopping=lambda: self.ended,
        )

    @property
    def clock(self) -> FixedClock:
        return cast("FixedClock", self.app.clock)

    def tend(self, *, until: dt.datetime) -> None:
        """Tend by the fixed clock, which each wait moves on."""

        def wait(seconds: float) -> None:
            self.clock.move(self.clock.now() + dt.timedelta(seconds=seconds))
            self.ended = self.clock.now() >= until

        self.ended = False
        self.tender.tend(wait)

    def done(self) -> set[str]:
        return set(self.app.unit.standing(COHORT).record.state.done)


@pytest.fixture
def place(app: App) -> Place:
    return Place(app)


def statuses(app: App) -> set[str]:
    return {one.status for one in app.outbox.standings()}


class Nobody:
    """A relay that is down."""

    def begin(self, message: Message) -> Transfer | Outcome:
        raise UnreachableError(f"{message.sender[:0]}localhost:25: connection refused")

    def close(self) -> None:
        """Nothing was opened."""


@dataclass
class Broken:
    """A unit of work that fails for one cohort, in words that nobody may read."""

    unit: Unit
    error: Exception
    broken: bool = True

    def standing(self, cohort: CohortId) -> Standing:
        if self.broken:
            raise self.error
        return self.unit.standing(cohort)

    def __getattr__(self, name: str) -> object:
        return getattr(self.unit, name)


def broken(app: App, error: Exception) -> tuple[Place, Broken]:
    unit = Broken(app.unit, error)
    return Place(replace(app, unit=cast("Unit", unit))), unit


def test_it_does_what_the_commands_do(place: Place, tmp_path: Path) -> None:
    plain = advanced(recorded(tmp_path / "plain"), now=began())

    place.tend(until=began() + TICK)

    assert place.app.unit.store.facts(COHORT) == plain.unit.store.facts(COHORT)
    assert statuses(place.app) == {"sent"}


def test_a_moment_that_comes_is_met_within_a_tick(place: Place) -> None:
    place.tend(until=began() + TICK)
    due = place.app.unit.store.next_due(COHORT)
    assert due is not None
    place.clock.move(due - TICK / 2)

    place.tend(until=due + TICK)

    assert place.app.unit.store.due(due + TICK) == ()


def test_a_line_tells_the_cohort_its_actions_and_mails_and_nobodys_name(
    place: Place,
) -> None:
    place.tend(until=began() + TICK)

    people = place.app.unit.standing(COHORT).record.people.values()
    (line,) = place.told
    assert line.startswith(f"{began():%Y-%m-%d %H:%M:%SZ} {COHORT}: ")
    assert "workshop-1/hold" in line
    assert line.endswith(f"{len(place.app.outbox.standings())} mails sent\n")
    assert not [one for one in people if one.name in line or one.email in line]


def test_what_was_done_before_is_not_told(place: Place) -> None:
    place.tend(until=began() + TICK)
    other = Place(place.app)

    other.tend(until=began() + 2 * TICK)

    assert other.told == []


def test_while_prefect_drives_it_has_the_first_go(place: Place) -> None:
    place.driven = True

    place.tend(until=began() + HEAD_START - TICK)

    assert place.done() == set()


def test_what_prefect_leaves_lying_is_done(place: Place) -> None:
    place.driven = True

    place.tend(until=began() + HEAD_START + TICK)

    assert place.done() != set()
    assert place.app.unit.store.due(began()) == ()


def test_what_prefect_did_is_told_as_well(place: Place) -> None:
    place.driven = True
    place.tend(until=began() + TICK)
    advance(place.app.unit, COHORT, now=place.clock.now())

    place.tend(until=began() + MINUTE + 2 * TICK)

    assert "workshop-1/hold" in place.told[0]


def test_mail_that_no_run_sends_leaves_within_a_minute(place: Place) -> None:
    place.driven = True
    place.tend(until=began() + TICK)
    advance(place.app.unit, COHORT, now=place.clock.now())
    assert statuses(place.app) == {"pending"}

    place.tend(until=began() + MINUTE + 2 * TICK)

    assert statuses(place.app) == {"sent"}


def test_a_relay_that_is_down_is_told_once_and_nothing_is_lost(app: App) -> None:
    place = Place(replace(app, mailer=Nobody))

    place.tend(until=began() + 5 * MINUTE)

    about_mail = [line for line in place.told if "mail relay" in line]
    assert [line.split(" ", 2)[2] for line in about_mail] == [
        "the mail relay: out of reach, localhost:25: connection refused\n"
    ]
    assert statuses(app) == {"pending"}


def test_a_database_that_is_away_is_told_once_and_waited_for(app: App) -> None:
    place, unit = broken(app, StoreUnavailableError("the database: locked"))
    place.tend(until=began() + 4 * TICK)
    unit.broken = False

    place.tend(until=began() + 6 * TICK)

    words = [line.split(" ", 2)[2] for line in place.told]
    assert words[0] == "the database: out of reach, the database: locked\n"
    assert words[-1] == "the database: fine again\n"
    assert len(words) == 3
    assert app.unit.store.due(began()) == ()


def test_a_fault_of_ours_is_told_by_its_place_without_its_words(app: App) -> None:
    place, _ = broken(app, AssertionError("Camilla Koordinator"))

    place.tend(until=began() + 4 * TICK)

    (line,) = place.told
    assert f"{COHORT}: AssertionError in test_tending.py, line " in line
    assert "Camilla" not in line


def test_it_stops_between_two_actions(place: Place) -> None:
    left = [2]

    def stopping() -> bool:
        left[0] -= 1
        return left[0] < 0

    place.tender.stopping = stopping

    place.tender.tend(lambda _seconds: None)

    assert len(place.done()) == 1


def test_what_people_do_by_their_pages_is_not_told(place: Place) -> None:
    place.tend(until=began() + TICK)
    place.told.clear()
    told = next(iter(place.app.unit.standing(COHORT).record.state.announced.values()))
    person = told.told.audience[0]

    place.app.unit.perform(
        COHORT,
        lambda one: reply(
            one, occurrence=told.told.occurrence, person=person, answer="declined"
        ),
        now=place.clock.now(),
        actor=person,
    )
    place.tend(until=began() + 2 * MINUTE)

    assert not [line for line in place.told if person in line]
