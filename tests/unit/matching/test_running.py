"""Whether what runs is parted only where it has to be, against all other answers."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.ids import PersonId
from engine.matching import Problem, check, solve
from engine.matching.aims import EVERYONE, parse_aims, priorities
from engine.matching.pairs import flow_of
from engine.matching.search import optimum
from tests.unit.matching import many
from tests.unit.matching.cases import (
    PREFER,
    REQUIRE,
    SEED,
    TAGS,
    person,
    problem,
    problems,
    rules,
)
from tests.unit.matching.rivals import Choice, Search
from tests.unit.matching.test_pairs import EVERY_AIM

Two = tuple[PersonId, PersonId]


@st.composite
def running(draw: st.DrawFn, *, moving: bool) -> Problem:
    """A few people of whom some are together already, by rules that held then."""
    free = draw(problems(aims=EVERY_AIM))
    search = Search(free)
    together = draw(st.sampled_from(search.choices))
    table = search.table
    twos = (
        (table.firsts[first].person, table.seconds[second].person)
        for first, second in together
    )
    fewer = {one.person: draw(st.integers(0, 2)) for one in table.firsts}
    barred = draw(st.lists(st.sampled_from([*twos, (PersonId("x"), PersonId("y"))])))
    return replace(
        free,
        running=frozenset(
            (table.firsts[first].person, table.seconds[second].person)
            for first, second in together
        ),
        vetoes=free.vetoes | {*barred},
        capacity=draw(st.sampled_from([free.capacity, fewer])),
        moving=moving,
    )


def kept(search: Search, choice: Choice) -> int:
    """Return how many of a choice run already."""
    table = search.table
    return sum(
        (table.firsts[first].person, table.seconds[second].person)
        in search.problem.running
        for first, second in choice
    )


def worth(search: Search, choice: Choice) -> tuple[int, ...]:
    """Return the values by which answers are compared where some run already."""
    values = search.values(choice)
    order = priorities(parse_aims(search.problem.aim))
    if not search.problem.moving:
        return (kept(search, choice), *(values[aim] for aim in order))
    rest = (values[aim] for aim in order if aim != EVERYONE)
    return (values[EVERYONE], kept(search, choice), *rest)


@pytest.mark.parametrize("moving", [False, True])
def test_no_answer_parts_fewer_and_is_as_good(moving: bool) -> None:  # noqa: FBT001
    @given(problem=running(moving=moving))
    def none_is_better(problem: Problem) -> None:
        solution = solve(problem, seed=SEED)

        search = Search(problem)
        found = search.chosen(solution)
        assert check(problem, [one.members for one in solution.matches]) == ()
        assert worth(search, found) == max(worth(search, one) for one in search.choices)

    none_is_better()


def a_hundred_and_fifty() -> Problem:
    """Return 150 mentors and as many mentees as chance has them."""
    random = Random(150)
    people = [
        person(
            f"{role}{one:03}",
            role,
            department=f"d{random.randrange(12)}",
            level=random.choice(("talent", "office", "director")),
            goals=tuple(random.sample(TAGS, 2)),
            strengths=tuple(random.sample(TAGS, 2)),
        )
        for role in ("mentor", "mentee")
        for one in range(150)
    ]
    return problem(people, rules(REQUIRE, PREFER))


def pairs_of(problem: Problem) -> set[Two]:
    """Return who is with whom in the best answer."""
    found = flow_of(problem, SEED, optimum)
    table = found.table
    return {
        (table.firsts[arc.first].person, table.seconds[arc.second].person)
        for arc in found.outcome.arcs
    }


def test_who_drops_out_of_a_hundred_and_fifty_pairs_parts_no_other() -> None:
    free = a_hundred_and_fifty()
    before = pairs_of(free)
    gone = min(before)[0]
    stay = frozenset(two for two in before if gone not in two)
    people = tuple(one for one in free.participants if one.person != gone)
    left = replace(free, participants=people)

    freely = pairs_of(left)
    answers = [
        pairs_of(replace(left, running=stay, moving=one)) for one in (False, True)
    ]

    assert (len(before), len(stay)) == (150, 149)
    assert answers == [stay, stay]
    assert freely != stay


def test_one_running_match_is_moved_where_that_places_one_more() -> None:
    people = [
        person("anna", "mentor", department="Health"),
        person("bo", "mentor", department="Schools"),
        person("kari", "mentee", department="Schools"),
        person("lis", "mentee", department="Tax"),
    ]
    given = replace(
        problem(people, rules(REQUIRE[:1])),
        running=frozenset([(PersonId("p-anna"), PersonId("p-lis"))]),
    )

    stays = solve(given, seed=SEED)
    moves = solve(replace(given, moving=True), seed=SEED)

    assert many.named(stays) == [("anna", "lis")]
    assert many.named(moves) == [("anna", "kari"), ("bo", "lis")]
