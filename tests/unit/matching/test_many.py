"""Whether matches of many are the best that there are, against looking at each one."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.matching import Problem, solve
from tests.unit.matching.cases import SEED
from tests.unit.matching.every import broken
from tests.unit.matching.many import best, chosen, problems, worth

SHAPES = ("groups", "trios", "buddies", "networks")
FEW = settings(max_examples=40)


@FEW
@given(problem=st.sampled_from(SHAPES).flatmap(problems))
def test_what_is_found_keeps_every_rule(problem: Problem) -> None:
    solution = solve(problem, seed=SEED)

    assert broken(problem, chosen(solution)) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_better_than_what_is_proven_best(shape: str) -> None:
    @FEW
    @given(problem=problems(shape))
    def nothing_is_better(problem: Problem) -> None:
        solution = solve(problem, seed=SEED)

        found = worth(problem, chosen(solution))
        assert solution.status in ("optimal", "infeasible")
        assert found == best(problem)

    nothing_is_better()


@FEW
@given(problem=st.sampled_from(SHAPES).flatmap(problems))
def test_the_order_of_rows_changes_nothing(problem: Problem) -> None:
    rows = tuple(reversed(problem.participants))

    again = solve(replace(problem, participants=rows), seed=SEED)

    assert again == solve(problem, seed=SEED)


@FEW
@given(problem=st.sampled_from(SHAPES).flatmap(problems))
def test_everybody_is_in_a_match_or_told_why_not(problem: Problem) -> None:
    solution = solve(problem, seed=SEED)

    placed = [
        one for match in solution.matches for one in match.members[problem.placed]
    ]
    left = [one.person for one in solution.unmatched if one.role == problem.placed]
    everyone = [one.person for one in problem.having(problem.placed)]
    assert sorted([*placed, *left]) == sorted(everyone)


@FEW
@given(problem=st.sampled_from(SHAPES).flatmap(problems))
def test_a_total_and_a_worst_are_those_of_the_matches(problem: Problem) -> None:
    solution = solve(problem, seed=SEED)

    points = [match.points for match in solution.matches]
    assert (solution.total, solution.worst) == (sum(points), min(points, default=None))
    assert solution.bound >= solution.total
