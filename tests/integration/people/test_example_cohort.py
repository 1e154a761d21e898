"""That the people of the example can be matched, and not without a choice."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from engine.ids import PersonId
from engine.matching import Problem, capacities, check, solve
from engine.people import Participant
from engine.problems import rules_of
from engine.spec.programme import Programme
from engine.spec.reading import read
from engine.spec.rows import participants
from integrations.people import read_rows

FOLDER = Path(__file__).parents[3] / "specs" / "aarhus-leadership"
PROGRAMME = read(
    (FOLDER / "programme.yaml").read_text(encoding="utf-8"),
    source="programme.yaml",
    model=Programme,
).checked()
MENTORS = 16
MENTEES = 14


@pytest.fixture(scope="module")
def people() -> tuple[Participant, ...]:
    content = (FOLDER / "cohorts" / "participants.csv").read_bytes()
    read_people = participants(
        read_rows(content, source="participants.csv"), programme=PROGRAMME
    )
    return tuple(replace(one, person=PersonId(f"p-{one.id}")) for one in read_people)


@pytest.fixture(scope="module")
def problem(people: tuple[Participant, ...]) -> Problem:
    kind = PROGRAMME.matches["pair"]
    first, second = kind.roles
    return Problem(
        kind="pair",
        sides=(first, second),
        participants=people,
        rules=rules_of(PROGRAMME, kind),
        capacity=capacities(people),
        aim=kind.aim,
    )


def test_the_example_has_the_first_cohorts_number_of_mentees(
    people: tuple[Participant, ...],
) -> None:
    roles = Counter(one.roles for one in people)

    assert roles == {("mentor",): MENTORS, ("mentee",): MENTEES}


def test_everyone_in_the_example_is_plainly_invented(
    people: tuple[Participant, ...],
) -> None:
    assert [one.email for one in people if not one.email.endswith("@example.org")] == []
    assert [one.phone for one in people] == [
        f"+45 00 00 00 {number:02}" for number in range(1, len(people) + 1)
    ]


def test_every_mentee_of_the_example_gets_a_mentor_by_the_rules(
    problem: Problem,
) -> None:
    solution = solve(problem, seed=b"2027")

    members = [match.members for match in solution.matches]
    assert solution.status == "optimal"
    assert len(members) == MENTEES
    assert check(problem, members) == ()


def test_not_everybody_in_the_example_can_have_their_first_wish(
    people: tuple[Participant, ...], problem: Problem
) -> None:
    solution = solve(problem, seed=b"2027")

    by_person = {one.person: one for one in people}
    ranks = Counter(
        _rank(
            by_person[match.members["mentee"][0]].values["wishes"],
            by_person[match.members["mentor"][0]].id,
        )
        for match in solution.matches
    )
    assert ranks == {1: 7, 2: 3, None: 4}


def _rank(wishes: object, mentor: str) -> int | None:
    named = wishes if isinstance(wishes, tuple) else ()
    return named.index(mentor) + 1 if mentor in named else None
