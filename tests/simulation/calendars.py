"""What a mail says that reached somebody, and what their calendar makes of it.

Read without the library that wrote it.
"""

import base64
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_FOLD = re.compile(r"\r\n[ \t]")
_LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<parameters>(?:;[^:]*)?):(?P<value>.*)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """One entry of a calendar."""

    uid: str
    sequence: int
    stamp: dt.datetime
    starts: dt.datetime
    ends: dt.datetime
    cancelled: bool
    location: str

    @property
    def newness(self) -> tuple[int, dt.datetime]:
        """What a client compares (RFC 5546 2.1.5)."""
        return (self.sequence, self.stamp)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """The identities of one mail, as its bytes tell them."""

    message_id: str
    date: dt.datetime
    entry: Shown | None
    cancels: bool


@lru_cache(maxsize=4096)
def read_mail(payload: bytes) -> Mail:
    """Return what the bytes of a mail say."""
    message = message_from_bytes(payload)
    entry, cancels = None, False
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            text = base64.b64decode(str(part.get_payload())).decode()
            (entry,) = entries(text)
            cancels = "\r\nMETHOD:CANCEL\r\n" in text
    return Mail(
        message_id=str(message["Message-ID"]).strip(),
        date=parsedate_to_datetime(str(message["Date"])).astimezone(dt.UTC),
        entry=entry,
        cancels=cancels,
    )


def entries(calendar: str) -> Iterator[Shown]:
    """Yield the events of an iCalendar text."""
    inside: list[str] = []
    values: dict[str, tuple[str, str]] = {}
    for line in _FOLD.sub("", calendar).split("\r\n"):
        if line.startswith("BEGIN:"):
            inside.append(line.removeprefix("BEGIN:"))
        elif line.startswith("END:"):
            if inside.pop() == "VEVENT":
                yield _shown(values)
                values = {}
        elif inside[-1:] == ["VEVENT"] and (found := _LINE.fullmatch(line)):
            values[found["name"]] = (found["parameters"], found["value"])


def _shown(values: dict[str, tuple[str, str]]) -> Shown:
    return Shown(
        uid=values["UID"][1],
        sequence=int(values["SEQUENCE"][1]),
        stamp=_moment(*values["DTSTAMP"]),
        starts=_moment(*values["DTSTART"]),
        ends=_moment(*values["DTEND"]),
        cancelled=values["STATUS"][1] == "CANCELLED",
        location=values.get("LOCATION", ("", ""))[1],
    )


def _moment(parameters: str, value: str) -> dt.datetime:
    _, _, zone = parameters.partition("TZID=")
    local = dt.datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    # A Z or a zone, and never neither: that would be floating.
    where = dt.UTC if value.endswith("Z") else ZoneInfo(zone)
    return local.replace(tzinfo=where).astimezone(dt.UTC)
