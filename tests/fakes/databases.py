"""Worlds over a real database, and faults put into it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from integrations.store.database import writing
from integrations.store.outbox import SqlOutbox
from integrations.store.schema import prepare
from integrations.store.store import SqlStore
from integrations.store.tables import metadata
from tests.fakes.samples import World


def opened(engine: Engine) -> World:
    """Return a world over a database, which is prepared first."""
    prepare(engine)
    return World(store=SqlStore(engine), outbox=SqlOutbox(engine))


def emptied(engine: Engine) -> None:
    """Empty every table."""
    names = [table.name for table in reversed(metadata.sorted_tables)]
    together = engine.dialect.name == "postgresql"
    statements = (
        [f"TRUNCATE {', '.join(names)} RESTART IDENTITY"]
        if together
        else [f"DELETE FROM {name}" for name in names]  # noqa: S608  # Our own names.
    )
    with writing(engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements that are sent meanwhile; BEGIN among them on SQLite."""
    seen: list[str] = []

    def see(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", see)


@contextmanager
def failing(engine: Engine, *, statement: int) -> Iterator[list[bool]]:
    """Fail the nth statement or commit from now on; the list tells whether it came."""
    left = [statement]
    failed: list[bool] = []

    def strike(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            failed.append(True)
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise OperationalError("", {}, error)

    def commit(connection: Connection) -> None:
        strike(connection)

    event.listen(engine, "before_cursor_execute", strike)
    event.listen(engine, "commit", commit)
    try:
        yield failed
    finally:
        event.remove(engine, "before_cursor_execute", strike)
        event.remove(engine, "commit", commit)
