"""What a database looks like from outside, to compare two of them."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from integrations.store.tables import metadata

Shape = dict[str, Any]


def shape(connection: Connection) -> Shape:
    """Return every table with its columns, keys and indexes; SQLite's own words too."""
    seen = inspect(connection)
    tables = {
        name: {
            "columns": [
                {**column, "type": str(column["type"])}
                for column in seen.get_columns(name)
            ],
            "primary key": seen.get_pk_constraint(name)["constrained_columns"],
            "foreign keys": [
                (key["constrained_columns"], key["referred_table"])
                for key in seen.get_foreign_keys(name)
            ],
            "unique": [
                key["column_names"] for key in seen.get_unique_constraints(name)
            ],
            "indexes": sorted(
                (index["name"] or "", index["column_names"])
                for index in seen.get_indexes(name)
            ),
        }
        for name in sorted(seen.get_table_names())
    }
    return {**tables, "words": _words(connection)}


def missing(connection: Connection) -> list[Any]:
    """Return what the migrations lack of what the tables describe, and the reverse."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def _words(connection: Connection) -> list[str]:
    if connection.dialect.name == "postgresql":
        found = connection.scalars(
            text("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'")
        )
    else:
        found = connection.scalars(
            text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        )
    return sorted(" ".join(words.replace("outbox.", "").split()) for words in found)
