"""Open and closed days, sending hours, and counting in months and around breaks."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec.closed import Break, SendingHours
from engine.spec.spans import Span
from engine.timeline.days import Days, NoOpenDayError, closed_days
from engine.timeline.zone import zone_between

DAY = dt.timedelta(days=1)
ZONE = zone_between("Europe/Copenhagen", dt.date(2026, 1, 1), dt.date(2032, 1, 1))
BREAKS = tuple(
    Break.parse(one)
    for one in ("week 7", "weeks 28-31", "week 42", "24 December - 1 January")
)
CLOSED, RESTING = closed_days(country="DK", breaks=BREAKS, years=range(2026, 2032))
dates = st.dates(dt.date(2027, 1, 1), dt.date(2029, 12, 31))


def days(sent: str = "working days 8-16", closed: tuple[dt.date, ...] = ()) -> Days:
    """Return a calendar with these days closed, or that of Denmark with breaks."""
    return Days(
        zone=ZONE,
        closed=dict.fromkeys(closed, "closed") if closed else CLOSED,
        resting=RESTING,
        hours=SendingHours.parse(sent),
    )


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return ZONE.at(dt.date(year, month, day), dt.time(hour, minute))


@given(date=dates, weekday=st.integers(0, 4))
def test_a_weekday_is_kept_at_the_nearest_open_one_ties_to_the_earlier(
    date: dt.date, weekday: int
) -> None:
    found = days().nearest(date, weekday)

    candidates = [
        day
        for day in (date + DAY * step for step in range(-80, 81))
        if day.weekday() == weekday and day.weekday() < 5 and day not in CLOSED
    ]
    assert found == min(candidates, key=lambda day: (abs(day - date), day))


def test_of_two_equally_near_wednesdays_the_earlier_is_taken() -> None:
    wednesday = dt.date(2027, 6, 16)
    calendar_ = days(closed=(wednesday,))

    found = calendar_.nearest(wednesday, weekday=2)

    assert found == dt.date(2027, 6, 9)


@given(date=dates)
def test_a_deadline_moves_earlier_and_everything_else_later(date: dt.date) -> None:
    calendar_ = days()

    before, after = calendar_.last_open(date), calendar_.next_open(date)

    between = [before + DAY * step for step in range((after - before).days + 1)]
    assert before <= date <= after
    assert calendar_.is_open(before)
    assert calendar_.is_open(after)
    assert [day for day in between if calendar_.is_open(day)] == sorted({before, after})


def test_a_year_without_an_open_day_is_said() -> None:
    shut = tuple(dt.date(2027, 1, 1) + DAY * step for step in range(-450, 450))

    with pytest.raises(NoOpenDayError):
        days(closed=shut).next_open(dt.date(2027, 1, 1))


@pytest.mark.parametrize(
    ("asked", "leaves"),
    [
        (local(2027, 11, 17, 7, 59), local(2027, 11, 17, 8)),
        (local(2027, 11, 17, 8, 0), local(2027, 11, 17, 8)),
        (local(2027, 11, 17, 15, 59), local(2027, 11, 17, 15, 59)),
        (local(2027, 11, 17, 16, 0), local(2027, 11, 18, 8)),
        (local(2027, 11, 19, 16, 0), local(2027, 11, 22, 8)),
        (local(2027, 11, 20, 12, 0), local(2027, 11, 22, 8)),
        (local(2027, 12, 23, 16, 0), local(2028, 1, 3, 8)),
    ],
)
def test_mail_leaves_at_once_within_sending_hours_else_when_they_next_begin(
    asked: dt.datetime, leaves: dt.datetime
) -> None:
    assert days().sending(asked) == leaves


@given(
    instant=st.integers(0, 3 * 365 * 24 * 60).map(
        lambda minutes: local(2027, 1, 1, 0) + dt.timedelta(minutes=minutes)
    )
)
def test_sending_is_never_before_never_outside_hours_and_settles(
    instant: dt.datetime,
) -> None:
    calendar_ = days()

    leaves = calendar_.sending(instant)

    assert leaves >= instant
    assert 8 <= ZONE.time(leaves).hour < 16
    assert calendar_.is_open(ZONE.date(leaves))
    assert calendar_.sending(leaves) == leaves


def test_mail_of_every_day_leaves_on_sundays_and_holidays_but_in_no_break() -> None:
    calendar_ = days(sent="every day 9-20")

    leaves = [
        calendar_.sending(local(2027, 5, 16, 12)),  # a Sunday, and Pentecost
        calendar_.sending(local(2027, 7, 14, 12)),  # in the summer break
    ]

    assert leaves == [local(2027, 5, 16, 12), local(2027, 8, 9, 9)]


@given(date=dates, count=st.integers(1, 30), years=st.booleans())
def test_months_and_years_keep_the_day_or_take_the_last_of_the_month(
    date: dt.date, count: int, *, years: bool
) -> None:
    span = Span(count, "year" if years else "month")

    later, earlier = days().add(date, span), days().add(date, span, -1)

    months = count * (12 if years else 1)
    for found, sign in ((later, 1), (earlier, -1)):
        year, month = divmod(date.year * 12 + date.month - 1 + sign * months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        assert found == dt.date(year, month + 1, min(date.day, last))


@pytest.mark.parametrize(
    ("date", "span", "sign", "found"),
    [
        ("2028-01-31", "a month", 1, "2028-02-29"),
        ("2027-01-31", "1 month", 1, "2027-02-28"),
        ("2027-12-31", "2 months", 1, "2028-02-29"),
        ("2028-02-29", "1 year", 1, "2029-02-28"),
        ("2028-03-31", "1 month", -1, "2028-02-29"),
        ("2028-01-15", "13 months", -1, "2026-12-15"),
        ("2027-11-17", "12 months", 1, "2028-11-17"),
        ("2027-11-17", "2 weeks", -1, "2027-11-03"),
    ],
)
def test_counting_at_the_ends_of_months(
    date: str, span: str, sign: int, found: str
) -> None:
    counted = days().add(dt.date.fromisoformat(date), Span.parse(span), sign)

    assert counted == dt.date.fromisoformat(found)


@given(date=dates, count=st.integers(0, 90))
def test_a_rested_span_counts_every_day_but_those_of_breaks(
    date: dt.date, count: int
) -> None:
    found = days().add_rested(date, Span(count, "day"))

    passed = [date + DAY * step for step in range(1, (found - date).days + 1)]
    assert len([day for day in passed if day not in RESTING]) == count
    assert found == date or found not in RESTING


def test_a_rested_span_leaps_over_the_summer() -> None:
    found = days().add_rested(dt.date(2027, 7, 5), Span.parse("2 weeks"))

    assert found == dt.date(2027, 8, 16)


def test_the_holidays_of_denmark_are_closed_and_named() -> None:
    closed, resting = closed_days(country="DK", breaks=(), years=range(2027, 2029))

    assert {day.isoformat(): name for day, name in sorted(closed.items())} == {
        "2027-01-01": "Nytårsdag",
        "2027-03-25": "Skærtorsdag",
        "2027-03-26": "Langfredag",
        "2027-03-28": "Påskedag",
        "2027-03-29": "Anden påskedag",
        "2027-05-06": "Kristi himmelfartsdag",
        "2027-05-16": "Pinsedag",
        "2027-05-17": "Anden pinsedag",
        "2027-12-25": "Juledag",
        "2027-12-26": "Anden juledag",
        "2028-01-01": "Nytårsdag",
        "2028-04-13": "Skærtorsdag",
        "2028-04-14": "Langfredag",
        "2028-04-16": "Påskedag",
        "2028-04-17": "Anden påskedag",
        "2028-05-25": "Kristi himmelfartsdag",
        "2028-06-04": "Pinsedag",
        "2028-06-05": "Anden pinsedag",
        "2028-12-25": "Juledag",
        "2028-12-26": "Anden juledag",
    }
    assert resting == frozenset()


def test_a_holiday_in_a_break_over_new_year_keeps_its_name() -> None:
    phrase = "24 December - 1 January"

    closed, resting = closed_days(
        country="DK", breaks=(Break.parse(phrase),), years=range(2027, 2028)
    )

    winter = {day: name for day, name in closed.items() if day > dt.date(2027, 6, 1)}
    rested = [dt.date(2027, 12, 24) + DAY * step for step in range(9)]
    assert sorted(winter) == sorted(resting) == rested
    assert winter[dt.date(2027, 12, 24)] == phrase
    assert winter[dt.date(2027, 12, 25)] == "Juledag"
    assert winter[dt.date(2028, 1, 1)] == phrase


def test_a_week_of_rest_is_the_iso_week_with_its_weekend() -> None:
    _, resting = closed_days(
        country=None, breaks=(Break.parse("week 7"),), years=range(2028, 2029)
    )

    assert sorted(resting) == [dt.date(2028, 2, 14) + DAY * step for step in range(7)]


def test_week_53_rests_only_in_years_that_have_one() -> None:
    _, resting = closed_days(
        country=None, breaks=(Break.parse("week 53"),), years=range(2026, 2030)
    )

    assert min(resting) == dt.date(2026, 12, 28)
    assert max(resting) == dt.date(2027, 1, 3)
