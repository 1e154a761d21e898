"""Buddies beyond what can be looked at one by one."""

from dataclasses import replace
from random import Random

import pytest

from engine.ids import PersonId
from engine.matching import InsistingError, Problem, solve
from engine.matching.aims import EVERYONE, TOTAL, WORST, Aim
from engine.matching.circle import circle_of
from engine.matching.trebling import asked
from tests.unit.matching.cases import LEVELS, SEED, TAGS, person
from tests.unit.matching.every import broken
from tests.unit.matching.many import chosen, problem, rules, worth

TAGGED = (*TAGS, "law", "politics", "change", "career")


def circle(count: int, *, aim: tuple[str, ...] = (EVERYONE, WORST, TOTAL)) -> Problem:
    """Return a question of so many talents, by usual rules."""
    random = Random(count)
    people = [
        person(
            f"t{one:03}",
            "talent",
            department=f"d{random.randrange(8)}",
            location=random.choice("NSEW"),
            level=random.choice(LEVELS),
            goals=tuple(random.sample(TAGGED, 3)),
            strengths=tuple(random.sample(TAGGED, 3)),
        )
        for one in range(count)
    ]
    wanted = [
        ("one's strengths cover the other's goals", 5),
        ("buddies, same location", 2),
        ("buddies, near in level", 1),
    ]
    told = [("buddies", "different departments")]
    return problem(
        "buddies", people, rules("buddies", told, wanted), size=(2, 3), aim=aim
    )


def two(one: str, other: str) -> tuple[PersonId, PersonId]:
    return PersonId(f"p-{one}"), PersonId(f"p-{other}")


@pytest.mark.parametrize(
    "order",
    [(EVERYONE, WORST, TOTAL), (EVERYONE, TOTAL, WORST), (TOTAL, EVERYONE, WORST)],
)
def test_a_matching_is_worth_as_much_as_what_a_search_finds(
    order: tuple[Aim, ...],
) -> None:
    given = circle(24, aim=order)
    given = replace(given, pins=frozenset([two("t000", "t007")]))

    solution = solve(given, seed=SEED)

    searched = asked(circle_of(given, SEED), order)
    assert searched.proven
    assert worth(given, chosen(solution)) == worth(given, tuple(searched.matches))


def test_three_hundred_are_proven_best_with_some_together_and_some_apart() -> None:
    given = circle(300)
    pin, never = two("t000", "t007"), two("t001", "t002")
    given = replace(given, pins=frozenset([pin]), nevers=frozenset([never]))

    solution = solve(given, seed=SEED)

    assert (solution.status, len(solution.matches)) == ("optimal", 150)
    assert broken(given, chosen(solution)) == []
    assert {"talent": pin} in [match.members for match in solution.matches]


def test_nobody_can_be_the_buddy_of_two() -> None:
    given = circle(24)
    given = replace(given, pins=frozenset([two("t000", "t007"), two("t000", "t009")]))

    with pytest.raises(InsistingError):
        solve(given, seed=SEED)
