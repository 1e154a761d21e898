"""Who else would place more, against solving with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import HealthCheck, given, settings

from engine.ids import PersonId
from engine.matching import ALIKE, PLACES, Appeal, Problem, appeals, solve, word_appeal
from engine.matching.profiles import ANOTHER, candidates
from engine.matching.recruiting import Recruits
from engine.people import Value
from tests.unit.matching import cases, many
from tests.unit.matching.cases import BOTH, SEED, person

FEW = settings(max_examples=25, suppress_health_check=list(HealthCheck))


def placed(problem: Problem) -> int:
    """Return how many the solver of the shape places."""
    matches = solve(problem, seed=SEED).matches
    return sum(len(one.members[problem.placed]) for one in matches)


def grown(problem: Problem, told: Sequence[Mapping[str, Value]], room: int) -> Problem:
    """Return the problem with people of whom this is told on its first side."""
    people = [
        person(
            f"extra{number}",
            problem.placed if problem.sides == ALIKE else problem.sides[0],
            department=f"{values.get('department', '')}",
            **{name: one for name, one in values.items() if name != "department"},  # type: ignore[arg-type]
        )
        for number, values in enumerate(told)
    ]
    rooms = {one.person: room for one in people}
    return replace(
        problem,
        participants=(*problem.participants, *people),
        capacity={**problem.capacity, **rooms},
    )


def mixtures(
    problem: Problem, recruits: Recruits
) -> Iterator[tuple[Mapping[str, Value], ...]]:
    """Yield all people who could be meant; of what is not told anything may hold."""
    role = problem.placed if problem.sides == ALIKE else problem.sides[0]
    every = {**candidates(problem, role), **recruits.values}
    kinds = [dict(zip(every, one, strict=True)) for one in product(*every.values())]
    yield from combinations_with_replacement(kinds, recruits.count)


@pytest.mark.parametrize("shape", ["pairs", "trios", "groups"])
def test_whoever_is_meant_as_many_more_are_placed_as_is_told(shape: str) -> None:
    @FEW
    @given(problem=cases.problems() if shape == "pairs" else many.problems(shape))
    def as_many(problem: Problem) -> None:
        before = placed(problem)

        for one in appeals(problem, place=PLACES[shape]):
            for some in product(*(mixtures(problem, each) for each in one.recruits)):
                told = [values for part in some for values in part]
                now = placed(grown(problem, told, one.room))
                assert now - before >= one.more
            assert one.left == len(problem.having(problem.placed)) - before - one.more

    as_many()


@FEW
@given(problem=cases.problems())
def test_nobody_else_alone_would_place_more_than_the_first_who_is_told(
    problem: Problem,
) -> None:
    before = placed(problem)

    found = appeals(problem, place=PLACES["pairs"])

    every = candidates(problem, problem.sides[0])
    room = found[0].room if found else 1
    alone = [
        placed(grown(problem, [dict(zip(every, one, strict=True))], room)) - before
        for one in product(*every.values())
    ]
    first = [one.more for one in found if sum(each.count for each in one.recruits) == 1]
    assert max(alone) == (first[0] if first else 0)


def north_and_south(**rooms: int) -> Problem:
    """Return three who wait in the north for somebody there, and one in the south."""
    people = [
        person("anna", "mentor", location="South", department="Tax"),
        person("bo", "mentor", location="North", department="Tax"),
        *(
            person(f"n{one}", "mentee", location="North", department="Health")
            for one in range(4)
        ),
        person("sif", "mentee", location="South", department="Roads"),
    ]
    rules = [(BOTH, "same location"), (BOTH, "different departments")]
    capacity = {PersonId(f"p-{name}"): room for name, room in rooms.items()}
    return cases.problem(people, cases.rules(rules), capacity=capacity)


def test_it_is_told_who_is_needed_and_how_many_they_would_place() -> None:
    found = appeals(north_and_south(), place=PLACES["pairs"])

    values: Mapping[str, Sequence[Value]] = {
        "location": ("North",),
        "department": ("Roads", "Tax", ANOTHER),
    }
    others: Mapping[str, Sequence[Value]] = {
        "location": ("South",),
        "department": ("Health",),
    }
    assert found == tuple(
        Appeal(
            role="mentor",
            recruits=(Recruits(count=count, values=values, others=others),),
            room=1,
            more=count,
            left=3 - count,
        )
        for count in (1, 2, 3)
    )


def test_a_background_that_is_asked_for_is_named() -> None:
    people = [
        person("anna", "mentor", strengths=("law",)),
        *(
            person(f"m{one}", "mentee", strengths=("Finance", f"tax {one}"))
            for one in range(2)
        ),
    ]
    asked = cases.problem(people, cases.rules([(BOTH, "strengths in common")]))

    found = appeals(asked, place=PLACES["pairs"])

    assert [word_appeal(one, "en") for one in found][-1] == (
        "2 more mentors (strengths: finance) would place 2 more"
    )


def test_those_who_are_needed_have_the_room_that_others_have() -> None:
    found = appeals(north_and_south(anna=2, bo=2), place=PLACES["pairs"])

    said = [word_appeal(found[0], language) for language in ("en", "da", "nb")]
    english = "location: North; department: not Health"
    danish = "arbejdssted: North; forvaltning: ikke Health"
    norwegian = "arbeidssted: North; avdeling: ikke Health"
    assert said == [
        f"1 more mentor ({english}), with room for 2 each, would place 2 more",
        f"1 mentor mere ({danish}) med plads til 2 hver ville give 2 flere et match",
        f"1 mentor til ({norwegian}) med plass til 2 hver ville gi 2 flere en kobling",
    ]


def test_who_would_still_be_without_a_match_is_counted() -> None:
    first, *_ = appeals(north_and_south(), place=PLACES["pairs"])

    assert word_appeal(first, "en", titles={"location": "town"}) == (
        "1 more mentor (town: North; department: not Health) would place 1 more; "
        "2 would still be without a match"
    )
    assert word_appeal(first, "da") == (
        "1 mentor mere (arbejdssted: North; forvaltning: ikke Health) ville give 1 "
        "flere et match; 2 ville stadig være uden"
    )


def many_left(count: int) -> Problem:
    """Return mentees of two towns, most of the first, and one mentor for each town."""
    people = [
        person(f"{role}-{town}", role, location=town)
        for role, town in (("mentor", "North"), ("mentor", "South"))
    ]
    people += [
        person(f"m{one}", "mentee", location="South" if one % 4 == 0 else "North")
        for one in range(count)
    ]
    return cases.problem(people, cases.rules([(BOTH, "same location")]))


def test_beyond_five_it_is_told_at_once_how_many_place_all() -> None:
    asked = many_left(18)

    found = appeals(asked, place=PLACES["pairs"])

    assert [word_appeal(one, "en") for one in found][4:] == [
        (
            "5 more mentors (location: North) would place 5 more; "
            "11 would still be without a match"
        ),
        (
            "12 more mentors (location: North) would place 12 more; "
            "4 would still be without a match"
        ),
        (
            "12 more mentors (location: North) and 4 more mentors (location: South) "
            "would place 16 more"
        ),
    ]


def test_no_fewer_would_place_as_many_as_are_told() -> None:
    asked = many_left(18)
    before = placed(asked)

    (several,) = appeals(asked, place=PLACES["pairs"])[5].recruits

    fewer = [several.values] * (several.count - 1)
    told = [{column: one[0] for column, one in each.items()} for each in fewer]
    assert placed(grown(asked, told, 1)) - before == several.count - 1


def test_where_each_is_to_have_two_it_is_told_who_would_give_more_their_first() -> None:
    people = [person(f"m{one}", "mentee") for one in range(3)]
    people.append(person("anna", "mentor"))
    asked = cases.problem(people, cases.rules([("each mentee", "2 mentors")]))

    found = appeals(asked, place=PLACES["pairs"])

    assert [(one.recruits[0].count, one.more, one.left) for one in found] == [
        (1, 1, 1),
        (2, 2, 0),
    ]


def test_where_everybody_has_a_match_nobody_is_needed() -> None:
    people = [person("anna", "mentor"), person("kari", "mentee")]

    assert appeals(cases.problem(people, cases.rules()), place=PLACES["pairs"]) == ()


def test_one_mentor_more_makes_a_whole_group_more() -> None:
    people = [
        person("anna", "mentor"),
        *(person(f"m{one}", "mentee") for one in range(5)),
    ]
    given_ = many.problem("groups", people, many.rules("groups"), size=(2, 3))

    found = appeals(given_, place=PLACES["groups"])

    assert [word_appeal(one, "en") for one in found] == [
        "1 more mentor would place 2 more"
    ]
