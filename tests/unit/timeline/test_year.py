"""The year that is compiled: when, for whom, and never on a closed day."""

import calendar
import datetime as dt
from dataclasses import replace
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.commands.apply import Files
from engine.commands.sketch import sketch
from engine.spec.moments import LocalDate
from engine.timeline.compile import TimelineError
from engine.timeline.kinds import compile_timeline
from engine.timeline.model import Occurrence
from tests.fakes.cohorts import matched, recorded, shipped_files, small_files

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DAY = dt.timedelta(days=1)
HOLIDAYS = {  # of Denmark, Monday to Friday, by hand
    *("2027-01-01", "2027-03-25", "2027-03-26", "2027-03-29", "2027-05-06"),
    *("2027-05-17", "2028-04-13", "2028-04-14", "2028-04-17", "2028-05-25"),
    *("2028-06-05", "2028-12-25", "2028-12-26", "2029-01-01", "2029-03-29"),
    *("2029-03-30", "2029-04-02", "2029-05-10", "2029-05-21", "2029-12-25"),
    *("2029-12-26", "2030-01-01"),
}


def is_open(date: dt.date) -> bool:
    """Return what the shipped calendar says of a date, reckoned without it."""
    week = date.isocalendar().week
    if week in {7, 42} or 28 <= week <= 31:
        return False
    if (date.month, date.day) >= (12, 24) or (date.month, date.day) == (1, 1):
        return False
    return date.weekday() < 5 and date.isoformat() not in HOLIDAYS


def nearest_wednesday(date: dt.date) -> dt.date:
    around = sorted(range(-60, 61), key=lambda step: (abs(step), step))
    days = (date + DAY * step for step in around)
    return next(day for day in days if day.weekday() == 2 and is_open(day))


def months_after(date: dt.date, count: int) -> dt.date:
    year, month = divmod(date.year * 12 + date.month - 1 + count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(date.day, last))


def workshops_of(kick_off: dt.date) -> list[dt.date]:
    """Return the Wednesdays about every 3 months, up to a month before closing."""
    last = months_after(nearest_wednesday(months_after(kick_off, 12)), -1)
    days = [nearest_wednesday(months_after(kick_off, 3 * n)) for n in range(1, 5)]
    return [day for day in days if day <= last]


def starting(kick_off: dt.date) -> Files:
    """Return the shipped files with another day of the kick-off."""
    files = shipped_files()
    date = LocalDate(kick_off, dt.time(13))
    cohort = files.frozen.cohort.model_copy(update={"dates": {"kick-off": date}})
    return replace(files, frozen=files.frozen.model_copy(update={"cohort": cohort}))


def local_days(found: tuple[Occurrence, ...]) -> list[dt.date]:
    return [one.starts.astimezone(COPENHAGEN).date() for one in found]


def test_the_gatherings_of_the_shipped_year_are_where_the_spec_says() -> None:
    timeline = sketch(shipped_files()).timeline

    gatherings = {
        one.id: (
            f"{one.starts.astimezone(COPENHAGEN):%a %Y-%m-%d %H:%M}",
            f"{one.ends.astimezone(COPENHAGEN):%H:%M}",
            one.slot.place,
            len(one.slot.audience),
        )
        for one in timeline.occurrences.values()
        if one.slot.kind == "gathering"
    }

    assert gatherings == {
        "kick-off-1": ("Wed 2027-11-17 13:00", "16:00", "city-hall", 30),
        "workshop-1": ("Wed 2028-02-23 13:00", "16:00", "concert-hall", 30),
        "workshop-2": ("Wed 2028-05-17 13:00", "16:00", "library", 14),
        "workshop-3": ("Wed 2028-08-16 13:00", "16:00", "library", 16),
        "closing-1": ("Wed 2028-11-15 13:00", "17:00", "city-hall", 30),
    }


def test_the_phases_of_the_shipped_year_span_what_they_hold() -> None:
    timeline = sketch(shipped_files()).timeline

    spans = [
        (one.phase, one.starts.date().isoformat(), one.ends.date().isoformat())
        for one in timeline.phases
    ]

    assert spans == [
        ("intro", "2027-07-16", "2027-11-17"),
        ("kick-off", "2027-11-17", "2027-11-17"),
        ("meetings", "2027-11-17", "2028-11-15"),
        ("workshops", "2027-11-17", "2028-11-15"),
        ("closing", "2028-09-05", "2028-11-15"),
    ]


@given(kick_off=st.dates(dt.date(2027, 1, 1), dt.date(2028, 12, 31)))
@example(kick_off=dt.date(2027, 10, 12))  # every third month falls into a break
@example(kick_off=dt.date(2027, 8, 31))  # months without a 31st
def test_whatever_the_day_of_the_kick_off_the_year_keeps_its_weekdays_open(
    kick_off: dt.date,
) -> None:
    timeline = sketch(starting(kick_off)).timeline

    assert local_days(timeline.of("workshop")) == workshops_of(kick_off)
    assert local_days(timeline.of("closing")) == [
        nearest_wednesday(months_after(kick_off, 12))
    ]


