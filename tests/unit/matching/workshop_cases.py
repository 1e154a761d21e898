"""Workshops that stay the same, for tests of how good their groups are."""

import hashlib
from collections.abc import Mapping

from engine.ids import PersonId
from engine.matching.workshops import Workshop
from engine.people import Participant

BALANCE: Mapping[str, int] = {"department": 1, "gender": 1, "level": 1}
DEPARTMENTS = ("Culture", "Health", "Roads", "Schools", "Taxes", "Water")
GENDERS = ("man", "woman")
LEVELS = ("director", "office", "talent")


def person(number: int) -> Participant:
    """Return somebody invented, the same for the same number."""
    drawn = hashlib.sha256(f"person {number}".encode()).digest()
    return Participant(
        person=PersonId(f"p{number:03}"),
        id=f"t{number:03}",
        name="",
        email="",
        language="da",
        roles=("talent",),
        department=DEPARTMENTS[drawn[0] % 6],
        values={"gender": GENDERS[drawn[1] % 2], "level": LEVELS[drawn[2] % 3]},
    )


def workshop(people: int, *, groups: int, days: int) -> Workshop:
    return Workshop(
        participants=tuple(map(person, range(people))),
        groups=groups,
        days=days,
        balance=BALANCE,
    )


def fingerprint(asked: Workshop) -> str:
    """Return a name for the people of a workshop and what is balanced of them."""
    rows = (
        ",".join([one.id, *(str(asked.value(one, column)) for column in BALANCE)])
        for one in asked.participants
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]
