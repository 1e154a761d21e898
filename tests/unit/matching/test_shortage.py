"""Why somebody is left over, in numbers, and which exception would help."""

from hypothesis import given

from engine.matching import Problem, Shortage, Solution, Unmatched, Waiver, solve
from engine.matching.clauses import Alike
from engine.matching.scoring import Cell
from tests.unit.matching.cases import (
    BOTH,
    SEED,
    ids,
    pair,
    person,
    problem,
    problems,
    rules,
)
from tests.unit.matching.rivals import Search

DIFFERENT = Alike(column="department", same=False, sentence="different departments")


def solved(given: Problem) -> Solution:
    return solve(given, seed=SEED)


def most(search: Search, *extra: Cell) -> int:
    return max(len(one) for one in search.with_extra(extra))


def test_two_who_share_one_mentor_are_told_with_the_exception_that_helps() -> None:
    people = [
        person("anna", "mentor", department="Health"),
        person("bo", "mentor", department="Schools"),
        person("kari", "mentee", department="Schools"),
        person("lis", "mentee", department="Schools"),
    ]

    solution = solved(problem(people, rules([(BOTH, "different departments")])))

    (match,) = solution.matches
    left = next(one for one in ("kari", "lis") if match.members["mentee"] != ids(one))
    assert solution.shortages == (
        Shortage(
            role="mentee",
            people=ids("kari", "lis"),
            partners=ids("anna"),
            places=1,
            waivers=(
                Waiver(members=pair("bo", "kari"), broken=(DIFFERENT,), points=0),
                Waiver(members=pair("bo", "lis"), broken=(DIFFERENT,), points=0),
            ),
        ),
    )
    assert solution.shortages[0].missing == 1
    assert [(one.person, one.role, one.cause) for one in solution.unmatched] == [
        (*ids(left), "mentee", "shortage"),
        (*ids("bo"), "mentor", "nobody allowed"),
    ]


def test_who_may_be_matched_with_nobody_is_told_what_forbids_how_many() -> None:
    people = [
        person("anna", "mentor", department="Health"),
        person("bo", "mentor", department="Health"),
        person("kari", "mentee", department="Health"),
    ]
    given = problem(
        people,
        rules([(BOTH, "different departments")]),
        vetoes=frozenset([(ids("bo")[0], ids("kari")[0])]),
    )

    solution = solved(given)

    assert solution.unmatched[0] == Unmatched(
        person=ids("kari")[0],
        role="mentee",
        cause="nobody allowed",
        barriers=((DIFFERENT, 2), ("veto", 1)),
    )
    (shortage,) = solution.shortages
    assert (shortage.people, shortage.partners, shortage.places) == (ids("kari"), (), 0)
    assert [one.members for one in shortage.waivers] == [pair("anna", "kari")]


def test_mentees_left_over_by_plain_numbers_share_everyone() -> None:
    people = [person(f"a{one}", "mentor") for one in range(2)]
    people += [person(f"b{one}", "mentee") for one in range(5)]
    given = problem(people, rules(), capacity={ids("a0")[0]: 2})

    (shortage,) = solved(given).shortages

    assert shortage == Shortage(
        role="mentee",
        people=ids("b0", "b1", "b2", "b3", "b4"),
        partners=ids("a0", "a1"),
        places=3,
    )
    assert shortage.missing == 2


@given(problem=problems())
def test_a_shortage_counts_exactly_who_is_left_over(problem: Problem) -> None:
    solution = solved(problem)

    search = Search(problem)
    table = search.table
    left = [one.person for one in solution.unmatched if one.role == "mentee"]
    assert sum(one.missing for one in solution.shortages) == len(left)
    assert len(left) == len(table.seconds) - most(search)
    shared = [person for one in solution.shortages for person in one.people]
    assert len(shared) == len(set(shared))
    assert set(left) <= set(shared)
    for shortage in solution.shortages:
        allowed = {
            table.firsts[first].person
            for first, second in table.allowed
            if table.seconds[second].person in shortage.people
            and problem.places(table.firsts[first].person)
        }
        assert set(shortage.partners) == allowed
        assert shortage.places == sum(map(problem.places, allowed))


@given(problem=problems())
def test_the_waivers_are_the_cheapest_single_pairs_that_place_one_more(
    problem: Problem,
) -> None:
    solution = solved(problem)

    search = Search(problem)
    table = search.table
    expected = sorted(
        (len(barriers), -table.points[cell[0]][cell[1]], cell)
        for cell, barriers in table.barriers.items()
        if not any(isinstance(one, str) for one in barriers)
        if most(search, cell) > most(search)
    )
    waivers = [one for each in solution.shortages for one in each.waivers]
    told = sorted(
        (
            len(one.broken),
            -one.points,
            search.cell(one.members["mentor"][0], one.members["mentee"][0]),
        )
        for one in waivers
    )
    assert set(told) <= set(expected)
    assert told[:1] == expected[:1]
    assert min(len(told), 3) == min(len(expected), 3)
