"""Whether the fewest are parted of what was proposed, against every other answer."""

import random
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, permutations

import pytest

from engine.matching import rate
from engine.people import Participant
from engine.problems import problem
from tests.fakes.changes import drop
from tests.fakes.cohorts import PEOPLE, Live, proposed, recorded, small_files
from tests.fakes.proposals import Pair, laid, two, vetoes, waiting

DEPARTMENTS = ("Health", "Schools", "Culture")
ROLES = ("mentor", "mentee")
FOUR = ("a", "b", "c", "d")


def somebody(role: str, one: str, dice: random.Random) -> Participant:
    """Return one of a role as chance has them."""
    wishes = tuple(f"mentor-{other}" for other in dice.sample(FOUR, 2))
    return replace(
        PEOPLE[0],
        id=f"{role}-{one}",
        email=f"{role}-{one}@example.org",
        roles=(role,),
        department=dice.choice(DEPARTMENTS),
        values={"wishes": wishes, "capacity": None},
    )


def eight(seed: int) -> Live:
    """Return four mentors and four mentees as chance has them, with any full answer."""
    dice = random.Random(seed)
    people = [somebody(role, one, dice) for role in ROLES for one in FOUR]
    live = recorded(small_files(people=people))
    live.until(proposed().now)
    most = len(waiting(live))
    laid(live, *dice.choice([one for one in answers(live) if len(one) == most]))
    return live


def able(live: Live, pair: Pair) -> bool:
    """Return whether two may be matched, by the one rule and by what was vetoed."""
    mentor, mentee = (live.record.people[one] for one in two(live, *pair))
    apart = ("pair", tuple(sorted((mentor.person, mentee.person))))
    return mentor.department != mentee.department and apart not in live.state.vetoes


def answers(live: Live) -> list[tuple[Pair, ...]]:
    """Return every way to match some of eight."""
    mentors, mentees = ([f"{role}-{one}" for one in FOUR] for role in ROLES)
    return [
        tuple(zip(some, others, strict=True))
        for count in range(len(FOUR) + 1)
        for some in combinations(mentors, count)
        for others in permutations(mentees, count)
        if all(able(live, pair) for pair in zip(some, others, strict=True))
    ]


def pairs(found: Iterable[tuple[str, ...]]) -> tuple[Pair, ...]:
    """Return matches of two in order."""
    return tuple(sorted((mentor, mentee) for mentor, mentee in found))


def worth(
    live: Live, pairs: tuple[Pair, ...], before: tuple[Pair, ...]
) -> tuple[int, ...]:
    """Return how many are matched, how many stay, the worst match and the total."""
    asked = problem(live.record, "pair")
    points = [
        rate(asked, {"mentor": (one,), "mentee": (other,)}).points
        for one, other in (two(live, *pair) for pair in pairs)
    ]
    stay = len({*before}.intersection(pairs))
    return len(pairs), stay, min(points, default=0), sum(points)


@pytest.mark.parametrize("seed", range(12))
def test_no_other_answer_parts_fewer_of_what_was_proposed(seed: int) -> None:
    live = eight(seed)
    before = pairs(waiting(live))

    vetoes(live, *before[:2])

    found = pairs(waiting(live))
    best = max(worth(live, one, before) for one in answers(live))
    assert worth(live, found, before) == best


@pytest.mark.parametrize("seed", range(3))
def test_who_leaves_before_the_approval_parts_nobody_else(seed: int) -> None:
    live = eight(seed)
    before = pairs(waiting(live))
    gone = before[0][1]

    drop(live, gone)
    live.approve()

    approved = pairs(
        tuple(live.record.people[one].id for one in match.people)
        for match in live.state.matches.values()
    )
    left = [one for one in answers(live) if gone not in {mentee for _, mentee in one}]
    best = max(worth(live, one, before) for one in left)
    assert worth(live, approved, before) == best
