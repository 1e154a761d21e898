"""What a programme takes over from the one that it extends, and in which order."""

from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest

from engine.spec.activities import ACTIVITIES
from engine.spec.keywords import fields_by_key
from engine.spec.mending import Mended
from engine.spec.model import SpecPart
from engine.spec.positions import Document, Mark
from engine.spec.programme import Phase, Programme
from engine.spec.reading import Reading, document_of, read, reading_of
from engine.spec.variants import Base, NoBaseError, resolved

BASE = Path(__file__).parents[2] / "golden" / "variants" / "base.yaml"
HEAD = "stafet: 1\nprogramme: short\nextends: base\n"


def base(name: str) -> Base:
    """Return the common base, whatever it is called."""
    reading = read(BASE.read_text(encoding="utf-8"), source=name, model=Programme)
    return reading.mended, reading.faults


def document(text: str) -> Document:
    """Return what a variant says with all that it takes over."""
    whole = HEAD + dedent(text)
    return resolved(document_of(whole, source="short"), base)


def variant(text: str) -> Reading[Programme]:
    """Return the programme of a variant."""
    return reading_of(document(text), Programme)


def phase(name: str, lines: str) -> str:
    """Return a variant that changes or adds the activities of a phase."""
    inner = indent(dedent(lines).strip("\n"), " " * 6)
    return f"phases:\n  - phase: {name}\n    activities:\n{inner}\n"


def plain(text: str) -> Any:  # noqa: ANN401 - as YAML has it.
    return document(text).plain


def names(text: str) -> list[tuple[str, list[str]]]:
    """Return the phases of a variant and their activities, in order."""
    programme = variant(text).checked()
    return [
        (one.phase, [activity.name for activity in one.activities])
        for one in programme.phases
    ]


ORDER = [
    ("intro", ["pair"]),
    ("meetings", ["kick-off", "conversation"]),
    ("closing", ["closing", "final"]),
]


def test_a_variant_that_says_nothing_is_the_base_under_another_name() -> None:
    expected = read(BASE.read_text(encoding="utf-8"), source="base", model=Programme)

    found = variant("").checked()

    assert found == expected.checked().model_copy(update={"programme": "short"})


def test_a_mapping_keeps_the_keys_that_the_variant_does_not_write() -> None:
    found = plain("title: {en: Short}\npeople: {wishes: {type: people}}\n")

    assert found["title"] == {"da": "Mentorforløb", "en": "Short"}
    assert found["people"] == {
        "goals": {"type": "tags"},
        "strengths": {"type": "tags"},
        "wishes": {"type": "people"},
    }


def test_a_list_replaces_the_inherited_one() -> None:
    found = plain("matches: {pair: {prefer: [{mentee's wishes in order: 3}]}}\n")

    assert found["matches"] == {
        "pair": {"shape": "pairs", "prefer": [{"mentee's wishes in order": 3}]}
    }


def test_an_activity_is_changed_where_it_stands() -> None:
    text = phase("meetings", "- meeting: conversation\n  then every: 8 weeks\n")

    found = variant(text).checked().activity("conversation")

    inherited = read(BASE.read_text(encoding="utf-8"), source="b", model=Programme)
    before = inherited.checked().activity("conversation")
    assert found is not None
    assert before is not None
    changed = {"then_every": type(found).model_fields["then_every"]}
    assert found.model_dump(exclude={*changed}) == before.model_dump(exclude={*changed})
    assert found.model_dump(by_alias=True)["then every"] == "8 weeks"
    assert names(text) == ORDER


def test_what_is_new_stands_at_the_end() -> None:
    text = phase(
        "meetings",
        "- gathering: lunch\n  when: kick-off\n  lasts: 1 hour",
    )

    assert names(text) == [
        ORDER[0],
        ("meetings", ["kick-off", "conversation", "lunch"]),
        ORDER[2],
    ]


