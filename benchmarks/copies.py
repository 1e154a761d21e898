"""Databases with many cohorts, copied row by row from one that was applied for real."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, Table, literal, select, update

from engine.commands.advance import advance
from engine.commands.apply import Files, apply
from engine.ids import CohortId
from engine.installation import Installation
from flows.loading import load
from flows.rehearsal.year import beginning
from flows.wiring import App, wire
from integrations.clock import FixedClock
from integrations.mail.files import FileMailer
from integrations.store.database import writing
from integrations.store.tables import cohorts, enrolments, facts, frozen

_COHORT = Path("specs/aarhus-leadership/cohorts/2027.yaml")
_IDLE = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
INSTALLATION = Installation(
    key=b"k" * 32, base_url="http://localhost:8000", domain="stafet.localhost"
)


def example() -> Files:
    """Return the files of the programme that is shipped."""
    return load(_COHORT)


def opened(database: Path, *, now: dt.datetime) -> App:
    """Return an application over a file, which knows nothing yet."""
    mail = database.with_suffix(".mail")
    return wire(
        f"sqlite:///{database}",
        installation=INSTALLATION,
        clock=FixedClock(now),
        mailer=lambda: FileMailer(mail, label=lambda one: one.recipient),
    )


def filled(database: Path, count: int) -> tuple[Sequence[CohortId], dt.datetime]:
    """Make a database of equal cohorts; return them, and when each next has to act.

    What is due at once is done in the first, so that little is due then in each.
    """
    files = example()
    now = beginning(files)
    app = opened(database, now=now)
    apply(app.unit, files, now=now)
    advance(app.unit, files.id, now=now)
    due = app.unit.store.next_due(files.id)
    if due is None:
        raise AssertionError("the example's year has no second moment")
    names = [CohortId(f"copies/{number}") for number in range(count - 1)]
    with writing(app.engine) as connection:
        for name in names:
            _copy(connection, files.id, name)
    app.engine.dispose()
    return (files.id, *names), due


def let_be_due(database: Path, due: Sequence[CohortId], *, at: dt.datetime) -> None:
    """Let these cohorts have something to do, and nobody else."""
    app = opened(database, now=at)
    with writing(app.engine) as connection:
        connection.execute(update(cohorts).values(next_due=_IDLE))
        chosen = cohorts.c.name.in_(due)
        connection.execute(update(cohorts).where(chosen).values(next_due=at))
    app.engine.dispose()


def advance_all(app: App) -> int:
    """Do what is due, as the command does; return how many actions that were."""
    now = app.clock.now()
    return sum(
        len(advance(app.unit, cohort, now=now)) for cohort in app.unit.store.due(now)
    )


def _copy(connection: Connection, original: CohortId, name: CohortId) -> None:
    for table in (cohorts, frozen, facts, enrolments):
        _copy_rows(connection, table, original, name)


def _copy_rows(
    connection: Connection, table: Table, original: CohortId, name: CohortId
) -> None:
    key, *rest = table.c
    rows = select(literal(name), *rest).where(key == original)
    connection.execute(table.insert().from_select([key, *rest], rows))
