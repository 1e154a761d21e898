"""What the database holds, table by table."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    literal_column,
)


class Instant(TypeDecorator[dt.datetime]):
    """A moment, kept as UTC text of one width: sortable and legible everywhere."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(
        self,
        value: dt.datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> str | None:
        """Refuse a naive moment: nobody could say later which one it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone")
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> dt.datetime | None:
        """Return an aware moment in UTC."""
        return None if value is None else dt.datetime.fromisoformat(value)


metadata = MetaData()

# SQLite counts in INTEGER only.
_Number = BigInteger().with_variant(Integer, "sqlite")

cohorts = Table(
    "cohorts",
    metadata,
    Column("name", String, primary_key=True),
    Column("next_due", Instant, index=True),
    Column("revision", Integer, nullable=False),
    Column("last", Integer, nullable=False),
)

frozen = Table(
    "frozen",
    metadata,
    Column("cohort", ForeignKey(cohorts.c.name), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("spec", Text, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("cohort", ForeignKey(cohorts.c.name), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", String, nullable=False),
    Column("body", Text, nullable=False),
)

# `key` is the address in lower case: one mailbox is one person.
people = Table(
    "people",
    metadata,
    Column("id", String, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("email", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("language", String, nullable=False),
)

enrolments = Table(
    "enrolments",
    metadata,
    Column("cohort", ForeignKey(cohorts.c.name), primary_key=True),
    Column("person", ForeignKey(people.c.id), primary_key=True),
    Column("participant", String, nullable=False),
    Column("roles", Text, nullable=False),
    Column("department", String, nullable=False),
    Column("manager", String, nullable=False),
    Column("values", Text, nullable=False),
)

# Neither cohort nor recipient refers to another table: a letter outlives both.
outbox = Table(
    "outbox",
    metadata,
    Column("number", _Number, Identity(), primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("cohort", String, nullable=False),
    Column("recipient", String, nullable=False),
    Column("lane", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("uid", String, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("not_after", Instant),
    Column("sender", String, nullable=False),
    Column("address", String, nullable=False),
    Column("message_id", String, nullable=False),
    Column("status", String, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("doubts", Integer, nullable=False),
    Column("lease_until", Instant),
    Column("again", Instant),
    Column("settled_at", Instant),
    Column("reply", String, nullable=False),
    # A number is never given twice, even after rows were deleted.
    sqlite_autoincrement=True,
)

# Apart: SQLite writes a row whole again whenever a worker changes a word of it.
payloads = Table(
    "payloads",
    metadata,
    Column("key", ForeignKey(outbox.c.key, ondelete="CASCADE"), primary_key=True),
    Column("payload", LargeBinary, nullable=False),
)

# What waits is a handful among years of settled rows.
waiting = outbox.c.settled_at.is_(None)
dead = outbox.c.status == literal_column("'dead'")
Index(
    "outbox_waiting",
    outbox.c.number,
    sqlite_where=waiting,
    postgresql_where=waiting,
)
Index(
    "outbox_lanes",
    outbox.c.lane,
    outbox.c.number,
    sqlite_where=waiting,
    postgresql_where=waiting,
)
Index(
    "outbox_expiring",
    outbox.c.not_after,
    sqlite_where=waiting & outbox.c.not_after.is_not(None),
    postgresql_where=waiting & outbox.c.not_after.is_not(None),
)

Index(
    "outbox_dead",
    outbox.c.number,
    sqlite_where=dead,
    postgresql_where=dead,
)

# What is switched by hand; a row is there while it is on.
switches = Table(
    "switches",
    metadata,
    Column("name", String, primary_key=True),
    Column("since", Instant, nullable=False),
)

# Without row numbers and times nothing tells the order in which people handed in.
responses = Table(
    "responses",
    metadata,
    Column("ballot", String, primary_key=True),
    Column("cohort", String, nullable=False, index=True),
    Column("occurrence", String, nullable=False),
    Column("person", String),
    Column("answers", Text, nullable=False),
    sqlite_with_rowid=False,
)

written = Table(
    "written",
    metadata,
    Column("cohort", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("words", Text, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("scope", String, nullable=False),
    Column("cohort", String, nullable=False),
    Column("person", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("expires", Instant),
)
