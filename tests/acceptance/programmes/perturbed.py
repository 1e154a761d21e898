"""The shipped programme for leaders with other people, another day, another country."""

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.commands.apply import Files
from flows.loading import load
from tests.acceptance.programmes.shipped import SPECS

NAME = "aarhus-leadership"
SHIPPED = SPECS / NAME
DAY_ONE = dt.date(2027, 11, 17)
DEPARTMENTS = ("Culture", "Health", "Parks", "Schools", "Tax", "Transport")
SUBJECTS = ("change", "finance", "strategy")
LEVELS = ("talent", "head of office", "head of administration", "director")
MENTORS, MENTEES, CAPACITY = 16, 40, 3
IN_COUNTRY: Mapping[str, Mapping[str, str]] = {
    "DK": {},
    "NO": {
        "timezone: Europe/Copenhagen": "timezone: Europe/Oslo",
        "holidays: DK": 'holidays: "NO"',
        "week 7, weeks 28-31, week 42": "week 8, weeks 28-31, week 40",
    },
}


@dataclass(frozen=True, kw_only=True)
class Other:
    """What is other than in the files that are shipped."""

    names: Sequence[str]
    kick_off: dt.date
    country: str

    def rows(self) -> list[dict[str, str]]:
        """Return the people: 40 mentees, and mentors with room for three each."""
        ids = [
            *(f"m{number}" for number in range(MENTORS)),
            *(f"t{number}" for number in range(MENTEES)),
        ]
        return [self._row(number, id_) for number, id_ in enumerate(ids)]

    def load(self) -> Files:
        """Return the files as they are read and checked from a folder."""
        with TemporaryDirectory() as folder:
            return load(self.write(Path(folder) / NAME))

    def write(self, folder: Path) -> Path:
        """Write all three files, and return where the cohort file is."""
        cohort = folder / "cohorts/2027.yaml"
        cohort.parent.mkdir(parents=True)
        rules = (SHIPPED / "programme.yaml").read_text(encoding="utf-8")
        for old, new in IN_COUNTRY[self.country].items():
            assert old in rules
            rules = rules.replace(old, new)
        (folder / "programme.yaml").write_text(rules, encoding="utf-8")
        told = (SHIPPED / "cohorts/2027.yaml").read_text(encoding="utf-8")
        dated = told.replace(f"kick-off: {DAY_ONE}", f"kick-off: {self.kick_off}")
        cohort.write_text(dated, encoding="utf-8")
        with (folder / "cohorts/participants.csv").open("w", encoding="utf-8") as file:
            rows = self.rows()
            writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
        return cohort

    def _row(self, number: int, id_: str) -> dict[str, str]:
        mentors = id_.startswith("m")
        subjects = f"{SUBJECTS[number % 3]}|{SUBJECTS[(number + 1) % 3]}"
        return {
            "id": id_,
            "name": self.names[number % len(self.names)],
            "email": f"{id_}@example.org",
            "phone": "",
            "language": "da",
            "roles": "mentor" if mentors else "mentee",
            "department": DEPARTMENTS[number % len(DEPARTMENTS)],
            "manager": "",
            "level": LEVELS[number % len(LEVELS)],
            "goals": "" if mentors else subjects,
            "strengths": subjects if mentors else "",
            "wishes": "" if mentors else f"m{number % MENTORS}",
            "capacity": f"{CAPACITY}" if mentors else "",
        }
