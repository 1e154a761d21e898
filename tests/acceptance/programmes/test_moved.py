"""The shipped programmes with another kick-off: every date, worked out once more."""

import datetime as dt
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands.sketch import sketch
from engine.commands.standing import Standing
from engine.spec.moments import LocalDate
from tests.acceptance.programmes.own_calendar import (
    DAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    last_open,
    months,
    nearest,
    weeks,
)
from tests.acceptance.programmes.shipped import (
    COHORTS,
    begun,
    files,
    in_zone,
    times,
)

Dates = Mapping[str, list[dt.date]]
EARLIEST = dt.date(2026, 1, 1)
LATEST = dt.date(2032, 12, 31)
OSLO = ZoneInfo("Europe/Oslo")
_MOST = 12


def aarhus(kick_off: dt.date, country: str = "DK") -> Dates:
    """Every third month on a Wednesday, no later than a month before the closing."""
    closing = nearest(months(kick_off, 12), WEDNESDAY, country)
    workshops = [
        nearest(months(kick_off, 3 * count), WEDNESDAY, country)
        for count in range(1, _MOST)
    ]
    last = months(closing, -1)
    return {"workshop": [day for day in workshops if day <= last], "closing": [closing]}


def group_mentoring(kick_off: dt.date) -> Dates:
    """Four Tuesdays, four weeks apart, the first a week after the kick-off."""
    return {
        "group-meeting": [
            nearest(weeks(kick_off, 1 + 4 * count), TUESDAY, "DK") for count in range(4)
        ]
    }


def group_three_plus_one(kick_off: dt.date) -> Dates:
    """The first three of them."""
    return {"group-meeting": group_mentoring(kick_off)["group-meeting"][:3]}


def network(kick_off: dt.date) -> Dates:
    """Every fifth Thursday for eight months."""
    meetings = [
        nearest(weeks(kick_off, 5 * count), THURSDAY, "DK") for count in range(1, _MOST)
    ]
    last = months(kick_off, 8)
    return {"network-meeting": [day for day in meetings if day <= last]}


def ministries(kick_off: dt.date) -> Dates:
    """Two more Wednesdays, after a year and half-way there."""
    closing = nearest(months(kick_off, 12), WEDNESDAY, "NO")
    first, last = (
        dt.datetime.combine(day, dt.time(12), OSLO).astimezone(dt.UTC)
        for day in (kick_off, closing)
    )
    middle = (first + (last - first) / 2).astimezone(OSLO).date()
    return {"midway": [nearest(middle, WEDNESDAY, "NO")], "closing": [closing]}


def talents(kick_off: dt.date) -> Dates:
    """Two bootcamps from a Tuesday on, seminar days on Thursdays."""
    closing = nearest(months(kick_off, 12), WEDNESDAY, "DK")
    seminars = [
        nearest(months(kick_off, 3 * count), THURSDAY, "DK")
        for count in range(1, _MOST)
    ]
    last = months(closing, -1)
    return {
        "bootcamp": [
            nearest(months(kick_off, 4 * count), TUESDAY, "DK", length=3)
            for count in (1, 2)
        ],
        "seminar-day": [day for day in seminars if day <= last],
        "closing": [closing],
    }


def aalborg(kick_off: dt.date) -> Dates:
    """A Thursday after a year."""
    return {"closing": [nearest(months(kick_off, 12), THURSDAY, "DK")]}


GATHERINGS: Mapping[str, Callable[[dt.date], Dates]] = {
    "aalborg-leaders": aalborg,
    "aarhus-leadership": aarhus,
    "digital-network": network,
    "facilitated-network": network,
    "group-mentoring": group_mentoring,
    "group-three-plus-one": group_three_plus_one,
    "ministries-joint": ministries,
    "talent-trio": talents,
}


def due_in_group_mentoring(kick_off: dt.date) -> Dates:
    """Before the kick-off in weeks, before each later meeting in days."""
    later = group_mentoring(kick_off)["group-meeting"][1:]
    return {
        "terms-of-reference": [weeks(kick_off, -14)],
        "recruit-mentors": [weeks(kick_off, -10)],
        "reflection": [day - 3 * DAY for day in later],
        "open-questions": [day - 2 * DAY for day in later],
    }


