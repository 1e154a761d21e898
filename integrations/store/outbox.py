"""Messages on their way out, in the database that their decisions were written to."""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import (
    Connection,
    Engine,
    Update,
    bindparam,
    select,
    union_all,
)

from engine.ids import CohortId
from engine.outbox import Claim, Outcome, Standing, Stored, Verdict
from integrations.store import operating, rows
from integrations.store.database import single, writing
from integrations.store.lanes import STANDING, tidy
from integrations.store.statements import (
    CLAIM,
    END,
    EXPIRE,
    MARK,
    PUT_BACK,
    RELEASE,
    SOONEST,
)
from integrations.store.tables import dead, outbox, payloads, waiting

_REPLY_LENGTH = 500

_STANDINGS = select(*STANDING).order_by(outbox.c.number)
# Two halves, each with an index of its own: an OR would read every row.
_OUTSTANDING = union_all(
    select(*STANDING).where(waiting), select(*STANDING).where(dead)
).order_by("number")
_WHOLE = (
    select(outbox, payloads.c.payload)
    .join(payloads)
    .where(outbox.c.number == bindparam("one"))
)
_PAYLOADS = select(payloads).where(
    payloads.c.key.in_(bindparam("keys", expanding=True))
)


class SqlOutbox:
    """Messages on their way out, claimed by one worker at a time.

    Every step is one commit, and mostly one statement: SQLite's writers take turns,
    PostgreSQL's pass over rows that another holds.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim(
        self, *, now: dt.datetime, lease: dt.timedelta, most: int = 1
    ) -> tuple[Claim, ...]:
        """Take the next messages that may leave; settle what is too late.

        While mail is paused nothing may leave, and what is too late still is.

        Too late is also what is in doubt: to send it again would be of no more use.
        """
        wanted = {"now": now, "until": now + lease, "most": most}
        with single(self._engine) as connection:
            soonest = connection.scalar(SOONEST)
            if soonest is None or soonest >= now:
                return _claimed(connection, wanted)
        self._expire(now)
        with single(self._engine) as connection:
            return _claimed(connection, wanted)

    def release(self, claims: Sequence[Claim]) -> None:
        """Give back what is claimed and not marked, as if it had not been claimed."""
        if claims:
            with writing(self._engine) as connection:
                connection.execute(RELEASE, [_holder(claim) for claim in claims])

    def mark_sending(self, claim: Claim, *, now: dt.datetime) -> bool:
        """Commit that the final dot comes next; False when the claim holds no more."""
        with single(self._engine) as connection:
            marked = connection.execute(MARK, {**_holder(claim), "now": now})
        return marked.rowcount == 1

    def settle(
        self,
        claim: Claim,
        outcome: Outcome,
        *,
        now: dt.datetime,
        again: dt.datetime | None,
    ) -> bool:
        """Commit how it ended, or when to try `again`; False if fenced off.

        A lease that ran out does not matter while nobody else has claimed: what the
        receiver said is true. What was not sent makes way for its successor.
        """
        statement, values = _ending(outcome.verdict, again)
        reply = outcome.reply[:_REPLY_LENGTH]
        written = {**_holder(claim), **values, "now": now, "words": reply}
        lane = claim.message.lane
        if outcome.verdict not in {"retry", "dead"} or lane == claim.message.key:
            with single(self._engine) as connection:
                return connection.execute(statement, written).rowcount == 1
        with writing(self._engine) as connection:
            settled = connection.execute(statement, written).rowcount == 1
            if settled:
                tidy(connection, [lane], now=now)
        return settled

    def _expire(self, now: dt.datetime) -> None:
        with writing(self._engine) as connection:
            expired = connection.execute(EXPIRE, {"now": now}).all()
            lanes = [row.lane for row in expired if row.lane != row.key]
            tidy(connection, lanes, now=now)

    def standings(self, cohort: CohortId | None = None) -> tuple[Standing, ...]:
        """Return where each message has got to, of one cohort or of all, in order."""
        wanted = _STANDINGS
        if cohort is not None:
            wanted = wanted.where(outbox.c.cohort == cohort)
        with single(self._engine) as connection:
            found = connection.execute(wanted).mappings()
            return tuple(rows.standing(row) for row in found)

    def outstanding(self) -> tuple[Standing, ...]:
        """Return the same of what waits or is dead, in order."""
        with single(self._engine) as connection:
            found = connection.execute(_OUTSTANDING).mappings()
            return tuple(rows.standing(row) for row in found)

    def find(self, number: int) -> Stored | None:
        """Return a message whole, and where it has got to."""
        with single(self._engine) as connection:
            row = connection.execute(_WHOLE, {"one": number}).mappings().first()
        return None if row is None else rows.stored(row)

    def retry(self, numbers: Sequence[int], *, now: dt.datetime) -> Mapping[int, str]:
        """Let messages leave at once, with the same bytes: all of them or none."""
        with writing(self._engine) as connection:
            return operating.retry(connection, numbers, now=now)

    def drop(self, numbers: Sequence[int], *, now: dt.datetime) -> Mapping[int, str]:
        """Settle messages as dropped, all of them or none; their lanes go on."""
        with writing(self._engine) as connection:
            return operating.drop(connection, numbers, now=now)

    def pause(self, *, now: dt.datetime) -> None:
        """Let nothing more be claimed or marked from the moment that this returns."""
        with writing(self._engine) as connection:
            operating.pause(connection, now=now)

    def resume(self) -> None:
        """End the pause, if there is one."""
        with writing(self._engine) as connection:
            operating.resume(connection)

    def paused(self) -> dt.datetime | None:
        """Return since when mail is paused; None when it is not."""
        with single(self._engine) as connection:
            return operating.paused(connection)


def _claimed(connection: Connection, wanted: rows.Row) -> tuple[Claim, ...]:
    taken = connection.execute(CLAIM, wanted).mappings().all()
    if not taken:
        return ()
    keys = [row["key"] for row in taken]
    bodies = {
        row.key: row.payload for row in connection.execute(_PAYLOADS, {"keys": keys})
    }
    claims = [rows.claim(row, bodies[row["key"]]) for row in taken]
    return tuple(sorted(claims, key=lambda one: one.number))


def _ending(
    verdict: Verdict, again: dt.datetime | None
) -> tuple[Update, Mapping[str, object]]:
    """Return the statement for a verdict; only a marked row may have been accepted."""
    match verdict:
        case "sent":
            return END, {"ending": "sent", "from": "sending"}
        case "dead":
            return END, {"ending": "dead", "from": "leased"}
        case "retry":
            return PUT_BACK, {"later": again, "doubt": 0, "from": "leased"}
        case "in doubt":
            return PUT_BACK, {"later": again, "doubt": 1, "from": "sending"}


def _holder(claim: Claim) -> rows.Row:
    return {"one": claim.number, "held": claim.fence}
