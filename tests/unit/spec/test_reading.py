"""What comes of reading a spec file with models."""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from engine.spec.faults import SpecError, render
from engine.spec.reading import KeywordUnion, keyword_union, read


class Part(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", " "),
    )


class Gathering(Part):
    kind: str
    name: str
    hold_the_date: str = Field(description="When to ask.", examples=["at once"])
    mail: str | None = None


class Mail(Part):
    kind: str
    name: str
    words: Mapping[str, str] = {}


KINDS: Mapping[str, type[BaseModel]] = {"gathering": Gathering, "mail": Mail}
Activity: TypeAlias = Annotated[Gathering | Mail, KeywordUnion(KINDS)]


class Programme(Part):
    programme: str
    activities: tuple[Activity, ...] = ()


SPEC = """\
programme: aarhus
activities:
  - mail: invitation to the kick-off
    gathering: kick-off
    hold the date: at once
  - mail: welcome
    words: {da: Velkommen, en: Welcome}
"""
EXPECTED = Programme.model_validate(
    {
        "programme": "aarhus",
        "activities": [
            Gathering.model_validate(
                {
                    "kind": "gathering",
                    "name": "kick-off",
                    "hold the date": "at once",
                    "mail": "invitation to the kick-off",
                }
            ),
            Mail(
                kind="mail", name="welcome", words={"da": "Velkommen", "en": "Welcome"}
            ),
        ],
    }
)
SIGNS = """programme activities gathering mail words 1 x : - ? [ ] { } , ' " & * ! | > #
    --- ... % @ << ~ \\ æ 日"""
SPACED = "hold the date|\n|\n  |\n    |  |- |: |? |, |&a |*a|!t | #"
STRANGE = "\t\r\xa0\u2028\0\ud800\ufeff"
pieces = st.lists(
    st.sampled_from([*SIGNS.split(), *SPACED.split("|"), *STRANGE]), max_size=40
).map("".join)


def problems(text: str) -> list[str]:
    reading = read(text, source="a.yaml", model=Programme)
    return [fault.problem for fault in reading.faults]


def test_a_file_without_faults_is_read() -> None:
    reading = read(SPEC, source="a.yaml", model=Programme)

    assert (reading.faults, reading.checked()) == ((), EXPECTED)


def test_a_faulty_file_has_no_value() -> None:
    reading = read("programme: 1\n", source="a.yaml", model=Programme)

    with pytest.raises(
        SpecError, match=r"^a\.yaml:1:12: error: expected text"
    ) as raised:
        reading.checked()

    assert (reading.value, raised.value.faults) == (None, reading.faults)


def test_what_was_read_is_dumped_as_it_was_written() -> None:
    dumped = EXPECTED.model_dump(by_alias=True, exclude_unset=True)

    assert dumped == read(SPEC, source="a.yaml", model=Programme).document.plain | {
        "activities": (
            {
                "gathering": "kick-off",
                "hold the date": "at once",
                "mail": "invitation to the kick-off",
            },
            {"mail": "welcome", "words": {"da": "Velkommen", "en": "Welcome"}},
        )
    }
    assert Programme.model_validate(dumped) == EXPECTED


def test_editors_are_told_of_keywords() -> None:
    schema = Programme.model_json_schema()

    gathering = schema["$defs"]["Gathering"]
    assert list(gathering["properties"]) == ["gathering", "hold the date", "mail"]
    assert gathering["required"] == ["gathering", "hold the date"]


def test_a_union_made_while_the_program_runs_reads_the_same() -> None:
    class Other(Part):
        programme: str
        activities: tuple[keyword_union(KINDS), ...]  # type: ignore[valid-type]

    reading = read(SPEC, source="a.yaml", model=Other)

    assert reading.checked().activities == EXPECTED.activities


def test_a_model_without_a_name_cannot_be_chosen_by_keyword() -> None:
    with pytest.raises(TypeError, match="Part has no field"):
        KeywordUnion({"part": Part})


def test_a_fault_and_the_keys_behind_a_misspelt_keyword_are_told_at_once() -> None:
    text = "programme: 1\nactivities: [{gatherin: [], hold the dates: now}]\n"

    assert problems(text) == [
        "expected text, found the number 1",
        "'gatherin' is not a kind of activity; did you mean 'gathering'?",
        "expected text, found a list",
        "'hold the dates' is not a key of `gathering`; did you mean 'hold the date'?",
    ]


def test_of_a_missing_and_a_misspelt_key_one_is_told() -> None:
    assert problems("program: aarhus\n") == [
        "'program' is not a key here; did you mean 'programme'?"
    ]


def test_nothing_more_is_told_of_a_value_that_is_refused_for_its_form() -> None:
    assert problems("programme: !x 5\n") == [
        "`!x` sets the kind of a value, which is not used"
    ]


def test_the_first_of_two_equal_keys_is_checked_all_the_same() -> None:
    assert problems("programme: 1\nprogramme: b\n") == [
        "expected text, found the number 1",
        "'programme' is written twice; the first is on line 1",
    ]


@given(pieces | st.text())
def test_any_text_is_read_or_has_faults_inside_it(text: str) -> None:
    reading = read(text, source="a.yaml", model=Programme)

    lines = reading.document.sheet.lines
    assert (reading.value is None) == bool(reading.faults)
    assert len(render(reading.faults)) >= len(reading.faults)
    for fault in reading.faults:
        assert fault.excerpt == lines[fault.line - 1]
        assert 1 <= fault.column <= len(fault.excerpt) + 1
        assert fault.column + fault.width <= max(len(fault.excerpt), 1) + 2


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda of: st.lists(of) | st.dictionaries(st.sampled_from(sorted(KINDS)), of),
    )
)
def test_any_value_is_dumped_again_or_refused(value: object) -> None:
    reading = read(
        f"programme: a\nactivities: {value!r}", source="a.yaml", model=Programme
    )

    if reading.value:
        dumped = reading.value.model_dump(by_alias=True)
        assert Programme.model_validate(dumped) == reading.value
