"""How is the database reached, and when does a transaction begin?"""

import datetime as dt
import math
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    QueuePool,
    Table,
    TextClause,
    bindparam,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import (
    DBAPIError,
    InterfaceError,
    InvalidatePoolError,
    OperationalError,
    StatementError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from engine.ports import StoreUnavailableError

PATIENCE = dt.timedelta(seconds=5)
"""How long to wait for a lock or a connection before giving up."""

# https://sqlite.org/rescode.html: busy, locked, read only, I/O, full, cannot open.
_PASSING = frozenset({5, 6, 8, 10, 13, 14})

# Seconds after which a connection may have been cut without anybody telling.
_TRUSTED = 1.0


def connect(url: str, *, patience: dt.timedelta = PATIENCE) -> Engine:
    """Return an engine for `sqlite:///file.db`, `sqlite://` (in memory) or PostgreSQL.

    Nothing is opened yet. A database in memory lives as long as its engine, and
    threads take turns in it.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed, patience)
    if parsed.get_backend_name() == "postgresql":
        return _postgresql(parsed, patience)
    raise ValueError(f"{parsed.get_backend_name()!r} is neither sqlite nor postgresql")


def in_memory(engine: Engine) -> bool:
    """Whether the database is gone when its engine is."""
    return engine.dialect.name == "sqlite" and _nameless(engine.url)


def insertion(table: Table, *, conflict: str) -> TextClause:
    """Return an insertion of whole rows with an `ON CONFLICT` that both databases know.

    SQLAlchemy has one such construct for each database and compiles it anew on each
    use, which takes longer than the insertion.
    """
    wanted = [column for column in table.c if column.identity is None]
    names = ", ".join(f'"{column.name}"' for column in wanted)
    places = ", ".join(f":{column.name}" for column in wanted)
    words = f'INSERT INTO "{table.name}" ({names}) VALUES ({places}) {conflict}'  # noqa: S608
    typed = [bindparam(column.name, type_=column.type) for column in wanted]
    return text(words).bindparams(*typed)


@contextmanager
def single(engine: Engine) -> Iterator[Connection]:
    """Give a connection on which each statement is a transaction by itself.

    It sees one state of the database, and what it writes is committed. One that
    writes and returns rows has to be read to its end.
    """
    with _translated(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction that is committed at the end, or undone.

    SQLite takes the lock at once: a reader that turns writer half-way could find it
    taken, and would have decided on what is no longer true.
    """
    with _translated(), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="READ COMMITTED")
        with connection.begin():
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        if not _passing(error):
            raise
        raise StoreUnavailableError(f"the database: {error.orig}") from error
    except PoolTimeoutError as error:
        raise StoreUnavailableError(f"the database: {error}") from error
    except StatementError as error:
        # What `tables.Instant` refuses is the caller's fault, in the caller's terms.
        if type(error) is StatementError and isinstance(error.orig, ValueError):
            raise error.orig from None
        raise


def _passing(error: DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        code: int = getattr(error.orig, "sqlite_errorcode", 0)
        return code & 0xFF in _PASSING
    return True


def _nameless(url: URL) -> bool:
    return url.database in {None, "", ":memory:"}


def _sqlite(url: URL, patience: dt.timedelta) -> Engine:
    seconds = patience.total_seconds()
    if _nameless(url):
        engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=0,
            connect_args={"check_same_thread": False},
        )
    else:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"timeout": seconds})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(
    connection: sqlite3.Connection, _record: ConnectionPoolEntry
) -> None:
    # The module's own transactions begin too late, with the first change. Without them
    # each statement is a transaction by itself, but for those after `writing`'s BEGIN.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _postgresql(url: URL, patience: dt.timedelta) -> Engine:
    seconds = patience.total_seconds()
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",
        pool_timeout=seconds,
        connect_args={
            "connect_timeout": max(2, round(seconds)),
            "options": f"-c lock_timeout={round(seconds * 1000)} -c timezone=UTC",
        },
    )
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", partial(_ping_rested, engine))
    return engine


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used"] = time.monotonic()


def _ping_rested(
    engine: Engine,
    connection: DBAPIConnection,
    record: ConnectionPoolEntry,
    _proxy: object,
) -> None:
    """Have a connection replaced that was cut while nobody used it.

    SQLAlchemy's `pool_pre_ping` asks before each use, which would be one of two round
    trips: most of what is asked here is one statement.
    """
    if time.monotonic() - record.info.get("used", math.inf) <= _TRUSTED:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error
