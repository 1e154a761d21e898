"""Which phases can never begin, and for whom there is nobody: what is no fault too."""

import pytest

from engine.spec.faults import Fault
from tests.unit.checks.shipped import Edit, all_faults, edited

MEETINGS = "  - phase: meetings\n"
WORKSHOPS = "  - phase: workshops\n"
MAKING = "  - phase: intro\n"


def waiting(*conditions: tuple[str, str]) -> list[Edit]:
    """Return edits by which phases wait for something."""
    return [
        Edit(file="programme", old=phase, new=f"{phase}    waits for: {condition}\n")
        for phase, condition in conditions
    ]


def told(edits: list[Edit]) -> list[str]:
    faults: tuple[Fault, ...] = all_faults(edited(edits))
    return [fault.problem.partition(";")[0] for fault in faults]


@pytest.mark.parametrize(
    "conditions",
    [
        [(MEETINGS, "pair agreed")],
        [(MEETINGS, "pair approved"), (WORKSHOPS, "good-start answered")],
        [(MAKING, "pair agreed, or 4 months before kick-off")],
        [
            (MEETINGS, "after-workshop answered, or kick-off"),
            (WORKSHOPS, "good-start answered"),
        ],
    ],
    ids=["before it", "a row of three", "or a day before that", "or a day in a circle"],
)
def test_a_phase_that_can_begin_is_no_fault(conditions: list[tuple[str, str]]) -> None:
    assert told(waiting(*conditions)) == []


@pytest.mark.parametrize(
    ("conditions", "problem"),
    [
        (
            [(MAKING, "good-start answered")],
            "the phase 'intro' waits for 'pair', which is in it",
        ),
        (
            [(MEETINGS, "good-start answered")],
            "the phase 'meetings' waits for 'good-start', which is in it",
        ),
        (
            [(MAKING, "after-workshop answered"), (WORKSHOPS, "pair agreed")],
            (
                "the phase 'intro' waits for the phase 'workshops', which waits for "
                "the phase 'intro'"
            ),
        ),
    ],
    ids=["its matches", "its own", "a circle"],
)
def test_a_phase_that_cannot_begin_is_told_once(
    conditions: list[tuple[str, str]], problem: str
) -> None:
    assert told(waiting(*conditions)) == [problem]


def test_a_role_into_which_people_are_nominated_may_be_empty() -> None:
    role = Edit(
        file="programme", old="matches:\n", new="roles: {guide: {}}\nmatches:\n"
    )
    task = Edit(
        file="programme",
        old="      - evaluation: after-workshop\n",
        new="      - material: map\n        for: guides\n        when: kick-off\n"
        "        text: {da: Et kort., en: A map.}\n"
        "        link: https://example.org/map\n"
        "      - evaluation: after-workshop\n",
    )
    nominated = Edit(
        file="programme",
        old="      - matching: pair\n",
        new="      - nomination: guides\n        by: {da: mentorer, en: mentors}\n"
        "        nominators: mentor\n        open: 3 months before kick-off\n"
        "        for how long: 4 weeks\n      - matching: pair\n",
    )

    assert told([role, task]) == ["nobody is a guide, so 'map' is for nobody"]
    assert told([role, task, nominated]) == []
