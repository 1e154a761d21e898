"""A person's calendar as a file that clients subscribe to."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from icalendar import Calendar, vDuration

from engine.entries import Entry
from integrations.ical.event import event
from integrations.ical.words import line
from integrations.ical.zones import shown, standing_timezone, timezones, utc

PRODUCT = "-//Stafet//Stafet//EN"
END = b"END:VCALENDAR\r\n"
REFRESH = dt.timedelta(hours=1)

# Some two kilobytes each.
_KEPT = 4096


def feed(
    entries: Iterable[Entry],
    *,
    uid: str,
    name: str,
    timezone: str,
    language: str,
    color: str = "steelblue",
) -> bytes:
    """Return the feed: the same bytes for the same entries in whatever order.

    It has no METHOD and names no calendar user, not even its owner: it is read, not
    answered. What is cancelled stays in it as such, for clients that missed the news.

    Args:
        entries: What the person is to see, each UID once.
        uid: Of the calendar itself (RFC 7986 5.3).
        name: Shown as the calendar's name.
        timezone: IANA name of the zone that the programme lives by.
        language: Of the words in the entries (RFC 5646).
        color: A colour name of CSS3 (RFC 7986 5.9).
    """
    ordered = sorted(entries, key=lambda entry: (utc(entry.starts), entry.uid))
    moments = [shown(at) for entry in ordered for at in (entry.starts, entry.ends)]
    header = _header(uid=uid, name=name, timezone=timezone, language=language)
    header.add("color", line(color))
    if ordered:
        header.add("last-modified", max(utc(entry.stamp) for entry in ordered))
    return b"".join(
        (
            header.to_ical().removesuffix(END),
            timezones(moments) if ordered else standing_timezone(timezone),
            *(_event_bytes(entry, language, _spelt(entry)) for entry in ordered),
            END,
        )
    )


def _header(*, uid: str, name: str, timezone: str, language: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("uid", line(uid))
    calendar.add("name", line(name), parameters={"LANGUAGE": language})
    calendar.add("x-wr-calname", line(name))
    calendar.add("x-wr-timezone", line(timezone))
    calendar.add(
        "refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"}
    )
    calendar.add("x-published-ttl", vDuration(REFRESH))
    return calendar


@lru_cache(maxsize=_KEPT)
def _event_bytes(entry: Entry, language: str, _spelt: str) -> bytes:
    """Return the VEVENT alone, which everybody has who is shown the same."""
    cancelled = entry.status == "cancelled"
    return bytes(event(entry, cancelled=cancelled, language=language).to_ical())


def _spelt(entry: Entry) -> str:
    """Return how the times are written; equal ones may be in another zone or fold."""
    return " ".join(
        f"{at.isoformat()} {at.tzinfo}" for at in (entry.starts, entry.ends)
    )
