"""What one file says otherwise than another, key by key, as it would be written."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from engine.spec.differences import (
    Difference,
    Kind,
    differences,
    people_differences,
)
from engine.spec.reading import document_of
from integrations.spec_files import read_programme
from tests.fakes.cohort_files import COHORT, PEOPLE, PROGRAMME, Edits, edited, person

SPECS = Path("specs")
SHIPPED = (
    "aalborg-leaders",
    "aarhus-leadership",
    "group-three-plus-one",
    "talent-trio",
)
EVALUATION = """\
      - evaluation: after-workshop
        when: 2 hours after each workshop
        open for: 10 days
        remind: [after 3 days, after 7 days]
        questions:
          useful: {ask: {en: Useful?}, scale: 1-5}
"""


def found(edits: Edits, text: str = PROGRAMME) -> list[Difference]:
    """Return what differs between a file and the same edited."""
    old, new = (
        document_of(one, source="file.yaml") for one in (text, edited(text, edits))
    )
    return list(differences(old, new))


def test_a_file_and_the_same_with_other_comments_say_the_same() -> None:
    edits = {"languages: [da, en]": "languages: [ da,   en ]  # both"}

    assert found(edits) == []


def test_a_changed_value_is_told_by_its_activity_and_key() -> None:
    assert found({"lasts: 90 minutes": "lasts: 1 hour"}) == [
        Difference(
            kind="changed",
            of="meeting conversation",
            key="lasts",
            old="90 minutes",
            new="1 hour",
        )
    ]


def test_a_value_deep_inside_is_told_alone_with_the_way_to_it() -> None:
    edits = {
        "{ask: {en: Useful?}, scale: 1-5}": "{ask: {en: Helpful?}, scale: 1-5}",
        "{theme: {en: Careers}, for: mentees}": "{theme: {en: Careers}, for: mentors}",
    }

    assert [(one.of, one.key, one.old, one.new) for one in found(edits)] == [
        ("gathering workshop", "editions 2: for", "mentees", "mentors"),
        (
            "evaluation after-workshop",
            "questions: useful: ask: en",
            "Useful?",
            "Helpful?",
        ),
    ]


def test_a_list_of_words_or_of_another_length_is_told_whole() -> None:
    edits = {
        "remind: [after 3 days, after 7 days]": "remind: [after 3 days]",
        "          - {theme: {en: Balance}}\n": "",
    }

    two = "{theme: {en: Winds}}, {theme: {en: Careers}, for: mentees}"
    assert [(one.key, one.old, one.new) for one in found(edits)] == [
        ("editions", f"[{two}, {{theme: {{en: Balance}}}}]", f"[{two}]"),
        ("remind", "[after 3 days, after 7 days]", "[after 3 days]"),
    ]


def test_a_key_that_one_of_them_leaves_out_has_no_value_there() -> None:
    booked = "        booked by: mentee\n"
    edits = {
        "        rests in: breaks\n": "",
        booked: f"{booked}        agenda: {{en: Goals}}\n",
    }

    assert [(one.key, one.old, one.new) for one in found(edits)] == [
        ("agenda", None, "{en: Goals}"),
        ("rests in", "breaks", None),
    ]


def test_an_activity_in_another_phase_has_moved_and_is_no_other() -> None:
    shorter = EVALUATION.replace("10 days", "9 days")
    edits = {
        EVALUATION: "",
        "  - phase: closing\n": "  - phase: closing\n    title: {en: The end}\n",
        "      - handover: to the next": f"{shorter}      - handover: to the next",
    }

    assert found(edits) == [
        Difference(
            kind="changed", of="phase closing", key="title", new="{en: The end}"
        ),
        Difference(
            kind="moved",
            of="evaluation after-workshop",
            old="workshops",
            new="closing",
        ),
        Difference(
            kind="changed",
            of="evaluation after-workshop",
            key="open for",
            old="10 days",
            new="9 days",
        ),
    ]


def test_what_is_called_otherwise_is_new_and_the_old_one_gone() -> None:
    edits = {"- evaluation: good-start": "- evaluation: good-beginning"}

    assert found(edits) == [
        Difference(kind="new", of="evaluation good-beginning", new="meetings"),
        Difference(kind="gone", of="evaluation good-start", old="meetings"),
    ]


def test_a_phase_comes_or_goes_with_its_name() -> None:
    edits = {"  - phase: kick-off\n": "  - phase: opening\n"}

    assert found(edits)[:2] == [
        Difference(kind="new", of="phase opening"),
        Difference(kind="gone", of="phase kick-off"),
    ]


def test_another_order_alone_is_told_as_such() -> None:
    workshop = "      - gathering: workshop\n"
    edits = {EVALUATION: "", workshop: EVALUATION + workshop}

    assert found(edits) == [
        Difference(
            kind="changed",
            of="phase workshops",
            key="activities",
            old="[gathering workshop, evaluation after-workshop]",
            new="[evaluation after-workshop, gathering workshop]",
        )
    ]


def test_a_cohort_is_told_key_by_key_too() -> None:
    edits = {"kick-off: 2027-03-03 13:00": "kick-off: 2027-03-10 13:00"}

    assert found(edits, COHORT) == [
        Difference(
            kind="changed",
            key="dates: kick-off",
            old="2027-03-03 13:00",
            new="2027-03-10 13:00",
        )
    ]


@pytest.mark.parametrize(("one", "other"), [*permutations(SHIPPED, 2)])
def test_what_is_new_one_way_is_gone_the_other_way(one: str, other: str) -> None:
    documents = [
        read_programme(SPECS / name / "programme.yaml").document
        for name in (one, other)
    ]
    other_way: dict[Kind, Kind] = {"new": "gone", "gone": "new"}

    there = set(differences(*documents))
    back = differences(*reversed(documents))

    assert there == {
        replace(
            found,
            kind=other_way.get(found.kind, found.kind),
            old=found.new,
            new=found.old,
        )
        for found in back
    }
    assert there != set()


def test_people_join_leave_and_change_what_their_line_tells() -> None:
    ugle, *others = PEOPLE
    both = replace(ugle, roles=("mentor", "mentee"), phone="")
    new = (both, *others[:-1], person("lind"))

    assert people_differences(PEOPLE, new) == (
        Difference(kind="new", of="lind", new="mentor"),
        Difference(kind="gone", of="mejse", old="mentee"),
        Difference(
            kind="changed",
            of="ugle",
            key="roles",
            old="[mentor]",
            new="[mentor, mentee]",
        ),
        Difference(kind="changed", of="ugle", key="phone", old="+45 4", new=None),
    )


def test_somebody_with_another_id_is_known_by_their_address() -> None:
    ugle, *others = PEOPLE
    renamed = replace(ugle, id="hornugle", email=ugle.email.upper())

    assert people_differences((ugle, *others), (renamed, *others)) == (
        Difference(kind="changed", of="hornugle", key="id", old="ugle", new="hornugle"),
        Difference(
            kind="changed",
            of="hornugle",
            key="email",
            old="ugle@example.org",
            new="UGLE@EXAMPLE.ORG",
        ),
    )