def due_in_group_three_plus_one(kick_off: dt.date) -> Dates:
    """The same, with one meeting less."""
    due = due_in_group_mentoring(kick_off)
    between = {slug: due[slug][:2] for slug in ("reflection", "open-questions")}
    return {**due, **between}


def due_in_talent_trio(kick_off: dt.date) -> Dates:
    """What is due by a day, in weeks and months."""
    closing = talents(kick_off)["closing"][0]
    return {
        "succession": [months(kick_off, -4)],
        "criteria": [weeks(kick_off, -16)],
        "trio-form": [weeks(kick_off, 4)],
        "module-1": [months(kick_off, 3)],
        "module-2": [months(kick_off, 8)],
        "talent-pool": [weeks(closing, 3)],
    }


DEADLINES: Mapping[str, Callable[[dt.date], Dates]] = {
    "group-mentoring": due_in_group_mentoring,
    "group-three-plus-one": due_in_group_three_plus_one,
    "talent-trio": due_in_talent_trio,
}
kick_offs = st.dates(EARLIEST, LATEST)


def test_no_shipped_programme_is_left_out() -> None:
    assert set(GATHERINGS) == set(COHORTS)


@pytest.mark.parametrize("name", GATHERINGS)
@settings(max_examples=25)
@given(kick_off=kick_offs)
def test_every_weekday_is_kept_whenever_it_begins(name: str, kick_off: dt.date) -> None:
    year = sketch(begun(files(name), moved(name, kick_off)))

    expected = GATHERINGS[name](kick_off)

    assert {activity: days(year, activity) for activity in expected} == expected


@pytest.mark.parametrize("name", DEADLINES)
@settings(max_examples=40)
@given(kick_off=kick_offs)
def test_a_deadline_moves_to_the_working_day_before(
    name: str, kick_off: dt.date
) -> None:
    year = sketch(begun(files(name), moved(name, kick_off)))

    for activity, due in DEADLINES[name](kick_off).items():
        # In a break that is longer than the work nothing is left of it but an hour.
        assert times(year, activity) == [
            (opens, max(f"{last_open(day, 'DK')} 23:59", an_hour_after(opens)))
            for (opens, _), day in zip(times(year, activity), due, strict=True)
        ], activity


@pytest.mark.parametrize("name", sorted(COHORTS))
def test_another_zone_of_the_same_hours_changes_no_moment(name: str) -> None:
    here = sketch(files(name))
    zone = here.record.frozen.programme.timezone
    other = {"Europe/Copenhagen": "Europe/Oslo", "Europe/Oslo": "Europe/Copenhagen"}

    there = sketch(in_zone(name, other[zone]))

    assert there.timeline == here.timeline


@pytest.mark.parametrize("name", sorted(COHORTS))
def test_another_zone_keeps_the_time_of_day(name: str) -> None:
    here, there = sketch(files(name)), sketch(in_zone(name, "Atlantic/Faroe"))

    for activity in GATHERINGS[name](dt.date(2027, 9, 1)):
        assert times(there, activity) == times(here, activity)
        assert [one.starts for one in there.timeline.of(activity)] == [
            one.starts + dt.timedelta(hours=1) for one in here.timeline.of(activity)
        ]


def moved(name: str, kick_off: dt.date) -> LocalDate:
    """Return another day at the same time of day."""
    return LocalDate(kick_off, files(name).frozen.cohort.dates["kick-off"].time)


def days(year: Standing, activity: str) -> list[dt.date]:
    """Return the local days on which an activity begins."""
    return [dt.date.fromisoformat(starts[:10]) for starts, _ in times(year, activity)]


def an_hour_after(opens: str) -> str:
    """Return the local time an hour later."""
    later = dt.datetime.fromisoformat(opens) + dt.timedelta(hours=1)
    return f"{later:%Y-%m-%d %H:%M}"