def test_what_is_new_stands_after_what_it_names_in_the_order_of_the_file() -> None:
    text = phase(
        "meetings",
        """
        - {gathering: second, after: first, when: kick-off, lasts: 1 hour}
        - {gathering: first, after: kick-off, when: kick-off, lasts: 1 hour}
        - {gathering: third, after: gathering first, when: kick-off, lasts: 1 hour}
        """,
    )

    assert names(text)[1] == (
        "meetings",
        ["kick-off", "first", "second", "third", "conversation"],
    )


def test_an_inherited_phase_moves_where_it_says() -> None:
    text = "phases:\n  - phase: intro\n    after: meetings\n"

    assert names(text) == [ORDER[1], ORDER[0], ORDER[2]]


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        ("phase intro", [ORDER[1], ORDER[2]]),
        ("evaluation final", [ORDER[0], ORDER[1], ("closing", ["closing"])]),
    ],
)
def test_what_is_left_out_is_gone(
    left_out: str, expected: list[tuple[str, list[str]]]
) -> None:
    assert names(f"leave out: [{left_out}]\n") == expected


def test_a_key_a_column_and_a_kind_of_match_can_be_left_out() -> None:
    found = plain(
        "leave out: [until of meeting conversation, column goals, match pair,"
        " change of questions of evaluation final, title]\n"
    )

    meeting = found["phases"][1]["activities"][1]
    questions = found["phases"][2]["activities"][1]["questions"]
    assert "until" not in meeting
    assert (found["people"], found["matches"]) == ({"strengths": {"type": "tags"}}, {})
    assert [*questions] == ["learnt"]
    assert "title" not in found


def test_what_is_left_out_can_be_written_anew_as_a_whole() -> None:
    text = "leave out: [questions of evaluation final]\n" + phase(
        "closing",
        "- evaluation: final\n  questions: {one: {ask: {en: One?}, words: free}}\n",
    )

    questions = plain(text)["phases"][2]["activities"][1]["questions"]

    assert questions == {"one": {"ask": {"en": "One?"}, "words": "free"}}


def test_each_value_stands_where_it_is_written() -> None:
    found = document(
        phase("meetings", "- meeting: conversation\n  then every: 8 weeks\n")
    )
    path = ("phases", 1, "activities", 1)

    places = {
        key: (found.fault((*path, key), "").source, found.locate((*path, key)))
        for key in ("then every", "lasts")
    }

    assert places == {
        "then every": ("short", Mark(8, 21, 7)),
        "lasts": ("base", Mark(40, 16, 10)),
    }


def test_a_variant_of_a_variant_takes_over_from_both() -> None:
    def find(name: str) -> Base:
        if name == "base":
            return base(name)
        middle = variant("title: {en: Middle}\nleave out: [phase intro]\n")
        return middle.mended, middle.faults

    text = "stafet: 1\nprogramme: least\nextends: middle\ntimezone: Europe/Oslo\n"
    found = reading_of(
        resolved(document_of(text, source="least"), find), Programme
    ).checked()

    assert [one.phase for one in found.phases] == ["meetings", "closing"]
    assert (found.timezone, found.title["en"]) == ("Europe/Oslo", "Middle")


def test_a_programme_that_extends_nothing_is_as_it_is_written() -> None:
    alone = document_of(BASE.read_text(encoding="utf-8"), source="base")

    assert resolved(alone, base) == alone


def test_of_a_variant_whose_base_cannot_be_had_nothing_else_is_told() -> None:
    def find(name: str) -> Base:
        raise NoBaseError(f"no {name}", "write another")

    text = f"{HEAD}timezone: 5\n"
    found = reading_of(resolved(document_of(text, source="short"), find), Programme)

    assert [fault.problem for fault in found.faults] == ["no base"]
    assert found.mended == Mended(None, found.document)


@pytest.mark.parametrize("model", [*ACTIVITIES.values(), Phase])
def test_the_words_of_variants_are_keys_of_no_activity_or_phase(
    model: type[SpecPart],
) -> None:
    assert fields_by_key(model).keys().isdisjoint({"after", "extends", "leave out"})
