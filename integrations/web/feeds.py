"""A person's calendar over all their cohorts, and how clients subscribe to it."""

import datetime as dt
import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Protocol

from starlette.responses import Response

from engine.ids import PersonId
from engine.letters.entries import feed_entries
from engine.record import Record
from integrations.web.responses import respond


class FeedWriter(Protocol):
    """Writes a person's calendar as iCalendar."""

    def __call__(self, records: Sequence[Record], person: PersonId, /) -> bytes:
        """Return what a person's calendar shows of these cohorts, the newest last.

        The same bytes for the same records; a gathering of two cohorts is there once.
        """
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """A calendar as written, and when something in it was last announced."""

    body: bytes
    modified: dt.datetime | None


def calendar(
    records: Sequence[Record], person: PersonId, write: FeedWriter
) -> Calendar:
    """Return a person's calendar of these cohorts, the newest last."""
    stamps = [one.stamp for record in records for one in feed_entries(record, person)]
    return Calendar(body=write(records, person), modified=max(stamps, default=None))


def calendar_response(shown: Calendar, headers: Mapping[str, str]) -> Response:
    """Return the calendar, or that a client has it already.

    `If-Modified-Since` is not looked at: new texts change the calendar without anything
    being announced. `no-cache` makes a client ask each time, where it would otherwise
    guess from `Last-Modified` how long to wait.
    """
    body, more = shown.body, {"Vary": "Accept-Encoding"}
    tag = hashlib.sha256(body).hexdigest()[:32]
    if _takes_gzip(headers.get("accept-encoding", "")):
        # RFC 9110 8.8.3.3: other bytes, another tag.
        body, tag = gzip.compress(body, mtime=0), f"{tag}-gzip"
        more["Content-Encoding"] = "gzip"
    more |= {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
    if shown.modified is not None:
        more["Last-Modified"] = format_datetime(
            shown.modified.astimezone(dt.UTC), usegmt=True
        )
    if _has(headers.get("if-none-match", ""), more["ETag"]):
        more.pop("Content-Encoding", None)
        return respond(b"", kind=None, status=304, headers=more)
    return respond(body, kind="text/calendar", headers=more)


def _takes_gzip(accepted: str) -> bool:
    for choice in accepted.lower().split(","):
        coding, _, weight = choice.partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _has(known: str, tag: str) -> bool:
    """Return whether a client has this tag (RFC 9110 13.1.2: compared weakly)."""
    tags = [one.strip().removeprefix("W/") for one in known.split(",")]
    return tag in tags or "*" in tags
