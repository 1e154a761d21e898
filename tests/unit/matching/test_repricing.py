"""What another partner would cost in matches of many, against solving again."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings

from engine.matching import Alternative, Price, Problem, Solution, solve
from engine.matching.aims import BALANCE, EVERYONE, TOTAL
from engine.matching.excusing import SMALL
from engine.matching.repricing import priced
from tests.unit.matching.cases import SEED, TAGS, ids, person
from tests.unit.matching.every import choices
from tests.unit.matching.many import (
    AIMS,
    fits,
    problem,
    problems,
    required,
    rules,
    worth,
)
from tests.unit.matching.test_insisting import together

FEW = settings(max_examples=15)


def full(seed: int, *, spare: int) -> Problem:
    """Return as many mentees as places, or more, in groups that a flow finds."""
    random = Random(seed)
    people = [
        person(
            f"{role}{one:02}",
            role,
            department=f"d{random.randrange(5)}",
            location=random.choice("NS"),
            goals=tuple(random.sample(TAGS, 2)),
            strengths=tuple(random.sample(TAGS, 2)),
        )
        for role, count in (("mentor", 3), ("mentee", 12 + spare))
        for one in range(count)
    ]
    told = [
        ("mentor and mentee", "different departments"),
        ("mentees of a group", "at most 2 from the same department"),
    ]
    wanted = [
        ("mentor's strengths cover mentee's goals", 5),
        ("mentor and mentee, same location", 2),
    ]
    return problem(
        "groups",
        people,
        rules("groups", told, wanted),
        size=(3, 3),
        aim=(EVERYONE, TOTAL),
        capacity={ids("mentor00")[0]: 2},
    )


def told(solution: Solution) -> list[Alternative]:
    """Return every alternative that is told."""
    matched = [one for each in solution.matches for one in each.alternatives]
    return matched + [one for each in solution.unmatched for one in each.alternatives]


def lost(problem: Problem, now: Solution, one: Alternative) -> Price:
    """Return what solving again with these two together loses."""
    pins = frozenset([(one.partner, one.person)])
    then = solve(replace(problem, pins=pins), seed=SEED)
    placed = (len(each.members["mentee"]) for each in then.matches)
    return Price(pairs=12 - sum(placed), worst=0, total=now.total - then.total)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("spare", [0, 2])
def test_a_flow_of_groups_tells_what_solving_again_tells(seed: int, spare: int) -> None:
    given = full(seed, spare=spare)

    solution = solve(given, seed=SEED)

    assert len(solution.matches) == 4
    alternatives = told(solution)
    assert len({one.person for one in alternatives}) > 6
    assert [one.price for one in alternatives] == [
        lost(given, solution, one) for one in alternatives
    ]


@pytest.mark.parametrize("shape", ["trios", *SMALL])
def test_a_price_is_what_the_best_answer_with_these_two_loses(shape: str) -> None:
    @FEW
    @given(problem=problems(shape))
    def it_is(problem: Problem) -> None:
        problem = replace(problem, aim=AIMS[0])
        solution = priced(problem, solve(problem, seed=SEED), seed=SEED)

        possible = [one for one in choices(problem) if fits(problem, one)]
        now = max(worth(problem, one) for one in possible)
        lead = len(required(problem, ()))
        for one in told(solution):
            forced = replace(problem, pins=frozenset([(one.partner, one.person)]))
            then = max(
                worth(problem, other) for other in possible if together(forced, other)
            )
            less = [was - is_ for was, is_ in zip(now, then, strict=True)]
            expected = Price(pairs=less[lead], worst=less[-2], total=less[-1])
            assert one.price == expected

    it_is()


def test_a_partner_who_makes_loads_less_even_is_told_to() -> None:
    people = [
        person("anna", "mentor", location="North"),
        person("bo", "mentor", location="South"),
        person("kari", "mentee", location="North"),
        person("lis", "mentee", location="North"),
    ]
    wanted = rules("groups", [], [("mentor and mentee, same location", 1)])
    asked = problem(
        "groups",
        people,
        wanted,
        size=(1, 1),
        aim=(EVERYONE, BALANCE),
        capacity={ids("anna")[0]: 2},
        vetoes=frozenset([(ids("bo")[0], ids("kari")[0])]),
    )

    found = priced(asked, solve(asked, seed=SEED), seed=SEED)

    (with_bo,) = (one for one in found.matches if ids("bo") in one.members.values())
    assert [one.price for one in with_bo.alternatives] == [
        Price(pairs=0, worst=0, total=-100, load=2)
    ]
