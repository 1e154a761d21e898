"""One occurrence as a VEVENT, the same in a feed and in an invitation."""

import datetime as dt

from icalendar import Alarm, Event, Parameters, vText, vUri

from engine.entries import Entry
from integrations.ical.errors import CalendarError
from integrations.ical.words import is_uri, line, paragraphs
from integrations.ical.zones import shown, utc


def event(entry: Entry, *, cancelled: bool, language: str = "") -> Event:
    """Return the occurrence without any calendar user.

    A cancelled one takes no time and rings no bell. All are private: they land in
    mailboxes that colleagues look into.

    Raises:
        CalendarError: If it does not end after it starts.
    """
    # Python compares two times of one zone by the clock on the wall.
    if utc(entry.ends) <= utc(entry.starts):
        raise CalendarError(f"entry {entry.uid} does not end after it starts")
    vevent = Event()
    vevent.add("uid", entry.uid)
    vevent.add("sequence", entry.sequence)
    vevent.add("dtstamp", utc(entry.stamp))
    vevent.add("last-modified", utc(entry.stamp))
    vevent.add("dtstart", shown(entry.starts))
    vevent.add("dtend", shown(entry.ends))
    vevent.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    vevent.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    vevent.add("class", "PRIVATE")
    _add_words(vevent, entry, language)
    if entry.alarm is not None and not cancelled:
        vevent.add_component(_alarm(entry.title, entry.alarm))
    return vevent


def _add_words(vevent: Event, entry: Entry, language: str) -> None:
    spoken = Parameters({"LANGUAGE": language}) if language else Parameters()
    for name, text in (
        ("summary", line(entry.title)),
        ("location", line(entry.location)),
        ("description", _description(entry)),
    ):
        if text:
            vevent.add(name, vText(text), parameters=spoken)
    if category := line(entry.category):
        vevent.add("categories", [category])
    if is_uri(entry.meeting_link):
        vevent.add(
            "conference",
            vUri(entry.meeting_link),
            parameters=Parameters(VALUE="URI", FEATURE=["AUDIO", "VIDEO"]),
        )


def _description(entry: Entry) -> str:
    """Return the description and the link, which few clients show otherwise."""
    text, link = paragraphs(entry.description), line(entry.meeting_link)
    return text if link in text else f"{text}\n\n{link}".lstrip()


def _alarm(title: str, before: dt.timedelta) -> Alarm:
    """Return a reminder that long before the start (RFC 5545 3.8.6.3)."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", line(title))
    alarm.add("trigger", -before)
    return alarm
