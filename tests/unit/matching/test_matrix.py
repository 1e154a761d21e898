"""All pairs at once have the points and barriers that each has by itself."""

import pytest
from hypothesis import given, settings

from engine.matching import Problem
from engine.matching.matrix import matrix
from engine.matching.scoring import tabulate, tabulate_singly
from engine.matching.tagging import cells
from tests.unit.matching import cases, many
from tests.unit.matching.cases import person


@pytest.mark.parametrize("shape", ["pairs", "groups", "trios"])
def test_all_pairs_at_once_are_as_one_by_one(shape: str) -> None:
    problems = cases.problems() if shape == "pairs" else many.problems(shape)

    @settings(max_examples=60)
    @given(problem=problems)
    def are_the_same(problem: Problem) -> None:
        singly, found = tabulate_singly(problem), matrix(problem)

        assert found.points.tolist() == [list(row) for row in singly.points]
        assert tuple(cells(found.allowed)) == singly.allowed

    are_the_same()


def test_numbers_of_any_size_are_compared() -> None:
    people = [
        person("bo", "mentor", years=999_999_999_999_999),
        person("kari", "mentee", years=-999_999_999_999_999),
    ]
    above = [("mentor and mentee", "mentor's years at least 9 steps above mentee's")]
    problem = cases.problem(people, cases.rules(above))

    assert matrix(problem).allowed.tolist() == [[True]]


def test_a_large_table_tells_what_forbids_a_pair_as_a_small_one_does() -> None:
    people = [
        person(
            f"{role[:3]}{number:02}",
            role,
            department=("Health", "Schools", "Culture")[number % 3],
            manager=f"tee{number - 1:02}" if number else "",
            level=cases.LEVELS[number % len(cases.LEVELS)],
        )
        for role in ("mentor", "mentee")
        for number in range(64)
    ]
    problem = cases.problem(people, cases.rules(cases.REQUIRE, cases.PREFER))

    large, small = tabulate(problem), tabulate_singly(problem)

    assert dict(large.barriers) == dict(small.barriers)
    assert large.allowed == small.allowed
    assert large.barriers.get((0, 0)) == small.barriers.get((0, 0))
    with pytest.raises(KeyError):
        large.barriers[large.allowed[0]]
