"""What a composed mail says: its headers in words, and its plain text."""

import datetime as dt
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice

_HEADER_END = b"\r\n\r\n"
_FOLD = re.compile(r"\r?\n(?=[ \t])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Headers:
    """What stands above a mail.

    Attributes:
        recipient: By name, or by address where there is none.
        sent: In the time zone of the cohort.
    """

    recipient: str
    subject: str
    sent: dt.datetime


def headers_of(payload: bytes) -> Headers:
    """Return the headers of a mail, of which nothing more is read."""
    header = payload.partition(_HEADER_END)[0] + _HEADER_END
    message = BytesHeaderParser().parsebytes(header)
    name, address = parseaddr(message["to"])
    return Headers(
        recipient=_decoded(name) or address,
        subject=_decoded(message["subject"]),
        sent=parsedate_to_datetime(message["date"]),
    )


def text_of(payload: bytes) -> str:
    """Return the words of a mail as a reader of plain text sees them."""
    message = message_from_bytes(payload, policy=policy.default)
    body = message.get_body(("plain",))
    return "\n".join(body.get_content().splitlines()) if body else ""


def opening_of(payload: bytes, *, lines: int) -> tuple[str, ...]:
    """Return the first lines of a mail after its greeting.

    A title that only repeats the subject is passed over, and so are links.
    """
    _programme, _greeting, *blocks = text_of(payload).split("\n\n")
    subject = headers_of(payload).subject
    told = ([line for line in b.splitlines() if line.strip("-")] for b in blocks)
    kept = (line for block in told if " ".join(block) != subject for line in block)
    return tuple(islice((line for line in kept if "://" not in line), lines))


def _decoded(words: str) -> str:
    """Return a header in words; `policy.default` would, in several times the time."""
    return str(make_header(decode_header(_FOLD.sub("", words))))
