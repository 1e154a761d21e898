"""What mentor-match finds for its own participants, from its files to the answer.

Run by the interpreter that has it: `python mentor_match.py FOLDER SIZE`.
"""

import csv
import json
import operator
import sys
import time
from pathlib import Path
from typing import Any

from matching.match import Match
from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Disqualify, Equivalent, Generic, Grade

GRADES = (
    *("AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6"),
    *("SCS1", "SCS2", "SCS3", "SCS4"),
)
TWO, ONE, PROFESSION, IDENTITY = 12, 9, 10, 6


def rules() -> list[Any]:
    """Return its rules; it takes them from the end, and uses each list up."""
    return [
        Generic({True: IDENTITY, False: 0}, identity),
        Equivalent("profession", {True: PROFESSION, False: 0}),
        Grade(1, operator.eq, {True: ONE, False: 0}),
        Grade(2, operator.eq, {True: TWO, False: 0}),
        Disqualify(lambda match: not 1 <= steps(match) <= len((ONE, TWO))),
        Disqualify(
            lambda match: match.mentor.organisation == match.mentee.organisation
        ),
    ]


def steps(match: Any) -> int:  # noqa: ANN401  # Its own class.
    """Return how many grades the mentor is above the mentee."""
    found: int = match.mentor.grade - match.mentee.grade
    return found


def identity(match: Any) -> bool:  # noqa: ANN401  # Its own class.
    """Return whether the mentor is what the mentee would like to have in common."""
    wanted: str = match.mentee.identity
    return bool(wanted) and wanted in match.mentor.characteristics


def main(folder: str, size: str) -> None:
    """Print how many pairs there are, their points, and how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    mentors = [person(Mentor, row) for row in rows(folder, "mentors", int(size))]
    mentees = [person(Mentee, row) for row in rows(folder, "mentees", int(size))]
    process_data(mentors, mentees, [rules()])
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    pairs = [(mentor, one) for mentor in mentors for one in mentor.mentees]
    total = sum(points(Match(mentor, one, [])) for mentor, one in pairs)
    print(json.dumps([{"pairs": len(pairs), "total": total, **took}]))


def points(match: Any) -> int:  # noqa: ANN401  # Its own class.
    """Return what a pair is worth by its rules; it forgets that itself."""
    told: int = (
        (0, ONE, TWO)[steps(match)]
        + PROFESSION * (match.mentor.profession == match.mentee.profession)
        + IDENTITY * identity(match)
    )
    return told


def person(of: Any, row: dict[str, str]) -> Any:  # noqa: ANN401  # Its own classes.
    """Return somebody of a row; grades are numbers to it."""
    made = of(
        **{**row, "grade": GRADES.index(row["grade"]), "email": row["email address"]}
    )
    made.characteristics = row.get("characteristics", "").split(", ")
    made.identity = row.get("identity to match", "")
    return made


def rows(folder: str, side: str, size: int) -> list[dict[str, str]]:
    """Return the first rows of one of its files."""
    with (Path(folder) / f"{side}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))[:size]


if __name__ == "__main__":
    main(*sys.argv[1:])
