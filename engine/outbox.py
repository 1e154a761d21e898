"""What a stored message is, and how it may end."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.ids import CohortId, PersonId

Ending = Literal["sent", "dead", "superseded", "annihilated", "expired"]
"""Settled for good: accepted by the receiver; refused; replaced by a later one of its
lane before it left; replaced by its own cancellation, which is not sent either; too
late to be of use."""

Waiting = Literal["pending", "leased", "sending", "in doubt"]
"""Not settled: `leased` is claimed and provably unsent; `sending` is marked before the
final dot; `in doubt` may have been accepted, and is sent again with the same bytes."""

Verdict = Literal["sent", "retry", "dead", "in doubt"]
"""What one sending came to."""


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
        doubts: How often the reply to a final dot was lost. More than 0 says that the
            receiver may have got the same bytes more than once, whatever came after.
        reply: The receiver's last words.
    """

    number: int
    key: str
    cohort: CohortId
    recipient: PersonId
    lane: str
    kind: str
    status: Waiting | Ending
    attempts: int = 0
    doubts: int = 0
    reply: str = ""

    @property
    def unsent(self) -> bool:
        """Whether it waits and provably never left, or was refused when it did."""
        return self.status in {"pending", "leased"} and self.doubts == 0

    @property
    def reached(self) -> bool:
        """Whether the receiver has it, or may have it."""
        return self.doubts > 0 or self.status in {"sent", "sending", "in doubt"}


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
