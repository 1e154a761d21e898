"""Who else would have more placed beside them, against solving with them."""

from itertools import product

import pytest
from hypothesis import given

from engine.matching import PLACES, Problem, appeals, word_appeal
from engine.matching.highs import OutOfWorkError
from engine.matching.profiles import candidates
from tests.unit.matching import many
from tests.unit.matching.cases import person
from tests.unit.matching.test_recruiting import FEW, grown, mixtures, placed


@pytest.mark.parametrize("shape", ["buddies", "networks"])
def test_whoever_is_meant_has_as_many_placed_beside_them_as_is_told(shape: str) -> None:
    @FEW
    @given(problem=many.problems(shape))
    def as_many(problem: Problem) -> None:
        before, role = placed(problem), problem.placed

        for one in appeals(problem, place=PLACES[shape]):
            count = sum(each.count for each in one.recruits)
            for some in product(*(mixtures(problem, each) for each in one.recruits)):
                told = [values for part in some for values in part]
                now = placed(grown(problem, told, 1))
                assert now - before - count >= one.more
            assert one.role == role
            assert one.left == len(problem.having(role)) - before - one.more

    as_many()


@pytest.mark.parametrize("shape", ["buddies", "networks"])
def test_nobody_alone_has_more_placed_beside_them_than_who_is_told(shape: str) -> None:
    @FEW
    @given(problem=many.problems(shape))
    def nobody(problem: Problem) -> None:
        before, every = placed(problem), candidates(problem, problem.placed)

        alone = [
            one.more
            for one in appeals(problem, place=PLACES[shape])
            if [each.count for each in one.recruits] == [1]
        ]

        kinds = [dict(zip(every, one, strict=True)) for one in product(*every.values())]
        gains = [placed(grown(problem, [one], 1)) - before - 1 for one in kinds]
        assert max(alone, default=0) == max(0, *gains)

    nobody()


def of(shape: str, *departments: str) -> list[str]:
    """Return who would be a help to people of these departments who are to mix."""
    (role,) = many.ROLES[shape]
    people = [
        person(f"b{one}", role, department=department, years=2)
        for one, department in enumerate(departments)
    ]
    apart = {
        "buddies": ("buddies", "different departments"),
        "networks": ("members of a network", "different departments"),
    }
    asked = many.problem(
        shape, people, many.rules(shape, [apart[shape]]), size=many.SIZES[shape][0]
    )
    return [word_appeal(one, "en") for one in appeals(asked, place=PLACES[shape])]


def test_a_buddy_for_who_is_left_over_is_told_by_what_they_must_not_be() -> None:
    assert of("buddies", *["Health"] * 4, "Roads", "Tax") == [
        (
            "1 more talent (department: not Health) would place 1 more; "
            "1 would still be without a match"
        ),
        "2 more talents (department: not Health) would place 2 more",
    ]


def test_members_who_make_room_in_networks_are_told() -> None:
    assert of("networks", *["Health"] * 4, "Roads", "Tax") == [
        (
            "1 more member (department: not Health) would place 1 more; "
            "1 would still be without a match"
        ),
        "2 more members (department: not Health) would place 2 more",
    ]


def test_too_many_kinds_of_people_to_look_at_are_too_much_work() -> None:
    rules = many.rules("buddies", [("buddies", "different departments")])
    people = [
        person(f"b{one}", "talent", department=f"d{one % 31}") for one in range(31)
    ]
    people += [person(f"c{one}", "talent", department="d0") for one in range(32)]
    asked = many.problem("buddies", people, rules, size=(2, 3))

    with pytest.raises(OutOfWorkError):
        appeals(asked, place=PLACES["buddies"])
