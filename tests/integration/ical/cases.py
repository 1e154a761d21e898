"""Entries for tests, and the calendars whose bytes are kept in golden/.

`python -m tests.integration.ical.cases` rewrites those; read the difference.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.entries import Entry
from engine.people import Mailbox
from integrations.ical import feed, invitation

GOLDEN = Path(__file__).parent / "golden"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")

WORKSHOP = Entry(
    uid="0b6e1f2a-6c1d-4a5e-9b7f-2f6a4d1c8e01",
    sequence=0,
    stamp=dt.datetime(2027, 1, 11, 8, 0, tzinfo=dt.UTC),
    starts=dt.datetime(2027, 3, 3, 13, 0, tzinfo=COPENHAGEN),
    ends=dt.datetime(2027, 3, 3, 16, 0, tzinfo=COPENHAGEN),
    title="Workshop: Under skiftende politiske vinde",
    description="Vi mødes, spiser og taler; tag en ven med.\nKaffe fra kl. 12.30.",
    location="Aarhus Rådhus, lokale 390",
    category="Mentorforløb",
    organizer=Mailbox(name="Mentorforløb for ledere", address="svar@stafet.example"),
    attendee=Mailbox(name='Søren "Åge" Hansen, HR', address="soren@aarhus.example"),
    alarm=dt.timedelta(minutes=30),
)
ONLINE = replace(
    WORKSHOP,
    uid="0b6e1f2a-6c1d-4a5e-9b7f-2f6a4d1c8e02",
    sequence=2,
    stamp=dt.datetime(2027, 2, 1, 9, 30, tzinfo=dt.UTC),
    starts=dt.datetime(2027, 6, 1, 9, 0, tzinfo=COPENHAGEN),
    ends=dt.datetime(2027, 6, 1, 10, 30, tzinfo=COPENHAGEN),
    title="Samtale",
    description="",
    location="",
    meeting_link="https://moede.example/l/19%3ameeting_ZjE0YzQ5?context=%7b%22Tid%22%7d",
    alarm=None,
)
CANCELLED = replace(
    WORKSHOP,
    uid="0b6e1f2a-6c1d-4a5e-9b7f-2f6a4d1c8e03",
    sequence=1,
    starts=dt.datetime(2027, 5, 4, 13, 0, tzinfo=ZoneInfo("Europe/Helsinki")),
    ends=dt.datetime(2027, 5, 4, 16, 0, tzinfo=ZoneInfo("Europe/Helsinki")),
    status="cancelled",
)
# Words that try to become more than words.
HOSTILE = (
    "x\r\nATTENDEE:mailto:spy@x.example",
    "x\nEND:VEVENT\nBEGIN:VEVENT",
    "x\u2028METHOD:CANCEL\x85\x0b\x0c\x00\x1b\ud800",
    'x";RSVP=FALSE:mailto:spy@x.example',
    "\\n\\;\\,^n^'\\",
    "x" * 74 + "æ🎉" * 40,
)


def feed_of(*entries: Entry, timezone: str = "Europe/Copenhagen") -> bytes:
    """Return a feed of the entries with everything else fixed."""
    return feed(
        entries,
        uid="5d3c8a10-0000-4000-8000-000000000001",
        name="Mentorforløb for ledere",
        timezone=timezone,
        language="da",
    )


CASES: Mapping[str, Callable[[], bytes]] = {
    "feed.ics": lambda: feed_of(WORKSHOP, ONLINE, CANCELLED),
    "empty-feed.ics": feed_of,
    "request.ics": lambda: invitation(WORKSHOP, "request"),
    "request-online.ics": lambda: invitation(ONLINE, "request"),
    "cancel.ics": lambda: invitation(CANCELLED, "cancel"),
}

if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for case, calendar in CASES.items():
        (GOLDEN / case).write_bytes(calendar())
