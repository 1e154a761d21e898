"""Phrases of the spec language: read back as written, or refused with a remedy."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError

from engine.spec.closed import Break, SendingHours
from engine.spec.matches import Confirmation, Size
from engine.spec.model import Anonymity
from engine.spec.moments import (
    Anchor,
    ClockTime,
    Condition,
    LocalDate,
    Moment,
    StartTime,
    Step,
    Within,
)
from engine.spec.spans import (
    UNITS,
    About,
    Cadence,
    Earned,
    Quorum,
    Span,
    SpanRange,
    Written,
)
from engine.spec.twos import Both

names = st.from_regex(r"[a-z][a-z0-9-]{2,12}", fullmatch=True)
spans = st.builds(Span, st.integers(1, 999), st.sampled_from(UNITS))
ranges = st.builds(
    lambda one, other, unit: SpanRange(
        Span(min(one, other), unit), Span(max(one, other), unit)
    ),
    st.integers(1, 99),
    st.integers(1, 99),
    st.sampled_from(UNITS),
)
anchors = (
    st.builds(Anchor, names, st.integers(0, 30))
    | st.builds(Anchor, names, st.just(0), st.just("each"))
    | st.builds(Anchor, names, st.integers(1, 130), st.just("held"))
    | st.builds(Anchor, names, which=st.just("ended"))
)
rounds = st.builds(
    Anchor,
    names,
    st.just(0),
    st.sampled_from(("each", "round")),
    st.sampled_from(("", "first", "last")),
)
moments = (
    st.builds(Moment, anchors | rounds)
    | st.builds(Moment, anchors, st.sampled_from(("before", "after")), spans)
    | st.builds(Moment, anchors, until=anchors)
)
counted = st.tuples(st.integers(1, 99), st.integers(1, 99)).map(sorted)
roles = st.lists(names, min_size=1, max_size=4, unique=True).map(tuple)
states = st.sampled_from(("approved", "agreed", "signed", "answered"))
paces = st.tuples(st.lists(st.tuples(ranges, spans), max_size=2), ranges).map(
    lambda told: Cadence((*told[0], (told[1], None)))
)
weeks = st.tuples(st.integers(1, 53), st.integers(1, 53)).map(
    lambda pair: Break(weeks=(min(pair), max(pair)))
)
month_days = st.dates(dt.date(2028, 1, 1), dt.date(2028, 12, 31)).map(
    lambda date: (date.month, date.day)
)
breaks = weeks | st.tuples(month_days, month_days).map(lambda days: Break(days=days))
times = st.times().map(lambda time: time.replace(second=0, microsecond=0))
leaders = st.just("") | names
hours = (
    st.tuples(st.integers(0, 24), st.integers(0, 24), st.booleans())
    .filter(lambda drawn: drawn[0] < drawn[1])
    .map(lambda drawn: SendingHours(*drawn))
)
written: st.SearchStrategy[Written] = st.one_of(
    spans,
    ranges,
    moments,
    st.builds(Within, spans, anchors),
    st.builds(Step, spans, st.sampled_from(("before", "after"))),
    st.builds(LocalDate, st.dates(dt.date(1000, 1, 1)), st.none() | times),
    st.builds(ClockTime, times),
    breaks,
    hours,
    st.builds(Anonymity, st.integers(3, 500)),
    st.builds(StartTime, st.none() | times),
    st.builds(Both, names, names),
    st.builds(Condition, names, states, st.none() | moments),
    st.builds(Confirmation, st.just(()) | roles),
    counted.flatmap(
        lambda two: st.builds(Size, st.just(two[0]), st.just(two[1]), names, leaders)
    ),
    counted.map(lambda two: Quorum(*two)),
    st.builds(Earned, st.integers(1, 99), names),
    st.builds(About, st.integers(1, 999), st.sampled_from(UNITS)),
    paces,
)


@given(value=written)
def test_what_is_written_reads_back_as_the_same(value: Written) -> None:
    assert type(value).parse(str(value)) == value


@given(value=written)
def test_what_is_frozen_reads_back_as_the_same(value: Written) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(type(value))

    assert adapter.validate_json(adapter.dump_json(value)) == value


@given(value=written, spaces=st.sampled_from(("  ", "\n", "\t", " \n ")))
def test_how_many_spaces_stand_between_words_does_not_matter(
    value: Written, spaces: str
) -> None:
    loose = spaces + str(value).replace(" ", spaces) + spaces

    assert TypeAdapter(type(value)).validate_python(loose) == value


@pytest.mark.parametrize(
    ("kind", "phrase", "meant"),
    [
        (Span, "a month", Span(1, "month")),
        (Span, "an hour", Span(1, "hour")),
        (Span, "twelve weeks", Span(12, "week")),
        (Span, "1 weeks", Span(1, "week")),
        (SpanRange, "about 4 weeks", SpanRange(Span(4, "week"), Span(4, "week"))),
        (SpanRange, "4-6 weeks", SpanRange(Span(4, "week"), Span(6, "week"))),
        (SpanRange, "two to three weeks", SpanRange(Span(2, "week"), Span(3, "week"))),
        (Moment, "the cohort's kick-off", Moment(Anchor("kick-off"))),
        (Moment, "at kick-off", Moment(Anchor("kick-off"))),
        (
            Moment,
            "a month before closing",
            Moment(Anchor("closing"), "before", Span(1, "month")),
        ),
        (
            Moment,
            "3 days after the 1st held conversation",
            Moment(Anchor("conversation", 1, "held"), "after", Span(3, "day")),
        ),
        (
            Moment,
            "2 hours after each workshop",
            Moment(Anchor("workshop", 0, "each"), "after", Span(2, "hour")),
        ),
        (Moment, "workshop 2", Moment(Anchor("workshop", 2))),
        (
            Within,
            "within 14 days after kick-off",
            Within(Span(14, "day"), Anchor("kick-off")),
        ),
        (Step, "3 days after", Step(Span(3, "day"), "after")),
        (Step, "before 4 weeks", Step(Span(4, "week"), "before")),
        (Break, "weeks 28 to 31", Break(weeks=(28, 31))),
        (Break, "5 June", Break(days=((6, 5), (6, 5)))),
        (Break, "29 February", Break(days=((2, 29), (2, 29)))),
        (SendingHours, "every day 0-24", SendingHours(0, 24, any_day=True)),
        (ClockTime, "9:05", ClockTime(dt.time(9, 5))),
        (
            LocalDate,
            "2027-11-17 9:30",
            LocalDate(dt.date(2027, 11, 17), dt.time(9, 30)),
        ),
    ],
)
def test_other_ways_to_say_it_mean_the_same(
    kind: type[Written], phrase: str, meant: Written
) -> None:
    assert kind.parse(phrase) == meant


@pytest.mark.parametrize(
    ("kind", "phrase", "problem"),
    [
        (Span, "fortnight", "'fortnight' is not a length of time"),
        (Span, "2 Weeks", "'2 Weeks' is not a length of time"),
        (Span, "-2 weeks", "'-2 weeks' is not a length of time"),
        (Span, "1.5 hours", "'1.5 hours' is not a length of time"),
        (Span, "", "'' is not a length of time"),
        (SpanRange, "6 to 4 weeks", "'6 to 4 weeks' runs backwards"),
        (SpanRange, "often", "'often' is not a length of time"),
        (Moment, "Sometime", "'Sometime' does not say when"),
        (Moment, "4 weeks before", "'4 weeks before' does not say when"),
        (
            Moment,
            "4 weeks since kick-off",
            "'4 weeks since kick-off' does not say when",
        ),
        (Moment, "3 days after Kick-off", "'3 days after Kick-off' does not say when"),
        (
            Moment,
            "3 days after the 0th held conversation",
            "'3 days after the 0th held conversation' does not say when",
        ),
        (
            Within,
            "14 days of kick-off",
            "'14 days of kick-off' is not a window of time",
        ),
        (Step, "4 weeks", "'4 weeks' is not counted from here"),
        (LocalDate, "17 November 2027", "'17 November 2027' is not a date"),
        (LocalDate, "2027-02-29", "there is no day 2027-02-29"),
        (LocalDate, "2027-11-17 25:00", "'25:00' is not a time of day"),
        (ClockTime, "24:00", "'24:00' is not a time of day"),
        (ClockTime, "1 pm", "'1 pm' is not a time of day"),
        (ClockTime, "9:5", "'9:5' is not a time of day"),
        (ClockTime, "+9:0_5", "'+9:0_5' is not a time of day"),
        (Break, "week 54", "'week 54' are not weeks of a year"),
        (Break, "weeks 50-2", "'weeks 50-2' are not weeks of a year"),
        (Break, "31 June", "'31 June' names no day"),
        (Break, "3 Juni", "'3 Juni' names no day"),
        (Break, "Easter", "'Easter' is not a break"),
        (
            SendingHours,
            "working days 16-8",
            "'working days 16-8' are not sending hours",
        ),
        (
            SendingHours,
            "working days 8-25",
            "'working days 8-25' are not sending hours",
        ),
        (SendingHours, "always", "'always' are not sending hours"),
        (Anonymity, "at least 2 answers", "fewer than 3 answers hide nobody"),
        (Anonymity, "yes", "'yes' is not a protection"),
    ],
)
def test_a_phrase_that_means_nothing_is_refused_with_a_remedy(
    kind: type[Written], phrase: str, problem: str
) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        kind.parse(phrase)

    context = refused.value.context or {}
    assert context["problem"] == problem
    assert context["remedy"]


def test_the_remedy_of_a_range_that_runs_backwards_turns_it_round() -> None:
    with pytest.raises(PydanticCustomError) as refused:
        SpanRange.parse("6 to 4 weeks")

    assert (refused.value.context or {})["remedy"] == "4 to 6 weeks"


@given(number=st.integers(1, 130))
def test_ordinals_are_written_as_people_say_them(number: int) -> None:
    ends = {1: "st", 2: "nd", 3: "rd"}
    teens = number % 100 in range(11, 14)
    ending = "th" if teens else ends.get(number % 10, "th")

    shown = str(Anchor("talk", number, "held"))

    assert shown == f"the {number}{ending} held talk"


def test_the_days_of_a_break_over_new_year_begin_in_its_year() -> None:
    days = list(Break.parse("30 December - 2 January").days_in(2027))

    assert [day.isoformat() for day in days] == [
        "2027-12-30",
        "2027-12-31",
        "2028-01-01",
        "2028-01-02",
    ]


def test_a_break_at_the_end_of_february_is_shorter_in_common_years() -> None:
    one = Break.parse("29 February")

    assert list(one.days_in(2027)) == [dt.date(2027, 2, 28)]
    assert list(one.days_in(2028)) == [dt.date(2028, 2, 29)]
