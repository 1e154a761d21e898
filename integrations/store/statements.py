"""What is asked of the database on a message's way out: each one statement."""

import datetime as dt

from sqlalchemy import (
    BindParameter,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from integrations.store.operating import PAUSED
from integrations.store.tables import outbox, waiting

_NOW: BindParameter[dt.datetime] = bindparam("now")

_earlier = outbox.alias("earlier")
_marked = case((outbox.c.status == "sending", 1), else_=0)
_unheld = or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= _NOW)

_too_late = (waiting, outbox.c.not_after < _NOW, _unheld)
SOONEST = select(func.min(outbox.c.not_after)).where(
    waiting, outbox.c.not_after.is_not(None)
)
"""When the next of what waits is too late."""

EXPIRE = (
    update(outbox)
    .where(
        outbox.c.number.in_(
            select(outbox.c.number)
            .where(*_too_late)
            # As their index has it: by number, SQLite would read all that waits.
            .order_by(outbox.c.not_after)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
    )
    .values(
        status="expired",
        doubts=outbox.c.doubts + _marked,
        fence=outbox.c.fence + 1,
        lease_until=None,
        settled_at=_NOW,
    )
    .returning(outbox.c.lane, outbox.c.key)
)
"""Settle what is too late, and return its lane and key."""

# Not an anti-join, for which PostgreSQL would read all that waits.
_first_of_its_lane = outbox.c.number == (
    select(func.min(_earlier.c.number))
    .where(_earlier.c.lane == outbox.c.lane, _earlier.c.settled_at.is_(None))
    .scalar_subquery()
)

# A row found in `sending` was left by a worker that may have got its dot out.
CLAIM = (
    update(outbox)
    .where(
        outbox.c.number.in_(
            select(outbox.c.number)
            .where(
                waiting,
                outbox.c.not_before <= _NOW,
                or_(outbox.c.again.is_(None), outbox.c.again <= _NOW),
                _unheld,
                _first_of_its_lane,
                ~PAUSED,
            )
            .order_by(outbox.c.number)
            .limit(bindparam("most"))
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
    )
    .values(
        status="leased",
        fence=outbox.c.fence + 1,
        lease_until=bindparam("until"),
        doubts=outbox.c.doubts + _marked,
        attempts=outbox.c.attempts + _marked,
    )
    .returning(outbox)
)
"""Take the next messages that may leave, each the first of its lane."""

_held = (outbox.c.number == bindparam("one")) & (outbox.c.fence == bindparam("held"))

MARK = (
    update(outbox)
    .where(_held, outbox.c.status == "leased", outbox.c.lease_until > _NOW)
    # Some are claimed at once: it may have become too late since.
    .where(or_(outbox.c.not_after.is_(None), outbox.c.not_after >= _NOW))
    .values(status="sending")
)
"""Note that the final dot comes next, while the claim holds."""

# Marked, or as far as a verdict may come without.
_begun = or_(outbox.c.status == "sending", outbox.c.status == bindparam("from"))

END = (
    update(outbox)
    .where(_held, waiting, _begun)
    .values(
        status=bindparam("ending"),
        settled_at=_NOW,
        lease_until=None,
        reply=bindparam("words"),
    )
)
"""Settle a message."""

PUT_BACK = (
    update(outbox)
    .where(_held, waiting, _begun)
    .values(
        status=case(
            (outbox.c.doubts + bindparam("doubt") > 0, "in doubt"), else_="pending"
        ),
        doubts=outbox.c.doubts + bindparam("doubt"),
        attempts=outbox.c.attempts + 1,
        again=bindparam("later"),
        lease_until=None,
        reply=bindparam("words"),
    )
)
"""Let a message wait for another try."""

RELEASE = (
    update(outbox)
    .where(_held, outbox.c.status == "leased")
    .values(
        status=case((outbox.c.doubts > 0, "in doubt"), else_="pending"),
        lease_until=None,
    )
)
"""Give back what is claimed and not marked."""
