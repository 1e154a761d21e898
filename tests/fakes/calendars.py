"""The calendar objects in a mail, as another program reads them."""

from email import message_from_bytes

from icalendar import Calendar
from icalendar.cal import Component


def calendars_in(mail: bytes) -> list[Calendar]:
    """Return the calendar objects in a mail's alternatives."""
    found = []
    for part in message_from_bytes(mail).walk():
        if part.get_content_type() == "text/calendar":
            body = part.get_payload(decode=True)
            assert isinstance(body, bytes)
            found.append(Calendar.from_ical(body))
    return found


def event_in(calendar: Calendar) -> Component:
    """Return the only event."""
    (event,) = calendar.walk("VEVENT")
    return event


def sequence_of(event: Component) -> int:
    """Return the SEQUENCE as a number."""
    return int(str(event.decoded("SEQUENCE")))
