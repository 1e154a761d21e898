"""Why somebody is in no group, in numbers, and which exception would help them."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.matching import Problem, Shortage, solve, word_waiver
from engine.matching.aims import EVERYONE, TOTAL
from tests.unit.matching.cases import SEED, ids, person
from tests.unit.matching.many import problem, rules

DIFFERENT = ("mentees of a group", "different departments")
APART = ("mentor and mentee", "different location")


def test_those_of_one_department_share_one_place_in_each_group() -> None:
    departments = ("Health", "Parks", "Tax", "Tax", "Tax")
    people = [person("anna", "mentor"), person("bo", "mentor")]
    people += [
        person(f"b{one}", "mentee", department=department)
        for one, department in enumerate(departments)
    ]
    given = problem("groups", people, rules("groups", [DIFFERENT]), size=(2, 2))

    solution = solve(given, seed=SEED)

    (shortage,) = solution.shortages
    assert shortage == Shortage(
        role="mentee",
        people=ids("b2", "b3", "b4"),
        partners=ids("anna", "bo"),
        places=2,
    )


def test_those_with_one_mentor_share_her_places_in_groups_of_several_sizes() -> None:
    people = [
        person("anna", "mentor", location="North"),
        person("bo", "mentor", location="South"),
    ]
    people += [
        person(f"b{one}", "mentee", location="North" if one == 4 else "South")
        for one in range(5)
    ]
    given = problem("groups", people, rules("groups", [APART]), size=(1, 3))

    solution = solve(given, seed=SEED)

    (shortage,) = solution.shortages
    assert shortage == Shortage(
        role="mentee",
        people=ids("b0", "b1", "b2", "b3"),
        partners=ids("anna"),
        places=3,
    )


@st.composite
def crowds(draw: st.DrawFn) -> Problem:
    """Mentors with groups of two, and more mentees than there may be room for."""
    places = st.sampled_from(("North", "South"))
    people = [
        person(f"a{one}", "mentor", location=draw(places))
        for one in range(draw(st.integers(1, 3)))
    ]
    people += [
        person(
            f"b{one}",
            "mentee",
            department=draw(st.sampled_from(("Tax", "Health", "Parks"))),
            location=draw(places),
        )
        for one in range(draw(st.integers(2, 8)))
    ]
    told = draw(st.sampled_from(((), (DIFFERENT,), (APART,), (DIFFERENT, APART))))
    return problem(
        "groups",
        people,
        rules("groups", told),
        size=draw(st.sampled_from(((2, 2), (2, 2), (1, 2), (2, 3)))),
        aim=(EVERYONE, TOTAL),
    )


@settings(max_examples=60)
@given(problem=crowds())
def test_those_who_share_places_never_find_room_for_more_of_them(
    problem: Problem,
) -> None:
    solution = solve(problem, seed=SEED)

    for shortage in solution.shortages:
        there = {*shortage.people}
        alone = replace(
            problem,
            participants=tuple(
                one
                for one in problem.participants
                if one.person in there or "mentor" in one.roles
            ),
        )
        placed = [
            one
            for match in solve(alone, seed=SEED).matches
            for one in match.members["mentee"]
        ]
        assert len(placed) <= shortage.places < len(there)


def told(given: Problem) -> list[str]:
    """Return the exceptions that would place more, in words."""
    names = {one.person: one.id for one in given.participants}
    found = solve(given, seed=SEED).waivers
    return [word_waiver(one, "en", names=names) for one in found]


def test_an_exception_in_a_group_names_the_mentor_the_mentee_and_the_rule() -> None:
    people = [person("anna", "mentor"), person("bo", "mentor", manager="b0")]
    people += [
        person(f"b{one}", "mentee", department=department, years=3)
        for one, department in enumerate(("Tax", "Tax", "Parks"))
    ]
    line = ("mentor and mentee", "outside each other's reporting line")
    given = problem("groups", people, rules("groups", [DIFFERENT, line]), size=(1, 1))

    alone = problem("groups", people, rules("groups", [DIFFERENT, line]), size=(3, 3))

    assert told(given) == []
    assert told(alone) == [
        'allow anna and b0 despite "different departments"',
        'allow anna and b1 despite "different departments"',
        (
            'allow bo and b0 despite "outside each other\'s reporting line" '
            'and "different departments"'
        ),
    ]


def test_an_exception_for_somebody_who_is_too_new_is_named() -> None:
    people = [person("anna", "mentor")]
    people += [person(f"b{one}", "mentee", years=one) for one in range(1, 3)]
    given = problem(
        "groups", people, rules("groups", [("mentee", "at least 2 years")]), size=(2, 2)
    )

    assert told(given) == ['allow anna and b1 despite "at least 2 years"']


def test_an_exception_between_buddies_names_both() -> None:
    people = [
        person(f"b{one}", "talent", department=department)
        for one, department in enumerate(("Tax", "Tax", "Tax", "Parks"))
    ]
    given = problem(
        "buddies",
        people,
        rules("buddies", [("buddies", "different departments")]),
        size=(2, 3),
    )

    solution = solve(given, seed=SEED)

    (match,) = solution.matches
    left, other = (one.person.removeprefix("p-") for one in solution.unmatched)
    assert match.members["talent"][1:] == ids("b3")
    assert f'allow {left} and {other} despite "different departments"' in told(given)
    assert len(told(given)) == 3


def test_an_exception_in_a_network_is_never_a_persons_no() -> None:
    people = [
        person(f"b{one}", "member", wishes=("b1",) if one == 0 else ())
        for one in range(3)
    ]
    apart = ("members of a network", "not among each other's wishes")
    given = problem("networks", people, rules("networks", [apart]), size=(3, 3))
    vetoed = replace(given, vetoes=frozenset([(ids("b0")[0], ids("b1")[0])]))

    assert told(given) == ['allow b0 and b1 despite "not among each other\'s wishes"']
    assert told(vetoed) == []
