"""Which of a coordinator's or participant's words may stand in a calendar object."""

import re

from icalendar import vCalAddress

from engine.people import Mailbox
from integrations.ical.errors import CalendarError

# RFC 5545 3.1 allows no control characters in text (Cc); lone surrogates (Cs) are no
# UTF-8; Unicode breaks lines at Zl and Zp.
BREAKING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# RFC 5322 3.4.1, without quotes, comments and domain literals.
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = re.compile(rf"{ATOM}(\.{ATOM})*@{ATOM}(\.{ATOM})*")
NAMES = str.maketrans('"\\', "'/")
# RFC 3986 3, without what could end a line or a value.
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")


def line(text: str) -> str:
    """Return the text as one line, each run of white and control characters a space."""
    return " ".join(_printable(text).split())


def paragraphs(text: str) -> str:
    """Return the text with its line ends as newlines and no other control character."""
    return "\n".join(_printable(part).rstrip() for part in text.splitlines()).strip()


def is_uri(text: str) -> bool:
    """Tell whether the text may stand where RFC 5545 3.3.13 wants a URI."""
    return URI.fullmatch(text) is not None


def calendar_user(mailbox: Mailbox) -> vCalAddress:
    """Return the mailbox as a calendar user with its name as CN (RFC 5545 3.2.2).

    A double quote in the name becomes a single one, since not every client undoes the
    escape of RFC 6868; a backslash, which some read as an escape, becomes a slash.

    Raises:
        CalendarError: If its address could not be mailed to.
    """
    if not ADDRESS.fullmatch(mailbox.address):
        raise CalendarError(
            "an address of an invitation is no plain ASCII mail address; "
            "correct it in the people file or the mail settings"
        )
    user = vCalAddress(f"mailto:{mailbox.address}")
    user.params["CN"] = line(mailbox.name).translate(NAMES) or mailbox.address
    return user


def _printable(text: str) -> str:
    return BREAKING.sub(" ", text)
