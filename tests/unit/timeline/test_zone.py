"""Frozen answers about local time, against those of the time zone data itself."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.timeline.zone import UnknownZoneError, Zone, zone_between

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2032, 1, 1)
NAMES = (
    "Europe/Copenhagen",
    "Europe/Oslo",
    "America/New_York",
    "Africa/Casablanca",  # changes and changes back within weeks
    "UTC",
)
BEGIN = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
CHANGES = {
    name: [instant for instant, _ in zone_between(name, FIRST, LAST).changes[1:]]
    for name in NAMES
}


@cache
def zone(name: str) -> Zone:
    return zone_between(name, FIRST, LAST)


def moments(name: str) -> st.SearchStrategy[dt.datetime]:
    """Draw instants of the years, and often some within hours of a change."""
    anywhere = st.integers(0, 6 * 365 * 24 * 60).map(
        lambda minutes: BEGIN + dt.timedelta(minutes=minutes)
    )
    if not CHANGES[name]:
        return anywhere
    near = st.builds(
        lambda change, minutes, seconds: (
            change + dt.timedelta(minutes=minutes, seconds=seconds)
        ),
        st.sampled_from(CHANGES[name]),
        st.integers(-300, 300),
        st.sampled_from((0, 0, -1, 1)),
    )
    return anywhere | near


def walls(name: str) -> st.SearchStrategy[dt.datetime]:
    """Draw local times to the minute, often such as come twice or never."""
    return moments(name).map(
        lambda instant: instant.replace(second=0, microsecond=0, tzinfo=None)
    )


def found_minute_by_minute(wall: dt.datetime, name: str) -> dt.datetime:
    """Return the first instant that shows this local time, or the first later one."""
    real = ZoneInfo(name)
    current = wall.replace(tzinfo=dt.UTC) - dt.timedelta(hours=15)
    end = current + dt.timedelta(hours=30)
    while current < end:
        if current.astimezone(real).replace(tzinfo=None) >= wall:
            return current
        current += MINUTE
    raise AssertionError(wall)


named = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(st.just(name), moments(name))
)
walled = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(st.just(name), walls(name))
)


@given(named)
def test_frozen_answers_are_those_of_the_time_zone_data(
    asked: tuple[str, dt.datetime],
) -> None:
    name, instant = asked
    real = instant.astimezone(ZoneInfo(name))

    local = zone(name).local(instant)

    assert (local, local.fold, local.tzname()) == (real, real.fold, real.tzname())
    assert zone(name).offset(instant) == real.utcoffset()
    assert zone(name).date(instant) == real.date()
    assert zone(name).time(instant) == real.time()


@given(walled)
def test_a_local_time_is_the_first_instant_that_shows_it_or_a_later_one(
    asked: tuple[str, dt.datetime],
) -> None:
    name, wall = asked

    instant = zone(name).at(wall.date(), wall.time())

    assert instant == found_minute_by_minute(wall, name)
    assert instant.tzinfo is dt.UTC


def test_a_time_that_does_not_exist_moves_to_the_first_later_minute() -> None:
    copenhagen = zone("Europe/Copenhagen")

    instant = copenhagen.at(dt.date(2027, 3, 28), dt.time(2, 30))

    assert instant == dt.datetime(2027, 3, 28, 1, 0, tzinfo=dt.UTC)
    assert copenhagen.time(instant) == dt.time(3, 0)


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    copenhagen = zone("Europe/Copenhagen")

    instant = copenhagen.at(dt.date(2027, 10, 31), dt.time(2, 30))

    assert instant == dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)


def test_the_second_of_two_equal_local_times_says_so() -> None:
    copenhagen = zone("Europe/Copenhagen")
    first = dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)

    shown = [copenhagen.local(first + dt.timedelta(hours=hour)) for hour in (0, 1)]

    assert [(one.time(), one.fold) for one in shown] == [
        (dt.time(2, 30), 0),
        (dt.time(2, 30), 1),
    ]


def test_the_changes_of_a_year_are_its_two_nights() -> None:
    changes = zone_between(
        "Europe/Copenhagen", dt.date(2027, 1, 1), dt.date(2028, 1, 1)
    ).changes

    assert changes == (
        (dt.datetime(2027, 1, 1, tzinfo=dt.UTC), 60),
        (dt.datetime(2027, 3, 28, 1, tzinfo=dt.UTC), 120),
        (dt.datetime(2027, 10, 31, 1, tzinfo=dt.UTC), 60),
    )


@pytest.mark.parametrize(
    "name", ["Europe/Aarhus", "Europe", "", "../etc/passwd", "/etc"]
)
def test_a_zone_that_does_not_exist_is_refused_by_name(name: str) -> None:
    with pytest.raises(UnknownZoneError):
        zone_between(name, FIRST, LAST)
