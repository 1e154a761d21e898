"""Phrases are read as they are said aloud, and written back the same."""

import pytest
from pydantic_core import PydanticCustomError

from engine.spec.moments import Condition, Moment, StartTime, Within
from engine.spec.spans import About, Cadence, Earned, Quorum, Span, Written


@pytest.mark.parametrize(
    ("kind", "phrase"),
    [
        (Moment, "2 days after each workshop but the first"),
        (Moment, "3 days after each round of group-meeting but the last"),
        (Moment, "midway between kick-off and closing"),
        (Within, "within 3 days after each round of group-meeting but the last"),
        (Within, "within 1 week before each round of group-meeting but the first"),
        (Within, "within 14 days of kick-off"),
        (StartTime, "right after working hours"),
        (StartTime, "16:00"),
        (Condition, "pair agreed"),
        (Condition, "group approved"),
        (Condition, "contract signed, or 6 weeks after kick-off"),
        (Condition, "baseline answered, or kick-off"),
        (About, "4 weeks"),
        (Cadence, "4 to 6 weeks"),
        (Cadence, "2 to 3 weeks for 3 months, then 5 to 6 weeks"),
        (Quorum, "4 of 6"),
        (Earned, "2 of workshop"),
    ],
)
def test_a_phrase_is_written_back_as_it_was_said(
    kind: type[Written], phrase: str
) -> None:
    assert str(kind.parse(phrase)) == phrase


@pytest.mark.parametrize(
    ("kind", "said", "meant"),
    [
        (Span, "half a day", "4 hours"),
        (About, "about four weeks", "4 weeks"),
        (Quorum, "four of six", "4 of 6"),
        (Within, "within a week before each round of talk", None),
    ],
)
def test_what_is_said_in_words_means_the_same(
    kind: type[Written], said: str, meant: str | None
) -> None:
    meant = meant or "within 1 week before each round of talk"

    assert kind.parse(said) == kind.parse(meant)


@pytest.mark.parametrize(
    ("kind", "phrase"),
    [
        (Moment, "midway between kick-off"),
        (Within, "3 days after each workshop"),
        (StartTime, "after work"),
        (Condition, "pair happy"),
        (Condition, "agreed"),
        (Cadence, "2 weeks, then 4 weeks"),
        (Quorum, "7 of 6"),
        (Earned, "two workshops"),
    ],
)
def test_what_says_nothing_is_refused(kind: type[Written], phrase: str) -> None:
    with pytest.raises(PydanticCustomError):
        kind.parse(phrase)
