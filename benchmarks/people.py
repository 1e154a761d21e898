"""Invented mentors and mentees in any number, and rules as programmes have them."""

from typing import Final

import numpy as np

from engine.ids import PersonId
from engine.matching import Column, Problem, of_two, parse_rules
from engine.people import Participant

SIDES: Final = ("mentor", "mentee")
LEVELS: Final = (
    "talent",
    "team lead",
    "head of office",
    "head of department",
    "director",
)
_TAGS: Final = (
    *("finance", "change", "digitalisation", "conflict", "strategy", "politics"),
    *("communication", "recruitment", "cooperation", "career", "law", "balance"),
)
_DEPARTMENTS = 12
_PLACES = 6
REQUIRE: Final = (
    ("mentor and mentee", "different departments"),
    ("mentor and mentee", "outside each other's reporting line"),
)
PREFER: Final = (
    ("mentor's strengths cover mentee's goals", 5),
    ("mentee's wishes in order", 3),
    ("mentor's level above mentee's", 2),
    ("mentor and mentee, same location", 2),
)
COLUMNS: Final = {
    "level": Column(kind="scale", values=LEVELS),
    "goals": Column(kind="tags"),
    "strengths": Column(kind="tags"),
    "wishes": Column(kind="people", up_to=3),
    "location": Column(kind="text"),
}


def pairs(size: int, *, each: int = 1, seed: int = 1) -> Problem:
    """Return the question of mentors and mentees by usual rules.

    Some strengths are common and some rare, as they are among people.

    Args:
        size: How many mentees there are.
        each: How many of them a mentor has in the middle: some have one fewer or more.
        seed: Of the draw.
    """
    random = np.random.default_rng(seed)
    mentors = size // each
    everyone = tuple(
        _person(random, role, number, mentors)
        for role, count in zip(SIDES, (mentors, size), strict=True)
        for number in range(count)
    )
    several = random.integers(each - 1, each + 2, mentors).tolist()
    places = several if each > 1 else [1] * mentors
    return Problem(
        kind="pair",
        sides=SIDES,
        participants=everyone,
        capacity={
            one.person: count
            for one, count in zip(everyone[:mentors], places, strict=True)
        },
        rules=parse_rules(REQUIRE, PREFER, columns=COLUMNS, speech=of_two(SIDES)),
    )


def _person(
    random: np.random.Generator, role: str, number: int, mentors: int
) -> Participant:
    falling = np.arange(len(_TAGS), 0, -1)
    strengths = random.choice(
        _TAGS, 4, replace=False, p=falling / falling.sum() if role == "mentor" else None
    )
    lowest = 1 if role == "mentor" else 0
    wished = random.choice(mentors, min(mentors, 3), replace=False)
    return Participant(
        person=PersonId(f"{role}-{number}"),
        id=f"{role}-{number:05}",
        name=f"{role} {number}",
        email=f"{role}-{number}@example.org",
        language="en",
        roles=(role,),
        department=f"department {random.integers(_DEPARTMENTS)}",
        values={
            "level": LEVELS[random.integers(lowest, lowest + len(LEVELS) - 1)],
            "strengths": tuple(map(str, strengths)),
            "goals": tuple(map(str, random.choice(_TAGS, 3, replace=False))),
            "location": f"place {random.integers(_PLACES)}",
            "wishes": tuple(f"mentor-{one:05}" for one in wished),
        },
    )
