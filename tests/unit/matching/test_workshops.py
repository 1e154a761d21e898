"""How good the groups of a workshop are, and what is told of them."""

import pytest

from engine.matching.workshops import (
    EVEN,
    Grouping,
    Workshop,
    advice,
    best,
    check,
    constructed,
    front,
    searched,
)
from tests.unit.matching.workshop_cases import fingerprint, person, workshop

THOROUGH = 300_000
QUICK = 60_000


def least_uneven(asked: Workshop) -> Grouping:
    return searched(asked, EVEN, steps=THOROUGH)


def test_the_people_of_these_tests_are_those_whose_groups_were_measured() -> None:
    found = [fingerprint(workshop(many, groups=7, days=6)) for many in (35, 175)]

    assert found == ["3d92c962f7a3beed", "d62def5c65481f42"]


@pytest.mark.parametrize("days", [2, 6, 7])
def test_35_people_in_7_groups_never_meet_twice_for_up_to_7_days(days: int) -> None:
    asked = workshop(35, groups=7, days=days)

    found = constructed(asked)

    assert found is not None
    assert (found.repeats, found.proven, check(asked, found)) == (0, True, ())


@pytest.mark.parametrize(
    ("people", "groups", "days"), [(40, 8, 5), (81, 9, 9), (175, 30, 6), (12, 4, 4)]
)
def test_other_numbers_of_groups_have_a_construction_too(
    people: int, groups: int, days: int
) -> None:
    asked = workshop(people, groups=groups, days=days)

    found = constructed(asked)

    assert found is not None
    assert (found.repeats, check(asked, found)) == (0, ())


@pytest.mark.parametrize(("groups", "days"), [(6, 6), (7, 8), (4, 2)])
def test_where_no_construction_is_known_there_is_none(groups: int, days: int) -> None:
    assert constructed(workshop(35, groups=groups, days=days)) is None


@pytest.mark.parametrize(
    ("groups", "days", "most"), [(7, 6, 55), (7, 7, 75), (6, 6, 92)]
)
def test_35_people_in_groups_as_even_as_numbers_allow_meet_again_this_often(
    groups: int, days: int, most: int
) -> None:
    asked = workshop(35, groups=groups, days=days)

    found = least_uneven(asked)

    assert (found.out_of_place, check(asked, found)) == (0, ())
    assert found.repeats <= most


def test_175_people_in_30_even_groups_hardly_meet_again_in_6_days() -> None:
    asked = workshop(175, groups=30, days=6)

    found = least_uneven(asked)

    assert (found.out_of_place, check(asked, found)) == (0, ())
    assert found.repeats <= 2


def test_the_front_leads_from_fewest_repeats_to_the_best_balance() -> None:
    asked = workshop(35, groups=6, days=3)

    found = front(asked, steps=QUICK)

    repeats = [one.repeats for one in found]
    uneven = [one.out_of_place for one in found]
    assert len(found) > 1
    assert repeats == sorted(set(repeats))
    assert uneven == sorted(set(uneven), reverse=True)
    assert best(asked, found) in found


def test_nothing_is_searched_beyond_an_answer_that_nobody_can_better() -> None:
    asked = workshop(35, groups=7, days=1)

    found = front(asked, steps=QUICK)

    assert [(one.repeats, one.out_of_place, one.proven) for one in found] == [
        (0, 0, True)
    ]


def test_seven_groups_are_advised_instead_of_six() -> None:
    found = advice(workshop(35, groups=6, days=6), steps=QUICK)

    assert found is not None
    assert (found.groups, found.then.repeats) == (7, 0)
    assert found.now.repeats > 50


def test_nothing_is_advised_where_it_would_hardly_help() -> None:
    assert advice(workshop(35, groups=7, days=3), steps=QUICK) is None


@pytest.mark.parametrize("groups", [3, 7])
def test_who_must_not_sit_together_does_not_on_any_day(groups: int) -> None:
    people = [person(number).person for number in range(30)]
    pairs = zip(people[:15], people[15:], strict=True)
    asked = Workshop(
        participants=tuple(map(person, range(35))),
        groups=groups,
        days=4,
        balance={"department": 1},
        apart=frozenset(map(frozenset, pairs)),
    )

    found = front(asked, steps=QUICK)

    assert [one.together for one in found] == [0] * len(found)


def test_who_cannot_be_parted_is_counted_and_not_hidden() -> None:
    people = [person(number) for number in range(3)]
    one, two, three = (each.person for each in people)
    pairs = ({one, two}, {two, three}, {one, three})
    asked = Workshop(
        participants=tuple(people),
        groups=2,
        days=2,
        apart=frozenset(map(frozenset, pairs)),
    )

    (found,) = front(asked, steps=QUICK)

    assert found.together == 2


@pytest.mark.parametrize(
    ("people", "groups", "days", "least"),
    [(35, 7, 7, 0), (4, 1, 3, 12), (4, 2, 3, 0), (4, 2, 4, 2), (6, 2, 3, 4)],
)
def test_the_least_number_of_repeats_follows_from_who_there_is_to_meet(
    people: int, groups: int, days: int, least: int
) -> None:
    assert workshop(people, groups=groups, days=days).least_repeats == least
