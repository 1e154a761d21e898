"""What another partner would cost in matches of many, against solving again."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings

from engine.matching import (
    Alternative,
    Price,
    Problem,
    Solution,
    of_two,
    parse_rules,
    solve,
)
from engine.matching.aims import BALANCE, EVERYONE, TOTAL, WORST
from engine.matching.repricing import priced
from tests.unit.matching.cases import (
    COLUMNS,
    LEVELS,
    PREFER,
    SEED,
    SIDES,
    TAGS,
    ids,
    person,
)
from tests.unit.matching.cases import problem as problem_of_pairs
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


@pytest.mark.parametrize("shape", ["trios", "groups", "buddies", "networks"])
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


def talents(count: int) -> Problem:
    """Return so many who may be buddies, with much to choose from."""
    random = Random(count)
    people = [
        person(
            f"t{one:03}",
            "talent",
            department=f"d{random.randrange(6)}",
            location=random.choice("NSEW"),
            level=random.choice(LEVELS),
            goals=tuple(random.sample(TAGS, 2)),
            strengths=tuple(random.sample(TAGS, 2)),
        )
        for one in range(count)
    ]
    wanted = [
        ("one's strengths cover the other's goals", 5),
        ("buddies, same location", 2),
        ("buddies, near in level", 1),
    ]
    told = [("buddies", "different departments")]
    return problem("buddies", people, rules("buddies", told, wanted), size=(2, 3))


def mixed(count: int, *, aim: tuple[str, ...]) -> Problem:
    """Return mentees in groups of four, at least one of each kind in each."""
    random = Random(count)
    people = [
        person(
            f"{role}{one:02}",
            role,
            location=random.choice("NSEW"),
            remote=one % 3 == 0,
            goals=tuple(random.sample(TAGS, 2)),
            strengths=tuple(random.sample(TAGS, 2)),
        )
        for role, many in (("mentor", count // 4), ("mentee", count))
        for one in range(many)
    ]
    wanted = [
        ("mentor's strengths cover mentee's goals", 5),
        ("mentor and mentee, same location", 2),
    ]
    told = [("mentees of a group", "at least 1 of each remote")]
    return problem(
        "groups", people, rules("groups", told, wanted), size=(3, 5), aim=aim
    )


def dearer(problem: Problem, now: Solution, one: Alternative) -> Price:
    """Return what solving again with these two together loses, the worst with it."""
    pins = frozenset([(one.partner, one.person)])
    then = solve(replace(problem, pins=pins), seed=SEED)
    counts = WORST in problem.aim
    return Price(
        pairs=len(now.matches) - len(then.matches),
        worst=(now.worst or 0) - (then.worst or 0) if counts else 0,
        total=now.total - then.total,
    )


@pytest.mark.parametrize(
    "given",
    [
        talents(24),
        replace(talents(20), aim=(EVERYONE, TOTAL, WORST)),
        mixed(12, aim=(EVERYONE, WORST, TOTAL)),
        mixed(12, aim=(EVERYONE, TOTAL)),
    ],
    ids=["worst first", "total first", "worst group", "total of groups"],
)
def test_every_price_of_many_is_that_of_solving_again(given: Problem) -> None:
    solution = priced(given, solve(given, seed=SEED), seed=SEED)

    found = told(solution)
    assert {one.person for one in found} == {
        one.person for one in given.having(given.placed)
    }
    assert [one.price for one in found] == [
        dearer(given, solution, one) for one in found
    ]


def test_of_more_people_than_can_be_priced_the_others_are_named() -> None:
    given = replace(talents(20), aim=(EVERYONE, TOTAL, WORST))
    best = solve(given, seed=SEED)

    solution = priced(given, best, seed=SEED, work=1000)
    last = solution.unpriced[-1]
    theirs = priced(given, best, seed=SEED, whose=[last])

    reached = {one.person for one in told(solution)}
    worst = min(best.matches, key=lambda one: one.points)
    everyone = {one.person for one in given.participants}
    assert reached | {*solution.unpriced} == everyone
    assert reached.isdisjoint(solution.unpriced)
    assert reached > {*worst.members["talent"]}
    assert {one.person for one in told(theirs)} == {last}


PAIRS = [
    person(
        f"{role}{one}",
        role,
        department=("Health", "Schools")[one % 2],
        goals=TAGS[one % 2 : one % 2 + 2],
        strengths=TAGS[: 1 + one % 3],
    )
    for role in ("mentor", "mentee")
    for one in range(4)
]


@pytest.mark.parametrize(
    "rule",
    [("mentees", "at most 1 from one department"), ("each mentee", "2 mentors")],
)
def test_pairs_have_prices_where_numbers_bind_them_too(rule: tuple[str, str]) -> None:
    bound = parse_rules([rule], PREFER, columns=COLUMNS, speech=of_two(SIDES))
    room = {one.person: 2 for one in PAIRS}
    given = problem_of_pairs(PAIRS, bound, capacity=room)

    solution = priced(given, solve(given, seed=SEED), seed=SEED)

    assert told(solution)
    assert [one.price for one in told(solution)] == [
        dearer(given, solution, one) for one in told(solution)
    ]
