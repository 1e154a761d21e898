"""The calendar object of a mail to one person (iMIP, RFC 6047)."""

from functools import cache

from icalendar import Calendar

from engine.entries import Entry, Method
from engine.people import Mailbox
from integrations.ical.errors import CalendarError
from integrations.ical.event import event
from integrations.ical.feed import END, PRODUCT
from integrations.ical.words import calendar_user
from integrations.ical.zones import shown, timezones


def invitation(entry: Entry, method: Method) -> bytes:
    """Return the REQUEST or CANCEL for the entry's attendee, and nobody else.

    A CANCEL says STATUS:CANCELLED whatever the entry's status: someone taken off a
    meeting that goes on gets it too, and for them it is off. It asks for no reply.

    Raises:
        CalendarError: If there is nobody to invite, or the meeting is off.
    """
    if entry.attendee is None:
        raise CalendarError(f"entry {entry.uid} has no attendee to write to")
    if method == "request" and entry.status == "cancelled":
        raise CalendarError(f"entry {entry.uid} is cancelled: nobody can be invited")
    return b"".join(
        (
            _header(method),
            timezones((shown(entry.starts), shown(entry.ends))),
            _event_bytes(entry, entry.attendee, method),
            END,
        )
    )


@cache
def _header(method: Method) -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.upper())
    return bytes(calendar.to_ical()).removesuffix(END)


def _event_bytes(entry: Entry, recipient: Mailbox, method: Method) -> bytes:
    """Return the VEVENT with the roles of RFC 5546 3.2.2 and 3.2.5."""
    attendee = calendar_user(recipient)
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    if method == "request":
        attendee.params["PARTSTAT"] = "NEEDS-ACTION"
        attendee.params["RSVP"] = "TRUE"
    vevent = event(entry, cancelled=method == "cancel")
    vevent.add("organizer", calendar_user(entry.organizer))
    vevent.add("attendee", attendee)
    return bytes(vevent.to_ical())
