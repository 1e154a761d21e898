"""Is the database at this release's tables, and how is it brought there?"""

from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    select,
    text,
)

from integrations.store.database import in_memory, single, writing
from integrations.store.tables import metadata

HEAD = "0003"
"""The newest migration, so that an up-to-date database is known without Alembic."""

_MIGRATIONS = Path(__file__).parent / "migrations"

# Any number will do, so long as every process takes the same one.
_LOCK = text("SELECT pg_advisory_xact_lock(7823001)")

_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


class LaterReleaseError(Exception):
    """The database was written by a later release than this one."""


def prepare(engine: Engine) -> None:
    """Create the tables, or bring them to this release; several may try at once.

    An up-to-date database costs one query. One in memory gets its tables straight from
    their description, which a test holds equal to what the migrations build.
    """
    with single(engine) as connection:
        if _found(connection) == HEAD:
            return
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(_LOCK)
        if _found(connection) == HEAD:
            return
        if in_memory(engine):
            _create(connection)
        else:
            migrate(connection, HEAD)


def migrate(connection: Connection, revision: str) -> None:
    """Run the migrations up to `revision` inside the connection's transaction."""
    # Alembic takes a second to import.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise LaterReleaseError(
            f"the database is at {_found(connection)}, this release knows {revision}: "
            "install the release that wrote it"
        ) from error


def _create(connection: Connection) -> None:
    metadata.create_all(connection, checkfirst=False)
    _version.create(connection)
    connection.execute(_version.insert().values(version_num=HEAD))


def _found(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_version.name):
        return None
    return connection.scalar(select(_version.c.version_num))
