"""What does an operator change in the outbox, and how is all of it stopped?"""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Update, bindparam, case, delete, select, text, update

from engine.outbox import Standing, Wish, hindrances
from integrations.store import rows
from integrations.store.database import insertion
from integrations.store.lanes import STANDING, take_turn, tidy
from integrations.store.tables import outbox, switches, waiting

_MAIL = "mail"

PAUSED = select(switches.c.name).where(switches.c.name == _MAIL).exists()
"""Whether mail is paused, within whatever statement needs to know."""

_SINCE = select(switches.c.since).where(switches.c.name == _MAIL)
_PAUSE = insertion(switches, conflict="ON CONFLICT (name) DO NOTHING")
_RESUME = delete(switches).where(switches.c.name == _MAIL)

# Waits for every claim and mark that has begun, and holds up those that have not.
_BARRIER = text("LOCK TABLE outbox IN SHARE ROW EXCLUSIVE MODE")

_TAKE_BACK = (
    update(outbox)
    .where(waiting, outbox.c.status == "leased")
    .values(
        status=case((outbox.c.doubts > 0, "in doubt"), else_="pending"),
        fence=outbox.c.fence + 1,
        lease_until=None,
    )
)

_OF_THEIR_LANES = (
    select(*STANDING)
    .where(
        outbox.c.lane.in_(
            select(outbox.c.lane).where(
                outbox.c.number.in_(bindparam("numbers", expanding=True))
            )
        )
    )
    .order_by(outbox.c.lane, outbox.c.number)
    .with_for_update()
)

# A row found in `sending` was left by a worker that may have got its dot out.
_doubts = outbox.c.doubts + case((outbox.c.status == "sending", 1), else_=0)
_chosen = outbox.c.number.in_(bindparam("numbers", expanding=True))

_RETRY = (
    update(outbox)
    .where(_chosen)
    .values(
        status=case((_doubts > 0, "in doubt"), else_="pending"),
        fence=outbox.c.fence + 1,
        attempts=0,
        doubts=_doubts,
        lease_until=None,
        again=None,
        settled_at=None,
    )
)

_DROP = (
    update(outbox)
    .where(_chosen)
    .values(
        status="dropped",
        fence=outbox.c.fence + 1,
        doubts=_doubts,
        lease_until=None,
        settled_at=bindparam("now"),
    )
)


def retry(
    connection: Connection, numbers: Sequence[int], *, now: dt.datetime
) -> Mapping[int, str]:
    """Let messages leave at once, all of them or none; return why not."""
    # A successor that is being inserted would not be seen.
    take_turn(connection)
    _, why_not = _granted(connection, "retry", _RETRY, numbers, now)
    return why_not


def drop(
    connection: Connection, numbers: Sequence[int], *, now: dt.datetime
) -> Mapping[int, str]:
    """Settle messages as dropped, all of them or none; return why not."""
    found, why_not = _granted(connection, "drop", _DROP, numbers, now)
    if not why_not:
        tidy(connection, (row.lane for row in found if row.lane != row.key), now=now)
    return why_not


def pause(connection: Connection, *, now: dt.datetime) -> None:
    """Stop everything that is not marked yet, whoever has it."""
    if connection.dialect.name == "postgresql":
        connection.execute(_BARRIER)
    connection.execute(_PAUSE, {"name": _MAIL, "since": now})
    connection.execute(_TAKE_BACK)


def resume(connection: Connection) -> None:
    """Let mail leave again."""
    connection.execute(_RESUME)


def paused(connection: Connection) -> dt.datetime | None:
    """Return since when mail is paused."""
    since: dt.datetime | None = connection.scalar(_SINCE)
    return since


def _granted(
    connection: Connection,
    wish: Wish,
    statement: Update,
    numbers: Sequence[int],
    now: dt.datetime,
) -> tuple[Sequence[Standing], Mapping[int, str]]:
    chosen = {"numbers": list(numbers)}
    found = connection.execute(_OF_THEIR_LANES, chosen).mappings()
    standings = [rows.standing(row) for row in found]
    why_not = hindrances(wish, numbers, standings, now=now)
    if not why_not:
        connection.execute(statement, {**chosen, "now": now})
    return standings, why_not
