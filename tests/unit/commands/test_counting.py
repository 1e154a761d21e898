"""How much somebody has taken part, counted in one way for whoever asks."""

import datetime as dt

import pytest

from engine.counting import Counts, answers, counts, lasting
from engine.facts import Announced
from engine.ids import OccurrenceId
from engine.spec.closed import WorkingHours
from tests.fakes.cohorts import FIRST_WORKSHOP, KICK_OFF, Live, begun

DAY = dt.timedelta(days=1)


def counted(live: Live, id_: str) -> Counts:
    return counts(live.record, live.person(id_), now=live.now)


def test_gatherings_and_meetings_that_are_over_are_counted() -> None:
    live = begun()
    live.attend("kick-off-1", alk=True, ugle=False)
    live.book("alk", KICK_OFF + 6 * DAY)
    live.until(KICK_OFF + 8 * DAY)
    (booked,) = live.state.booked
    live.met(booked)

    assert counted(live, "alk") == Counts(
        came=1, gatherings=1, untold=0, held=1, meetings=1, hours=4.5
    )
    assert counted(live, "ugle") == Counts(
        came=0, gatherings=1, untold=0, held=1, meetings=1, hours=1.5
    )


def test_a_gathering_of_which_nobody_has_told_counts_as_come_to() -> None:
    live = begun()

    assert counted(live, "mejse") == Counts(
        came=1, gatherings=1, untold=1, held=0, meetings=0, hours=3.0
    )


def test_what_is_ahead_is_not_counted() -> None:
    live = begun()
    live.until(FIRST_WORKSHOP)

    assert counted(live, "alk").gatherings == 1


def test_evaluations_are_counted_but_not_the_anonymous_ones() -> None:
    live = begun()
    live.until(FIRST_WORKSHOP + 3 * DAY)
    live.answer("after-workshop-1", "alk", useful=4)
    live.until(dt.datetime(2027, 12, 3, 12, tzinfo=dt.UTC))
    live.answer("final-1", "alk", goals=4)

    def found(id_: str) -> tuple[int, int]:
        person = live.person(id_)
        return answers(live.record, live.standing.timeline, person, now=live.now)

    # Two workshops and what to hand over; the third of them was for all as well.
    assert (found("alk"), found("ugle")) == ((1, 4), (0, 3))


@pytest.mark.parametrize(
    ("starts", "ends", "hours"),
    [
        ("2027-03-03 13:00", "2027-03-03 16:30", 3.5),
        ("2027-03-03 17:00", "2027-03-03 21:00", 4),
        ("2027-03-03 10:00", "2027-03-04 14:00", 12),
        ("2027-03-03 10:00", "2027-03-05 12:00", 18),
    ],
)
def test_several_days_last_as_long_as_people_work_on_them(
    starts: str, ends: str, hours: float
) -> None:
    zone = begun().record.days.zone
    first, last = (
        zone.at(moment.date(), moment.time())
        for moment in map(dt.datetime.fromisoformat, (starts, ends))
    )
    told = Announced(
        occurrence=OccurrenceId("camp-1"),
        revision=0,
        sequence=0,
        starts=first,
        ends=last,
        place="",
        audience=(),
        stage="invited",
    )

    assert lasting(told, zone, WorkingHours(8, 16)) == hours
