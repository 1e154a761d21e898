"""A peer's participants, read from its own files, under our words for its rules."""

import csv
from collections.abc import Iterator
from pathlib import Path

from engine.ids import PersonId
from engine.matching import Problem
from engine.people import Participant
from engine.problems import rules_of
from engine.spec.programme import Programme
from engine.spec.reading import read

SPEC = Path(__file__).parent / "mentor-match" / "programme.yaml"
SIDES = ("mentor", "mentee")


def programme() -> Programme:
    """Return the rules of mentor-match as a programme."""
    text = SPEC.read_text(encoding="utf-8")
    return read(text, source=SPEC.name, model=Programme).checked()


def mentor_match(folder: Path, size: int) -> Problem:
    """Return the question that the first so many mentors and mentees pose.

    Args:
        folder: With `mentors.csv` and `mentees.csv` as mentor-match publishes them.
        size: How many of each.
    """
    declared = programme()
    part = declared.matches["pair"]
    people = [one for role in SIDES for one in _people(folder, role, size)]
    return Problem(
        kind="pair",
        sides=SIDES,
        participants=tuple(people),
        rules=rules_of(declared, part),
        aim=part.aim,
    )


def _people(folder: Path, role: str, size: int) -> Iterator[Participant]:
    text = (folder / f"{role}s.csv").read_text(encoding="utf-8-sig")
    for number, row in enumerate(csv.DictReader(text.splitlines())):
        if number == size:
            return
        yield Participant(
            person=PersonId(f"{role}-{number}"),
            id=f"{role}-{number:03}",
            name=f"{row['first name']} {row['last name']}",
            email=row["email address"],
            language="en",
            roles=(role,),
            values={
                "grade": row["grade"],
                "organisation": row["organisation"],
                "profession": row["profession"],
                "characteristics": _tags(row.get("characteristics", "")),
                "identity": _tags(row.get("identity to match", "")),
            },
        )


def _tags(cell: str) -> tuple[str, ...]:
    return tuple(one for one in cell.split(", ") if one)