@given(kick_off=st.dates(dt.date(2027, 1, 1), dt.date(2028, 12, 31)))
def test_whatever_the_day_of_the_kick_off_nothing_else_is_on_a_closed_day(
    kick_off: dt.date,
) -> None:
    timeline = sketch(starting(kick_off)).timeline

    closed = [
        (one.id, edge)
        for one in timeline.occurrences.values()
        if one.slot.kind not in {"meeting", "gathering"}
        for edge in (one.starts, one.ends)
        if not is_open(edge.astimezone(COPENHAGEN).date())
    ]
    assert closed == []


@given(kick_off=st.dates(dt.date(2027, 1, 1), dt.date(2028, 12, 31)))
def test_no_forecast_of_a_meeting_reaches_beyond_the_closing(
    kick_off: dt.date,
) -> None:
    timeline = sketch(starting(kick_off)).timeline

    (closing,) = timeline.of("closing")
    windows = [(one.starts, one.ends) for one in timeline.of("conversation")]
    assert all(first < last for first, last in windows)
    assert max(last for _, last in windows) < closing.starts + DAY


def test_a_year_is_the_same_every_time_and_whatever_the_order_of_its_people() -> None:
    live = matched()
    record, random = live.record, Random(7)
    people = list(record.people.items())
    enrolled = list(record.state.enrolled.items())
    random.shuffle(people)
    random.shuffle(enrolled)

    again = compile_timeline(
        replace(
            record,
            people=dict(people),
            state=replace(record.state, enrolled=dict(enrolled)),
        )
    )

    assert again == compile_timeline(record) == live.standing.timeline
    assert list(again.occurrences) == list(live.standing.timeline.occurrences)


def test_a_participants_file_in_another_order_gives_the_same_year() -> None:
    files = small_files()

    lives = [
        recorded(replace(files, people=people))
        for people in (files.people, tuple(reversed(files.people)))
    ]

    years = [
        [
            (one.id, one.starts, one.ends, {live.record.people[p].id for p in audience})
            for one in live.standing.timeline.occurrences.values()
            for audience in [one.slot.audience]
        ]
        for live in lives
    ]
    assert years[0] == years[1]


def test_a_date_in_the_cohort_file_stands_as_it_is_written() -> None:
    moved = {"  kick-off: 2027": "  workshop 2: 2027-07-14 09:30\n  kick-off: 2027"}

    workshops = sketch(small_files(cohort=moved)).timeline.of("workshop")

    assert [one.starts.astimezone(COPENHAGEN) for one in workshops] == [
        dt.datetime(2027, 5, 5, 13, tzinfo=COPENHAGEN),
        dt.datetime(2027, 7, 14, 9, 30, tzinfo=COPENHAGEN),
        dt.datetime(2027, 9, 1, 13, tzinfo=COPENHAGEN),
    ]


def test_a_series_may_end_on_its_last_day_and_not_behind_it() -> None:
    days = {}
    for closing in ("2027-10-01", "2027-09-30"):
        moved = {"  kick-off: 2027": f"  closing: {closing} 13:00\n  kick-off: 2027"}
        days[closing] = local_days(
            sketch(small_files(cohort=moved)).timeline.of("workshop")
        )

    assert days["2027-10-01"][-1] == dt.date(2027, 9, 1)
    assert days["2027-09-30"] == days["2027-10-01"][:-1]


def test_a_deadline_falls_on_the_working_day_before_a_closed_one() -> None:
    timeline = sketch(small_files()).timeline

    (first, second, _) = timeline.of("after-workshop")

    # Ten days after it opens is Whit Monday; ten days after the other is a Sunday.
    assert [one.ends.astimezone(COPENHAGEN) for one in (first, second)] == [
        dt.datetime(2027, 5, 14, 23, 59, tzinfo=COPENHAGEN),
        dt.datetime(2027, 7, 9, 23, 59, tzinfo=COPENHAGEN),
    ]


@pytest.mark.parametrize(
    ("programme", "cohort", "problem"),
    [
        (
            {"when: 9 months after kick-off": "when: 2 weeks after workshop"},
            {},
            (
                "closing: closing counts from workshop counts from closing; "
                "count one of them from something else"
            ),
        ),
        (
            {"when: 9 months after kick-off": "when: 9 months after kickoff"},
            {},
            "kickoff: no activity has this name; see its name",
        ),
        (
            {"when: 4 weeks before kick-off": "when: 4 weeks before workshop 9"},
            {},
            "workshop: there is no workshop 9; there are 3 of them",
        ),
        (
            {},
            {"  kick-off: 2027-03-03 13:00": "  closing: 2027-12-01 13:00"},
            (
                "kick-off: the cohort file gives no date for it; "
                "dates: {kick-off: 2027-11-17 13:00}"
            ),
        ),
    ],
)
def test_a_year_that_cannot_be_is_refused_with_a_remedy(
    programme: dict[str, str], cohort: dict[str, str], problem: str
) -> None:
    files = small_files(programme, cohort)

    with pytest.raises(TimelineError) as refused:
        sketch(files)

    assert str(refused.value) == problem
