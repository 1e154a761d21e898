"""What a faulty file is taken to say, so that the rest of it can be checked."""

from collections.abc import Mapping
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from engine.spec.keywords import KeywordUnion
from engine.spec.mending import SOMETHING
from engine.spec.positions import Mark
from engine.spec.reading import Mended, Reading, read
from engine.spec.spans import Span


class Part(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", " "),
    )


class Talk(Part):
    kind: str
    name: str
    lasts: Span = Field(examples=["3 hours"])
    day: Literal["Monday", "Friday"] = Field(default="Monday", examples=["Friday"])


class Walk(Part):
    kind: str
    name: str
    places: int = 1
    guides: tuple[str, ...] = ()


class Programme(Part):
    programme: str
    seats: Mapping[str, int] = {}
    activities: tuple[
        Annotated[Talk | Walk, KeywordUnion({"talk": Talk, "walk": Walk})], ...
    ] = Field(examples=[[{"walk": "round the lake"}]])


TALK = """\
programme: spring
activities:
  - talk: opening
    lasts: 2 hours
"""


def reading(text: str) -> Reading[Programme]:
    return read(text, source="a.yaml", model=Programme)


def mended(text: str) -> Mended[Programme]:
    return reading(text).mended


def test_a_file_without_a_fault_is_as_it_is_written() -> None:
    whole = reading(TALK)

    assert whole.mended == Mended(whole.value, whole.document)


def test_a_misspelt_key_is_read_as_the_one_that_was_meant() -> None:
    found = mended(TALK.replace("lasts", "last"))

    assert found.value == reading(TALK).value
    assert (found.invented, found.lost) == (frozenset(), frozenset())
    path = ("activities", 0, "lasts")
    assert found.document.locate(path, key=True) == Mark(4, 5, 4)


def test_a_key_that_may_mean_the_missing_one_is_told_as_one_fault() -> None:
    whole = reading(TALK.replace("lasts", "laster"))

    assert [fault.remedy for fault in whole.faults] == ["write `lasts`"]


def test_a_misspelt_word_or_unit_is_read_as_what_was_meant() -> None:
    found = mended(TALK.replace("2 hours", "2 huors\n    day: Fryday"))

    assert (
        found.value
        == reading(TALK.replace("2 hours", "2 hours\n    day: Friday")).value
    )
    assert found.invented == frozenset()


def test_a_value_without_a_meaning_has_the_example_in_its_place() -> None:
    found = mended(TALK.replace("2 hours", "ages"))

    assert found.value == reading(TALK.replace("2 hours", "3 hours")).value
    assert found.invented == {("activities", 0, "lasts")}


def test_a_missing_text_is_something_that_nothing_is_called() -> None:
    found = mended("activities: []\n")

    assert found.value == Programme(programme=SOMETHING, activities=())
    assert found.invented == {("programme",)}


def test_a_missing_list_is_empty() -> None:
    found = mended("programme: spring\n")

    assert found.value == Programme(programme="spring", activities=())


def test_a_key_that_nothing_is_like_is_left_out() -> None:
    found = mended(TALK + "    colour: red\n")

    assert found.value == reading(TALK).value
    assert found.lost == {("activities", 0)}


def test_an_item_that_cannot_be_read_is_left_out_and_the_next_stands_where_it_did() -> (
    None
):
    found = mended(
        "programme: spring\nactivities:\n  - 5\n  - walk: lake\n    places: many\n"
    )

    assert found.value == reading("programme: spring\nactivities: [{walk: lake}]").value
    assert found.lost == {("activities",), ("activities", 0)}
    assert found.document.locate(("activities", 0, "walk")) == Mark(4, 11, 4)


def test_an_activity_of_an_unknown_kind_keeps_its_name() -> None:
    found = mended(TALK + "  - hike: up the hill\n    guides: [Bo]\n")

    assert found.value is not None
    assert found.value.activities[1] == Walk.model_validate(
        {"kind": "walk", "name": "up the hill", "guides": ["Bo"]}
    )
    assert found.invented == {("activities", 1)}


def test_one_value_in_the_place_of_a_list_is_a_list_of_it() -> None:
    found = mended(TALK + "  - walk: lake\n    guides: Bo\n")

    assert found.value is not None
    assert found.value.activities[1].model_dump()["guides"] == ("Bo",)


def test_what_stands_in_for_a_value_has_no_faults_of_its_own() -> None:
    whole = reading("programme: [5]\nactivities: {talk: [1]}\nseats: {a: b, c: 1}\n")

    assert [(fault.line, fault.problem) for fault in whole.faults] == [
        (1, "expected text, found a list"),
        (2, "expected a list, found a mapping"),
        (3, "expected a whole number, found text 'b'"),
    ]
    assert whole.mended.value is not None
    assert whole.mended.value.seats == {"c": 1}


def test_the_value_of_a_misspelt_key_is_told_in_the_same_run() -> None:
    whole = reading(TALK.replace("lasts: 2 hours", "last: long"))

    assert [fault.problem for fault in whole.faults] == [
        "'last' is not a key of `talk`; did you mean 'lasts'?",
        "'long' is not a length of time",
    ]


def test_what_is_refused_for_its_form_is_not_as_it_is_written() -> None:
    found = mended(TALK.replace("opening", "!x opening"))

    assert found.is_invented(("activities", 0, "talk"))
    assert found.value == reading(TALK).value


@pytest.mark.parametrize("text", ["", "a: [", "- 1"])
def test_a_text_that_cannot_be_read_at_all_says_nothing(text: str) -> None:
    assert mended(text).value is None


LINES = [
    *TALK.splitlines(),
    *("    day: Monday", "    lasts: {}", "    colour: red", "    lasts: !x 2"),
    *("  - walk: lake", "  - wolk: [1]", "  - 5", "  - hike: hill", "  - talk:"),
    *("    guides: {a: 1}", "    guides: [5, []]", "    guides: Bo", "    places: x"),
    *("programme: 5", "seats: {a: {}, b}", "seats: [1]", "activities: 5", "active: []"),
]


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_whatever_is_read_can_be_mended(lines: list[str]) -> None:
    whole = reading("\n".join(lines))

    found = whole.mended
    assert (found.value is None) == (whole.document.root is None)
    if found.value is not None and not found.document.refused:
        assert Programme.model_validate(found.document.plain) == found.value
    for path in found.invented | found.lost:
        assert found.is_doubtful(path)
