"""What holds of the year of any programme."""

import datetime as dt
from dataclasses import replace
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands.apply import Files
from engine.commands.sketch import sketch
from engine.spec.activities import Gathering
from engine.spec.programme import Programme
from engine.timeline.model import Occurrence
from tests.acceptance.programmes.own_calendar import is_open
from tests.fakes.generated import KICK_OFF, ZONES, Told, cohorts, read_as

MANY = settings(max_examples=60)
DAY = dt.timedelta(days=1)
Seen = dict[str, tuple[dt.datetime, dt.datetime, frozenset[str]]]


def days_of(told: Told, one: Occurrence) -> list[dt.date]:
    """Return the local days of something that takes place: all, or its two ends."""
    zone = ZoneInfo(ZONES[told.country])
    first, last = (edge.astimezone(zone).date() for edge in (one.starts, one.ends))
    if one.slot.kind in ("gathering", "meeting"):
        return [first + DAY * step for step in range((last - first).days + 1)]
    return [first, last]


@MANY
@given(told=cohorts())
def test_nothing_takes_place_on_a_closed_day_but_what_the_file_dates(
    told: Told,
) -> None:
    year = sketch(told.files())

    programme = year.record.frozen.programme
    dated = {
        activity.slug
        for _, activity in programme.activities()
        if activity.kind != "meeting" or isinstance(activity, Gathering)
    } - {KICK_OFF}
    assert [
        (one.id, day.isoformat())
        for one in year.timeline.occurrences.values()
        if one.slot.activity in dated
        for day in days_of(told, one)
        if not is_open(day, told.country)
    ] == []


@given(told=cohorts(), closed=st.sampled_from(("2028-12-25", "2029-07-18")))
def test_a_date_in_the_file_stands_also_on_a_closed_day(
    told: Told, closed: str
) -> None:
    dates = {**told.cohort["dates"], "closing": f"{closed} 10:00"}

    year = sketch(replace(told, cohort={**told.cohort, "dates": dates}).files())

    (closing,) = year.timeline.of("closing")
    assert not is_open(dt.date.fromisoformat(closed), told.country)
    assert [day.isoformat() for day in days_of(told, closing)] == [closed]


@MANY
@given(told=cohorts())
def test_a_programme_is_dumped_and_read_back_as_the_same(told: Told) -> None:
    programme = read_as(told.programme)

    dumped = programme.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    whole = programme.model_dump(mode="json", by_alias=True)

    assert read_as(dumped) == programme
    assert Programme.model_validate(whole) == programme


@given(told=cohorts(), seed=st.integers(0, 99))
def test_the_order_of_people_changes_no_year(told: Told, seed: int) -> None:
    people = list(told.people)
    Random(seed).shuffle(people)

    again = replace(told, people=tuple(people))

    assert seen(again.files()) == seen(told.files())


def seen(files: Files) -> Seen:
    """Return when everything is, and for whom, by id in the people file."""
    year = sketch(files)
    return {
        one.id: (
            one.starts,
            one.ends,
            frozenset(year.record.people[who].id for who in one.slot.audience),
        )
        for one in year.timeline.occurrences.values()
    }
