"""The bytes of a message are written once, and not again with each step it takes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_MOVE = "INSERT INTO payloads (key, payload) SELECT key, payload FROM outbox"


def upgrade() -> None:
    """Move the bytes into a table of their own."""
    op.create_table(
        "payloads",
        sa.Column(
            "key",
            sa.String,
            sa.ForeignKey("outbox.key", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("payload", sa.LargeBinary, nullable=False),
    )
    op.execute(_MOVE)
    op.drop_column("outbox", "payload")
