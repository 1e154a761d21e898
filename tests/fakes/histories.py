"""Stored histories of earlier releases, put into a database as they were kept.

`tests/golden/facts/NAME.jsonl` has the facts, and `NAME.kept.json` what its release
kept beside them: the frozen revisions, the people, and the words. Neither is written
anew: a new release that changes how they are stored adds its own, by `kept`.
"""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from engine.facts import Fact, decode
from engine.ids import CohortId
from engine.ports import Store
from integrations.store import rows, tables
from integrations.store.database import writing
from integrations.store.schema import prepare

GOLDEN = Path(__file__).parents[1] / "golden" / "facts"
NAMES = sorted(path.stem for path in GOLDEN.glob("*.jsonl"))

Kept = dict[str, list[dict[str, Any]]]


def facts(name: str) -> tuple[Fact, ...]:
    """Return the facts of a history, as today's code reads them."""
    return tuple(
        Fact(
            cohort=CohortId(line["cohort"]),
            number=line["number"],
            at=dt.datetime.fromisoformat(line["at"]),
            actor=line["actor"],
            event=decode(line["kind"], line["version"], json.dumps(line["body"])),
        )
        for line in _lines(name)
    )


def kept(store: Store, cohort: CohortId, frozen: Sequence[str]) -> Kept:
    """Return what today's release keeps of a cohort beside its facts."""
    everyone = store.people(cohort)
    return {
        "frozen": [
            {"cohort": cohort, "revision": number, "spec": spec}
            for number, spec in enumerate(frozen, start=1)
        ],
        "people": [rows.of_person(one) for one in everyone],
        "enrolments": [rows.of_enrolment(cohort, one) for one in everyone],
        "written": [
            {"cohort": cohort, "name": name, "words": words}
            for name, words in store.written(cohort).items()
        ],
    }


def restore(engine: Engine, name: str) -> CohortId:
    """Put a history into a database that today's release has brought up to date."""
    prepare(engine)
    lines = _lines(name)
    beside: Kept = json.loads((GOLDEN / f"{name}.kept.json").read_text("utf-8"))
    cohort = CohortId(lines[0]["cohort"])
    last = {"name": cohort, "last": len(lines), "revision": len(beside["frozen"])}
    inserted: Kept = {
        "cohorts": [{**last, "next_due": dt.datetime(2027, 1, 1, tzinfo=dt.UTC)}],
        "facts": [_row(line) for line in lines],
        **beside,
    }
    with writing(engine) as connection:
        for table in tables.metadata.sorted_tables:
            if inserted.get(table.name):
                connection.execute(table.insert().inline(), inserted[table.name])
    return cohort


def _lines(name: str) -> list[dict[str, Any]]:
    text = (GOLDEN / f"{name}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _row(line: dict[str, Any]) -> dict[str, Any]:
    at = dt.datetime.fromisoformat(line["at"])
    return {**line, "at": at, "body": json.dumps(line["body"])}
