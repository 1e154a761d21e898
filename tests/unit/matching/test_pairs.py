"""The solver of pairs against every possible answer, one by one."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.matching import AIMS, Alternative, Price, Problem, check, solve
from engine.matching.aims import (
    BALANCE,
    EVERYONE,
    FIRST,
    KNOWN,
    TOTAL,
    WORST,
    parse_aims,
)
from engine.matching.faults import RulesError
from tests.unit.matching.cases import (
    PREFER,
    SEED,
    counted,
    ids,
    person,
    problem,
    problems,
    rules,
    several,
)
from tests.unit.matching.rivals import Search, Values


def _accepted(aims: tuple[str, ...]) -> bool:
    try:
        parse_aims(aims)
    except RulesError:
        return False
    return True


EVERY_AIM = [
    aims
    for count in (1, 2, 3, 4)
    for aims in itertools.permutations(KNOWN, count)
    if _accepted(aims)
]


@given(problem=problems(aims=EVERY_AIM))
def test_no_other_answer_is_better_by_the_aims_in_their_order(
    problem: Problem,
) -> None:
    solution = solve(problem, seed=SEED)

    search = Search(problem)
    found = search.values(search.chosen(solution))
    assert search.worth(found) == search.worth(search.best())
    assert solution.total == solution.bound == found["best total"]
    assert (solution.worst or 0) == found["worst match as good as possible"]


@given(problem=counted(aims=EVERY_AIM))
def test_no_other_answer_that_keeps_to_the_quotas_is_better(problem: Problem) -> None:
    solution = solve(problem, seed=SEED)

    search = Search(problem)
    found = search.chosen(solution)
    assert not search.crowded(found)
    assert search.worth(search.values(found)) == search.worth(search.best())


@given(problem=counted())
def test_the_independent_check_finds_what_a_quota_lacks(problem: Problem) -> None:
    solution = solve(problem, seed=SEED)

    search = Search(problem)
    placed = {one for m in solution.matches for one in m.members["mentee"]}
    had = search.departments(placed)
    able = search.departments([one.person for one in problem.having("mentee")])
    lacking = sum(
        had[one] < rule.count
        for rule in problem.rules.quotas
        for one in able
        if one and not rule.most
    )
    told = check(problem, [match.members for match in solution.matches])
    assert [one.kind for one in told] == ["too few"] * lacking


@given(problem=counted())
def test_what_a_quota_costs_is_what_leaving_it_out_brings(problem: Problem) -> None:
    solution = solve(problem, seed=SEED)

    told = {one.sentence: one.more for one in solution.reliefs}
    for rule in problem.rules.quotas:
        freer = replace(problem, rules=problem.rules.without(rule))
        more = len(solve(freer, seed=SEED).matches) - len(solution.matches)
        assert told.get(rule.sentence, 0) == more


@given(problem=several(aims=EVERY_AIM))
def test_where_each_is_to_have_two_no_other_answer_is_better(problem: Problem) -> None:
    solution = solve(problem, seed=SEED)

    search = Search(problem)
    found = search.chosen(solution)
    assert search.worth(search.values(found)) == search.worth(search.best())
    told = check(problem, [match.members for match in solution.matches])
    placed = Counter(one for m in solution.matches for one in m.members["mentee"])
    assert [one.kind for one in told] == ["fewer"] * sum(
        count + problem.had.get(one, 0) < 2 for one, count in placed.items()
    )


def test_each_has_one_mentor_before_anybody_has_two() -> None:
    people = [person(name, "mentor", strengths=("a",)) for name in ("anna", "bo")]
    people += [person("kari", "mentee", goals=("a",)), person("lis", "mentee")]
    two = rules([("each mentee", "two mentors")], PREFER[:1])

    few = solve(problem(people, two), seed=SEED)
    enough = solve(
        problem(people, two, capacity=dict.fromkeys(ids("anna", "bo"), 2)), seed=SEED
    )

    assert sorted(one.members["mentee"] for one in few.matches) == [
        ids("kari"),
        ids("lis"),
    ]
    assert len(enough.matches) == 4


def test_each_has_two_also_in_a_large_programme(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = [person(name, "mentor") for name in ("anna", "bo")]
    two = rules([("each mentee", "2 mentors")])
    asked = problem([*people, person("kari", "mentee")], two)

    monkeypatch.setattr("engine.matching.pairs.LARGE", 0)

    assert len(solve(asked, seed=SEED).matches) == 2


@given(problem=problems(aims=EVERY_AIM))
def test_every_answer_passes_the_independent_check(problem: Problem) -> None:
    solution = solve(problem, seed=SEED)

    assert check(problem, [match.members for match in solution.matches]) == ()


@given(problem=problems(), random=st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(problem: Problem, random: Random) -> None:
    people = list(problem.participants)
    random.shuffle(people)
    shuffled = replace(problem, participants=tuple(people))

    assert shuffled == problem
    assert solve(shuffled, seed=SEED) == solve(problem, seed=SEED)


def less(now: Values, forced: Values, aim: Sequence[str] = AIMS) -> Price:
    pairs, total = (now[one] - forced[one] for one in (EVERYONE, TOTAL))
    worst, first, load = (
        now[one] - forced[one] if one in aim else 0 for one in (WORST, FIRST, BALANCE)
    )
    return Price(pairs=pairs, worst=worst, total=total, first=first, load=load)


@given(problem=problems(aims=EVERY_AIM))
def test_the_price_of_an_alternative_is_that_of_solving_again(
    problem: Problem,
) -> None:
    solution = solve(problem, seed=SEED)

    search = Search(problem)
    told = [one for match in solution.matches for one in match.alternatives]
    told += [one for left in solution.unmatched for one in left.alternatives]
    for one in told:
        first, second = search.cell(one.partner, one.person)
        assert one == Alternative(
            person=one.person,
            partner=one.partner,
            points=search.table.points[first][second],
            price=less(search.best(), search.best((first, second)), problem.aim),
        )


@given(problem=problems(aims=EVERY_AIM))
def test_no_other_partner_is_cheaper_than_the_alternatives(problem: Problem) -> None:
    solution = solve(problem, seed=SEED)

    search = Search(problem)
    chosen = search.chosen(solution)
    for match in solution.matches:
        ((_, second),) = (
            one
            for one in chosen
            if search.table.seconds[one[1]].person in match.members["mentee"]
        )
        forced = [
            search.best((first, other))
            for first, other in search.table.allowed
            if other == second and (first, other) not in chosen
            if problem.places(search.table.firsts[first].person) > 0
        ]
        ranked = sorted(forced, key=search.worth, reverse=True)
        assert [one.price for one in match.alternatives] == [
            less(search.best(), one, problem.aim) for one in ranked[:3]
        ]
