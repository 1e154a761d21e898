"""How does what waits in the outbox leave, exactly once as far as mail allows?

Claim with a lease and a fence; send all but the final dot; commit the mark; the dot;
settle. Killed before the mark, a message is provably unsent; killed after it, the row
is in doubt and the same bytes leave again. No other order loses nothing and says when
it may have sent twice.
"""

import datetime as dt
import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Literal

from engine import crash
from engine.outbox import Claim, Outcome, Verdict
from engine.ports import (
    Clock,
    Mailer,
    Outbox,
    StoreUnavailableError,
    Transfer,
    UnreachableError,
)

PATIENCE = dt.timedelta(days=5)
"""How long a message is tried before it counts as dead (RFC 5321 4.5.4.1)."""

FIRST_WAIT = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(hours=4)
_TRIES = 20

# Killed, a worker keeps so many from leaving until its lease has run out.
_AT_ONCE = 20

_CLAIMED = crash.point("deliver: between claim and body")
_BEGUN = crash.point("deliver: between body and mark")
_MARKED = crash.point("deliver: between mark and dot")
_FINISHED = crash.point("deliver: between dot and settle")
_REFUSED = crash.point("deliver: between refusal and settle")
_SETTLED = crash.point("deliver: after settle")

Fate = Verdict | Literal["fenced"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """What one run brought out.

    Attributes:
        sent: Accepted by the receiver.
        retried: Refused for now, and put back.
        dead: Refused for good, or for five days.
        in_doubt: The reply was lost; the same bytes will leave again.
        fenced: Taken over by another worker, or superseded, while this one was slow.
        unreachable: Why the run ended early; empty when it did not.
    """

    sent: int = 0
    retried: int = 0
    dead: int = 0
    in_doubt: int = 0
    fenced: int = 0
    unreachable: str = ""


def deliver(
    outbox: Outbox,
    mailer: Mailer,
    clock: Clock,
    *,
    lease: dt.timedelta,
    limit: int | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> Delivery:
    """Send what may leave, oldest first, until nothing is left or `limit` is reached.

    Claims some at once, and marks each before its own dot. Stops at the first sign that
    nobody can be reached: the rest waits without losing any of its five days.

    Args:
        outbox: What waits.
        mailer: The way out.
        clock: Asked before each step.
        lease: How long a claim holds; one message must not take two thirds of it.
        limit: The most to try.
        stopping: Asked between two messages, so that none is left half-way.
    """
    delivery, done, claims = Delivery(), 0, deque[Claim]()
    while done != limit and not stopping() and not delivery.unreachable:
        if not claims:
            most = _AT_ONCE if limit is None else min(_AT_ONCE, limit - done)
            claims.extend(outbox.claim(now=clock.now(), lease=lease, most=most))
        if not claims:
            break
        claim = claims.popleft()
        with _giving_back(claims, outbox):
            fate, closed = _tried(claim, outbox, mailer, clock)
        delivery = replace(_counted(delivery, fate), unreachable=closed)
        done += 1
        # Fenced, for all that is known mail was paused.
        if fate == "fenced" or clock.now() > claim.lease_until - lease * 2 / 3:
            outbox.release(claims)
            claims.clear()
    outbox.release(claims)
    return delivery


@contextmanager
def _giving_back(claims: Sequence[Claim], outbox: Outbox) -> Iterator[None]:
    """Let others have what is claimed, where the store cannot be reached."""
    try:
        yield
    except StoreUnavailableError:
        with suppress(StoreUnavailableError):
            outbox.release(claims)
        raise


def wait(key: str, attempts: int) -> dt.timedelta:
    """Return how long to wait after so many failed attempts, the last included.

    Doubles from a minute to four hours, each between 75 % and 125 % of that. The same
    message and attempt always wait as long: a rehearsed fault repeats to the second.
    """
    digest = hashlib.sha256(f"{key}\n{attempts}".encode()).digest()
    jitter = 0.75 + int.from_bytes(digest[:4]) / 2**33
    steps = min(max(attempts, 1) - 1, 16)
    whole = min(FIRST_WAIT * 2**steps, LONGEST_WAIT) * jitter
    return dt.timedelta(seconds=round(whole.total_seconds()))


def next_try(key: str, attempts: int, *, now: dt.datetime) -> dt.datetime | None:
    """Return when to try again after so many failed attempts; None for never.

    The waits are added up rather than the time since the first try, so that days in
    which nobody tried do not count.
    """
    waited = sum((wait(key, number) for number in range(1, attempts)), dt.timedelta())
    return None if waited >= PATIENCE else now + wait(key, attempts)


def _tried(
    claim: Claim, outbox: Outbox, mailer: Mailer, clock: Clock
) -> tuple[Fate, str]:
    """Return how it went, and why nobody can be reached; empty when it is not so."""
    try:
        return _one(claim, outbox, mailer, clock), ""
    except UnreachableError as closed:
        unsent = Outcome(verdict="retry", reply=str(closed))
        return _settle(claim, unsent, outbox, clock), str(closed)


def _one(claim: Claim, outbox: Outbox, mailer: Mailer, clock: Clock) -> Fate:
    _CLAIMED()
    begun = mailer.begin(claim.message)
    if isinstance(begun, Outcome):
        _REFUSED()
        return _settle(claim, begun, outbox, clock)
    _BEGUN()
    if not _marked(claim, begun, outbox, clock):
        return "fenced"
    _MARKED()
    outcome = begun.finish()
    _FINISHED()
    return _settle(claim, outcome, outbox, clock)


def _marked(claim: Claim, transfer: Transfer, outbox: Outbox, clock: Clock) -> bool:
    """Commit the mark, or make sure that the dot is never sent."""
    marked = False
    try:
        marked = outbox.mark_sending(claim, now=clock.now())
    finally:
        if not marked:
            transfer.abort()
    return marked


def _settle(claim: Claim, outcome: Outcome, outbox: Outbox, clock: Clock) -> Fate:
    now = clock.now()
    again = None
    if outcome.verdict in {"retry", "in doubt"}:
        again = next_try(claim.message.key, claim.attempts + 1, now=now)
        if again is None:
            days = f"given up after {PATIENCE.days} days: {outcome.reply}"
            outcome = Outcome(verdict="dead", reply=days)
    settled = _insistently(lambda: outbox.settle(claim, outcome, now=now, again=again))
    _SETTLED()
    return outcome.verdict if settled else "fenced"


def _insistently(settle: Callable[[], bool]) -> bool:
    """Return what `settle` does, tried again while the database is taken.

    The receiver has the message, or has not: forgotten, it would leave twice. Each try
    waits for the database as long as the store is patient, within the lease.
    """
    for _ in range(_TRIES):
        with suppress(StoreUnavailableError):
            return settle()
    return settle()


def _counted(delivery: Delivery, fate: Fate) -> Delivery:
    match fate:
        case "sent":
            return replace(delivery, sent=delivery.sent + 1)
        case "retry":
            return replace(delivery, retried=delivery.retried + 1)
        case "dead":
            return replace(delivery, dead=delivery.dead + 1)
        case "in doubt":
            return replace(delivery, in_doubt=delivery.in_doubt + 1)
        case "fenced":
            return replace(delivery, fenced=delivery.fenced + 1)
