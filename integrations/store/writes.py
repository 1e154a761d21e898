"""What an append writes, table by table, within its one transaction."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from engine.ids import CohortId
from engine.people import Participant
from engine.ports import Change, ConflictError, Link, Response
from integrations.store import rows
from integrations.store.database import insertion
from integrations.store.tables import (
    cohorts,
    enrolments,
    facts,
    frozen,
    links,
    people,
    responses,
    written,
)

_STEP = {
    "last": bindparam("number"),
    "next_due": bindparam("moment"),
    "revision": cohorts.c.revision + bindparam("frozen"),
}
_ADVANCE = (
    update(cohorts)
    .where(cohorts.c.name == bindparam("cohort"), cohorts.c.last == bindparam("seen"))
    .values(**_STEP)
    .returning(cohorts.c.revision)
)
_FIRST = insertion(cohorts, conflict="ON CONFLICT (name) DO NOTHING")
_PEOPLE = insertion(
    people,
    conflict="""
    ON CONFLICT (id) DO UPDATE SET
        key = excluded.key, name = excluded.name, email = excluded.email,
        phone = excluded.phone, language = excluded.language
    WHERE people.key = excluded.key OR EXISTS (
        SELECT 1 FROM enrolments
        WHERE enrolments.cohort = :cohort AND enrolments.person = people.id
    )""",
)
_ENROL = insertion(
    enrolments,
    conflict="""
    ON CONFLICT (cohort, person) DO UPDATE SET
        participant = excluded.participant, roles = excluded.roles,
        department = excluded.department, manager = excluded.manager,
        "values" = excluded."values"
    """,
)
_LINKS = insertion(links, conflict="ON CONFLICT (hash) DO NOTHING")
_KEYS = select(people.c.id, people.c.key).where(
    people.c.id.in_(bindparam("ids", expanding=True))
)


def advance(
    connection: Connection, cohort: CohortId, change: Change, expected: int
) -> int:
    """Move the cohort on and return its revision, or refuse if somebody else did.

    The row stays locked to the end: whoever comes second waits, and is refused.
    """
    step = {
        "cohort": cohort,
        "seen": expected,
        "number": expected + len(change.facts),
        "moment": change.next_due,
        "frozen": 0 if change.frozen is None else 1,
    }
    revision: int | None = connection.scalar(_ADVANCE, step)
    if revision is None and expected == 0:
        revision = _first(connection, step)
    if revision is None:
        raise ConflictError(f"{cohort} has moved on from fact {expected}")
    return revision


def insert_facts(
    connection: Connection, cohort: CohortId, change: Change, expected: int
) -> None:
    """Insert the facts, numbered after `expected`."""
    numbered = [
        rows.of_fact(cohort, number, event, change)
        for number, event in enumerate(change.facts, start=expected + 1)
    ]
    if not numbered:
        return
    try:
        connection.execute(facts.insert().inline(), numbered)
    except IntegrityError as error:
        raise ConflictError(f"{cohort} has a fact after {expected}") from error


def insert_frozen(
    connection: Connection, cohort: CohortId, change: Change, revision: int
) -> None:
    """Keep the resolved spec under the revision that it makes."""
    if change.frozen is not None:
        row = {"cohort": cohort, "revision": revision, "spec": change.frozen}
        connection.execute(frozen.insert().inline(), row)


def enrol(
    connection: Connection, cohort: CohortId, everyone: Sequence[Participant]
) -> None:
    """Insert or overwrite people, and how they take part in this cohort."""
    if not everyone:
        return
    try:
        _overwrite_people(connection, cohort, everyone)
    except IntegrityError as error:
        raise ConflictError("an address belongs to another surrogate") from error
    enrolled = [rows.of_enrolment(cohort, participant) for participant in everyone]
    connection.execute(_ENROL, enrolled)


def insert_links(connection: Connection, new: Sequence[Link]) -> None:
    """Insert the links whose tokens are new."""
    if new:
        connection.execute(_LINKS, [rows.of_link(link) for link in new])


def insert_written(
    connection: Connection, cohort: CohortId, new: Mapping[str, str]
) -> None:
    """Insert what people wrote in their own words."""
    if new:
        worded = [
            {"cohort": cohort, "name": name, "words": words}
            for name, words in new.items()
        ]
        connection.execute(written.insert().inline(), worded)


def insert_responses(
    connection: Connection, cohort: CohortId, handed_in: Sequence[Response]
) -> None:
    """Insert what was handed in."""
    if handed_in:
        new = [rows.of_response(cohort, response) for response in handed_in]
        connection.execute(responses.insert().inline(), new)


def _first(connection: Connection, step: rows.Row) -> int | None:
    row = {
        "name": step["cohort"],
        "next_due": step["moment"],
        "revision": step["frozen"],
        "last": step["number"],
    }
    return row["revision"] if connection.execute(_FIRST, row).rowcount else None


def _overwrite_people(
    connection: Connection, cohort: CohortId, everyone: Sequence[Participant]
) -> None:
    wanted = {row["id"]: row for row in map(rows.of_person, everyone)}
    connection.execute(_PEOPLE, [{**row, "cohort": cohort} for row in wanted.values()])
    for found in connection.execute(_KEYS, {"ids": list(wanted)}):
        if found.key != wanted[found.id]["key"]:
            raise ConflictError(f"{found.id} was minted for somebody else")
