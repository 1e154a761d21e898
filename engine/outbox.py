"""What a stored message is, and how it may end."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from engine.ids import CohortId, PersonId

Ending = Literal["sent", "dead", "superseded", "annihilated", "expired", "dropped"]
"""Settled for good: accepted by the receiver; refused; replaced by a later one of its
lane before it left; replaced by its own cancellation, which is not sent either; too
late to be of use; given up by the operator."""

Waiting = Literal["pending", "leased", "sending", "in doubt"]
"""Not settled: `leased` is claimed and provably unsent; `sending` is marked before the
final dot; `in doubt` may have been accepted, and is sent again with the same bytes."""

Verdict = Literal["sent", "retry", "dead", "in doubt"]
"""What one sending came to."""

Wish = Literal["retry", "drop"]
"""What an operator may want of a message: that it leaves at once, or never."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """Rendered bytes and all identities of one mail to one recipient, drawn once.

    Attributes:
        key: Deterministic; inserting the same key again does nothing.
        lane: Recipient and UID, or the key itself for a letter. Messages of one lane
            leave strictly in order.
        kind: `letter`, `invitation`, `update` or `cancellation`.
        uid, sequence: Of the calendar object inside; empty and 0 for a letter.
        not_before, not_after: When it may leave; later it is dropped as `expired`.
        message_id: With the angle brackets of RFC 5322 3.6.4.
        payload: The complete MIME message with CRLF line ends.
    """

    key: str
    cohort: CohortId
    recipient: PersonId
    lane: str
    kind: str
    uid: str = ""
    sequence: int = 0
    not_before: dt.datetime
    not_after: dt.datetime | None = None
    sender: str
    address: str
    message_id: str
    payload: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A message that one worker may send while its lease and fence hold.

    Attributes:
        number: Order of insertion in the outbox.
        fence: Rises with each claim; what an older holder does afterwards is void.
        attempts: How many sendings before this one were refused or left in doubt.
    """

    message: Message
    number: int
    fence: int
    attempts: int
    lease_until: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What the receiver said.

    Attributes:
        verdict: `sent`, `retry` (4xx or out of reach, provably not accepted), `dead`
            (5xx) or `in doubt` (the reply to the final dot was lost).
        reply: The receiver's own words, for the coordinator; no address in it.
    """

    verdict: Verdict
    reply: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where one message of the outbox has got to; without its content.

    Attributes:
        not_before, not_after: When it may leave; later it is dropped as `expired`.
        again: Before when it is not tried again; None when it was not refused so far.
        lease_until: How long a worker has it to itself; None when nobody has.
        attempts: How many sendings were refused or left in doubt, since it was last
            retried by hand.
        doubts: How often the reply to a final dot was lost. More than 0 says that the
            receiver may have got the same bytes more than once, whatever came after.
        reply: The receiver's last words.
        settled_at: When it came to its end; None while it waits.
    """

    number: int
    key: str
    cohort: CohortId
    recipient: PersonId
    lane: str
    kind: str
    not_before: dt.datetime
    not_after: dt.datetime | None = None
    again: dt.datetime | None = None
    lease_until: dt.datetime | None = None
    settled_at: dt.datetime | None = None
    status: Waiting | Ending
    attempts: int = 0
    doubts: int = 0
    reply: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is not settled."""
        return self.status in get_args(Waiting)

    @property
    def leaves(self) -> dt.datetime:
        """When it may next leave, if it waits and nothing of its lane is before it."""
        moments = (self.not_before, self.again, self.lease_until)
        return max(moment for moment in moments if moment is not None)

    def held(self, now: dt.datetime) -> bool:
        """Whether a worker has it to itself."""
        return self.lease_until is not None and self.lease_until > now

    def useless(self, now: dt.datetime) -> bool:
        """Whether it is too late for it."""
        return self.not_after is not None and self.not_after < now

    @property
    def unsent(self) -> bool:
        """Whether it waits and provably never left, or was refused when it did."""
        return self.status in {"pending", "leased"} and self.doubts == 0

    @property
    def reached(self) -> bool:
        """Whether the receiver has it, or may have it."""
        return self.doubts > 0 or self.status in {"sent", "sending", "in doubt"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """A message whole, and where it has got to."""

    message: Message
    standing: Standing


def overtaken(lane: Sequence[Standing]) -> Mapping[int, Ending]:
    """Return which messages of one lane need not leave any more, by number.

    Of those that are provably unsent only the newest is of use. If that one is a
    cancellation and nothing of the lane may have reached the receiver, then there is
    nothing to take back, and it goes the way of the others.
    """
    unsent = [row for row in lane if row.unsent]
    if not unsent:
        return {}
    if unsent[-1].kind == "cancellation" and not any(row.reached for row in lane):
        return {row.number: "annihilated" for row in unsent}
    return {row.number: "superseded" for row in unsent[:-1]}


def hindrances(
    wish: Wish, numbers: Iterable[int], rows: Sequence[Standing], *, now: dt.datetime
) -> Mapping[int, str]:
    """Return which of these messages the wish cannot be granted for, and why.

    Args:
        wish: What is wanted of them.
        numbers: Which they are.
        rows: Everything in the lanes of those that there are.
        now: Says what is held by a worker, and what is too late.
    """
    known = {row.number: row for row in rows}
    found = {
        number: _hindrance(wish, known.get(number), rows, now)
        for number in sorted(set(numbers))
    }
    return {number: why for number, why in found.items() if why}


def _hindrance(
    wish: Wish, row: Standing | None, rows: Sequence[Standing], now: dt.datetime
) -> str:
    if row is None:
        return "there is no such message"
    if row.waits:
        stuck = row.status == "sending" or wish == "retry"
        return "it is being handed over right now" if stuck and row.held(now) else ""
    if row.status != "dead":
        return f"it is {row.status}"
    return _too_late(row, rows, now) if wish == "retry" else ""


def _too_late(row: Standing, rows: Sequence[Standing], now: dt.datetime) -> str:
    """Return why a dead message must stay dead: older words never follow newer ones."""
    if any(one.lane == row.lane and one.number > row.number for one in rows):
        return "a later message about the same took its place"
    return "it would come too late" if row.useless(now) else ""
