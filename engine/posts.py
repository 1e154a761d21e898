"""A mail in its final words, before it becomes bytes."""

import datetime as dt
from dataclasses import dataclass

from engine.entries import Entry, Method
from engine.ids import PersonId
from engine.people import Mailbox


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One thing that a mail tells: several may share one letter.

    Attributes:
        details: Label and value, such as when and where, shown as a small table.
        button: Label and address of the one thing to do about it.
    """

    title: str
    paragraphs: tuple[str, ...]
    details: tuple[tuple[str, str], ...] = ()
    button: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """One mail to one person, worded in their language.

    Attributes:
        key: The outbox key; message id, boundary and lane derive from it.
        kind: `letter`, `invitation`, `update` or `cancellation`.
        programme: Title of the programme, shown above the text.
        footer: Why the reader gets this, and whom to ask.
        feed: Label and address of the reader's dates as a calendar.
        call: Label and address of the page that asks the coordinator for a call.
        entry, method: The calendar object that goes along; None in a letter.
        date: The mail's Date, in the zone of the cohort.
        message_id: With angle brackets.
        boundary: Seed of the MIME boundaries; hexadecimal.
    """

    key: str
    kind: str
    person: PersonId
    language: str
    sender: Mailbox
    reply_to: Mailbox
    recipient: Mailbox
    subject: str
    programme: str
    greeting: str
    sections: tuple[Section, ...]
    sign_off: tuple[str, ...]
    footer: str
    feed: tuple[str, str] | None = None
    call: tuple[str, str] | None = None
    entry: Entry | None = None
    method: Method | None = None
    date: dt.datetime
    message_id: str
    boundary: str
