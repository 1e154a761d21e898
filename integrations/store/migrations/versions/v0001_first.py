"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_INSTANT = sa.String(27)
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create every table of the first release."""
    _cohorts()
    _frozen()
    _facts()
    _people()
    _enrolments()
    _outbox()
    _switches()
    _responses()
    _written()
    _links()


def _cohorts() -> None:
    op.create_table(
        "cohorts",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("next_due", _INSTANT),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
    )
    op.create_index("ix_cohorts_next_due", "cohorts", ["next_due"])


def _frozen() -> None:
    op.create_table(
        "frozen",
        sa.Column("cohort", sa.String, sa.ForeignKey("cohorts.name"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("spec", sa.Text, nullable=False),
    )


def _facts() -> None:
    op.create_table(
        "facts",
        sa.Column("cohort", sa.String, sa.ForeignKey("cohorts.name"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("phone", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
    )


def _enrolments() -> None:
    op.create_table(
        "enrolments",
        sa.Column("cohort", sa.String, sa.ForeignKey("cohorts.name"), primary_key=True),
        sa.Column("person", sa.String, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("participant", sa.String, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("department", sa.String, nullable=False),
        sa.Column("manager", sa.String, nullable=False),
        sa.Column("values", sa.Text, nullable=False),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("number", _NUMBER, sa.Identity(), primary_key=True),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sa.Column("cohort", sa.String, nullable=False),
        sa.Column("recipient", sa.String, nullable=False),
        sa.Column("lane", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("uid", sa.String, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("not_before", _INSTANT, nullable=False),
        sa.Column("not_after", _INSTANT),
        sa.Column("sender", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("message_id", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("doubts", sa.Integer, nullable=False),
        sa.Column("lease_until", _INSTANT),
        sa.Column("again", _INSTANT),
        sa.Column("settled_at", _INSTANT),
        sa.Column("reply", sa.String, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_lane", "outbox", ["lane"])
    _partial("outbox_waiting", "number", "settled_at IS NULL")
    _partial(
        "outbox_expiring", "not_after", "settled_at IS NULL AND not_after IS NOT NULL"
    )
    _partial("outbox_dead", "number", "status = 'dead'")


def _switches() -> None:
    op.create_table(
        "switches",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("since", _INSTANT, nullable=False),
    )


def _responses() -> None:
    op.create_table(
        "responses",
        sa.Column("ballot", sa.String, primary_key=True),
        sa.Column("cohort", sa.String, nullable=False),
        sa.Column("occurrence", sa.String, nullable=False),
        sa.Column("person", sa.String),
        sa.Column("answers", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_responses_cohort", "responses", ["cohort"])


def _written() -> None:
    op.create_table(
        "written",
        sa.Column("cohort", sa.String, primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
    )


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("cohort", sa.String, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("expires", _INSTANT),
    )


def _partial(name: str, column: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(
        name, "outbox", [column], sqlite_where=condition, postgresql_where=condition
    )
