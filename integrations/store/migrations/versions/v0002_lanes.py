"""The first of a lane is found without reading the lane, or all that waits."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Index what waits by its lane."""
    waiting = sa.text("settled_at IS NULL")
    op.create_index(
        "outbox_lanes",
        "outbox",
        ["lane", "number"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
