"""Which messages enter the outbox, and which of their lane leave it unsent?"""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import Connection, bindparam, select, text, update

from engine.ids import CohortId, PersonId
from engine.outbox import Message, Standing, overtaken
from integrations.store import rows
from integrations.store.database import insertion
from integrations.store.tables import outbox, payloads, waiting

# Below the number of parameters that either database takes.
_AT_ONCE = 10_000

# So many new rows that PostgreSQL should not wait a minute before it knows of them:
# until then it reads all that waits for each message that leaves.
_MANY = 1_000
_COUNT = text("ANALYZE outbox")

# Numbers rise in order of commit only if insertions take turns.
_TURN = text("SELECT pg_advisory_xact_lock(7823002)")

STANDING = tuple(outbox.c[name] for name in Standing.__slots__)

_INSERT = insertion(outbox, conflict="ON CONFLICT (key) DO NOTHING")
_PAYLOADS = insertion(payloads, conflict="ON CONFLICT (key) DO NOTHING")

_LANES = (
    select(*STANDING)
    .where(outbox.c.lane.in_(bindparam("lanes", expanding=True)))
    .order_by(outbox.c.lane, outbox.c.number)
    .with_for_update()
)

_LETTERS = (
    select(*STANDING)
    .where(waiting)
    .where(outbox.c.lane == outbox.c.key)
    .where(outbox.c.cohort == bindparam("cohort"))
    .where(outbox.c.recipient.in_(bindparam("people", expanding=True)))
    .order_by(outbox.c.number)
    .with_for_update()
)

# The fence rises too: whoever holds the message has lost it, and will not mark it.
_SETTLE = (
    update(outbox)
    .where(outbox.c.number == bindparam("one"))
    .values(
        status=bindparam("ending"),
        fence=outbox.c.fence + 1,
        lease_until=None,
        settled_at=bindparam("now"),
    )
)


def take_turn(connection: Connection) -> None:
    """Let one transaction at a time insert messages; SQLite does so anyway.

    Taken before any other lock, so that nobody waits in a circle.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_TURN)


def insert_messages(
    connection: Connection, messages: Sequence[Message], *, now: dt.datetime
) -> None:
    """Insert the messages whose keys are new, and settle what they replace."""
    if not messages:
        return
    connection.execute(_INSERT, [rows.of_message(message) for message in messages])
    connection.execute(_PAYLOADS, [rows.of_payload(message) for message in messages])
    if len(messages) >= _MANY and connection.dialect.name == "postgresql":
        connection.execute(_COUNT)
    tidy(connection, (m.lane for m in messages if m.lane != m.key), now=now)


def take_back(
    connection: Connection,
    cohort: CohortId,
    people: Sequence[PersonId],
    *,
    now: dt.datetime,
) -> None:
    """Settle the letters to some people that wait, but for one that may have arrived.

    What is about a date has a lane, in which its cancellation follows it.
    """
    if not people:
        return
    asked = {"cohort": cohort, "people": list(people)}
    found = connection.execute(_LETTERS, asked).mappings()
    standings = [rows.standing(row) for row in found]
    endings = [
        {"one": row.number, "ending": "annihilated", "now": now}
        for row in standings
        if row.unsent
    ]
    if endings:
        connection.execute(_SETTLE, endings)


def tidy(connection: Connection, lanes: Iterable[str], *, now: dt.datetime) -> None:
    """Settle what need not leave any more in these lanes.

    A leased message is as unsent as a pending one, since its holder has yet to mark it
    before the dot, and will be refused. One that is marked is left to its end.
    """
    names = sorted(set(lanes))
    for start in range(0, len(names), _AT_ONCE):
        chunk = names[start : start + _AT_ONCE]
        found = connection.execute(_LANES, {"lanes": chunk}).mappings()
        standings = [rows.standing(row) for row in found]
        endings = [
            {"one": number, "ending": ending, "now": now}
            for _, lane in groupby(standings, key=lambda row: row.lane)
            for number, ending in overtaken(tuple(lane)).items()
        ]
        if endings:
            connection.execute(_SETTLE, endings)
