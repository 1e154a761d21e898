"""What somebody insists on is kept, at the lowest price that there is."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.matching import Problem, check, solve, solve_anyway
from engine.matching.insisting import InsistingError, hindrances, sided
from tests.unit.matching.cases import SEED
from tests.unit.matching.cases import problems as problems_of_pairs
from tests.unit.matching.every import Choice, broken, choices
from tests.unit.matching.many import (
    chosen,
    fits,
    problems,
    worth,
)
from tests.unit.matching.rivals import Search

FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much])
MANY = ("groups", "trios", "buddies", "networks")


@st.composite
def insisted(draw: st.DrawFn, shape: str, *, hindered: bool = False) -> Problem:
    """A few people, two or more of whom somebody wants together."""
    free = draw(problems_of_pairs() if shape == "pairs" else problems(shape))
    everyone = [one.person for one in free.participants]
    twos = [
        two
        for two in permutations(everyone, 2)
        if bool(hindrances(replace(free, pins=frozenset({two})))) is hindered
    ]
    assume(twos)
    pins = draw(st.lists(st.sampled_from(twos), min_size=1, max_size=2))
    return replace(free, pins=frozenset(pins))


def together(problem: Problem, choice: Choice) -> bool:
    """Return whether all are in one match who are to be."""
    parties = [{one for those in match.values() for one in those} for match in choice]
    if problem.shape == "trios":
        parties = [
            {one for role in ("talent", "mentor") for one in match[role]}
            for match in choice
        ]
    return all(any(party >= {*two} for party in parties) for two in problem.pins)


@pytest.mark.parametrize("shape", MANY)
def test_no_answer_with_these_together_is_better(shape: str) -> None:
    @FEW
    @given(problem=insisted(shape))
    def nothing_is_better(problem: Problem) -> None:
        assume(not hindrances(problem))
        rivals = [
            worth(problem, one)
            for one in choices(problem)
            if fits(problem, one) and together(problem, one)
        ]
        if not rivals:
            with pytest.raises(InsistingError):
                solve(problem, seed=SEED)
            without = solve_anyway(problem, seed=SEED)
            told = check(problem, chosen(without))
            assert {one.kind for one in told} - {"too few"} == {"apart"}
            return
        solution = solve(problem, seed=SEED)
        assert broken(problem, chosen(solution)) == []
        assert together(problem, chosen(solution))
        assert worth(problem, chosen(solution)) == max(rivals)

    nothing_is_better()


@FEW
@given(problem=insisted("pairs"))
def test_no_pairs_with_these_in_them_are_better(problem: Problem) -> None:
    assume(not hindrances(problem))
    search = Search(problem)
    cells = {
        search.cell(*ends) for two in problem.pins if (ends := sided(problem, two))
    }

    solution = solve(problem, seed=SEED)

    found = search.chosen(solution)
    assert cells <= {*found}
    assert search.worth(search.values(found)) == max(
        search.worth(search.values(one)) for one in search.choices if cells <= {*one}
    )


@FEW
@given(
    problem=st.sampled_from(("groups", "buddies", "networks")).flatmap(
        lambda shape: insisted(shape, hindered=True)
    )
)
def test_whoever_is_told_to_be_hindered_is_together_in_no_answer(
    problem: Problem,
) -> None:
    with pytest.raises(InsistingError):
        solve(problem, seed=SEED)
