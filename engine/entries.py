"""What a calendar shows of one occurrence to one person."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from engine.people import Mailbox

Status = Literal["confirmed", "cancelled"]
Method = Literal["request", "cancel"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One VEVENT for one viewer, in words that any shared mailbox may see.

    Attributes:
        uid: Derived from the occurrence's identity; the same in mail and feed.
        sequence: The announced SEQUENCE (RFC 5545 3.8.7.4).
        stamp: When this revision was announced, in UTC; never the time of rendering.
        starts: Aware, in the IANA zone of the cohort (`zoneinfo.ZoneInfo`).
        ends: Likewise, and later than `starts`.
        meeting_link: Address of an online meeting, or empty.
        organizer: The mailbox that we read; replies go there.
        attendee: The one recipient of an invitation; None in a feed.
        alarm: How long before the start a client reminds, or None.
    """

    uid: str
    sequence: int
    stamp: dt.datetime
    starts: dt.datetime
    ends: dt.datetime
    title: str
    description: str = ""
    location: str = ""
    meeting_link: str = ""
    category: str = ""
    status: Status = "confirmed"
    organizer: Mailbox
    attendee: Mailbox | None = None
    alarm: dt.timedelta | None = None
