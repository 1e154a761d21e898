"""A mail in its final words as the bytes that leave."""

import hashlib
import re
import textwrap
import unicodedata
from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engine.people import Mailbox
from engine.posts import Post, Section

WIDTH = 72
# A longer name is folded by Python's library without its quotes, and a comma in it then
# adds recipients.
LONGEST_NAME = 64
LONGEST_LINK = 48
# RFC 5322 3.4.1, without quotes, comments and domain literals.
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = re.compile(rf"{ATOM}(\.{ATOM})*@{ATOM}(\.{ATOM})*")
MESSAGE_ID = re.compile(r"<[!#-;=?A-~]+@[!#-;=?A-~]+>")
LINK = re.compile(r"(https?://|mailto:)\S+")
# A no-break space stays: it keeps together what belongs together.
SPACES = re.compile(" +")
# Control characters, lone surrogates and what Unicode breaks lines at.
BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


class PostError(ValueError):
    """A mail that cannot be composed; no address is in its message.

    Attributes:
        key: The outbox key of the mail.
        problem: What is wrong, and what would be right.
    """

    def __init__(self, *, key: str, problem: str) -> None:
        self.key = key
        self.problem = problem
        super().__init__(f"mail {key}: {problem}")


def compose(post: Post, calendar: bytes | None) -> bytes:
    """Return the complete message with CRLF, the same bytes for the same post.

    A calendar object goes along twice, as an alternative for clients that offer
    accept and decline (RFC 6047 2.4) and as a file for those that do not.

    Raises:
        PostError: If an address, link or id could not stand in a mail, or if the
            calendar object is not of the post's method.
    """
    _refuse_faults(post, calendar)
    message = EmailMessage(policy=SMTP)
    _add_headers(message, post)
    message.set_content(plain(post), cte="quoted-printable")
    message.add_alternative(html(post), subtype="html", cte="quoted-printable")
    if calendar is not None and post.method is not None:
        _add_calendar(message, calendar, post.method.upper())
    # Last, since adding parts moves what is named Content-something into the first.
    message["Content-Language"] = _header(post.language)
    multiparts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(multiparts):
        part.set_boundary(_boundary(post.boundary, number))
    return message.as_bytes()


def html(post: Post) -> str:
    """Return the HTML of the mail; every word of the post is escaped."""
    template = TEMPLATES.get_template("post.html.j2")
    return template.render(
        post=post, line=_line, lines=_lines, is_link=_is_link, link_text=_link_text
    )


def plain(post: Post) -> str:
    """Return the same words for a reader of plain text (RFC 3676 4.3: `-- `)."""
    blocks = [_line(post.programme), _wrapped(post.greeting)]
    for section in post.sections:
        blocks += _section(section)
    blocks += ["\n".join(_line(words) for words in post.sign_off)]
    blocks += [f"-- \n{_wrapped(post.footer)}"]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(section: Section) -> Iterator[str]:
    title = _wrapped(section.title)
    if title:
        yield f"{title}\n{'-' * max(map(len, title.splitlines()))}"
    yield from map(_wrapped, section.paragraphs)
    if section.details:
        yield _details(section.details)
    if section.button:
        label, url = section.button
        yield f"{_line(label)}: {url}"


def _details(details: tuple[tuple[str, str], ...]) -> str:
    """Return label and value in two columns; a long value goes on under itself."""
    rows = [(f"{_line(label)}:", value) for label, value in details]
    column = max(len(label) for label, _ in rows) + 2
    return "\n".join(
        _wrapped(value, first=label.ljust(column), rest=" " * column) or label
        for label, value in rows
    )


def _wrapped(text: str, *, first: str = "", rest: str = "") -> str:
    """Return the text in lines of at most the width, but with every link in one."""
    return "\n".join(
        textwrap.fill(
            row,
            WIDTH,
            initial_indent=rest if number else first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for number, row in enumerate(_lines(text))
    )


def _lines(text: str) -> list[str]:
    return [_line(row) for row in text.strip().splitlines()]


def _line(text: str) -> str:
    """Return the text as one line, each run of spaces and control characters one."""
    spaced = "".join(
        " " if unicodedata.category(character) in BREAKING else character
        for character in text
    )
    return SPACES.sub(" ", spaced).strip(" ")


def _is_link(text: str) -> bool:
    return LINK.fullmatch(text) is not None and _line(text) == text


def _link_text(url: str) -> str:
    """Return the address as it is shown; of a long one only where it leads."""
    shown = url.removeprefix("https://").removeprefix("mailto:")
    return shown if len(shown) <= LONGEST_LINK else f"{shown.partition('/')[0]}/…"


def _add_headers(message: EmailMessage, post: Post) -> None:
    message["From"] = _address(post.sender)
    message["To"] = _address(post.recipient)
    message["Reply-To"] = _address(post.reply_to)
    message["Subject"] = _header(post.subject)
    message["Date"] = post.date
    message["Message-ID"] = post.message_id
    # RFC 3834 5: so that no vacation notice answers it.
    message["Auto-Submitted"] = "auto-generated"


def _address(mailbox: Mailbox) -> Address:
    name = _header(mailbox.name)[:LONGEST_NAME].rstrip()
    return Address(display_name=name, addr_spec=mailbox.address)


def _header(text: str) -> str:
    """Return one line in which nothing looks encoded already.

    Python's library decodes what looks so (RFC 2047), line ends included, and writes it
    out raw.
    """
    return _line(text).replace("=?", "= ?")


def _add_calendar(message: EmailMessage, calendar: bytes, method: str) -> None:
    message.add_alternative(
        calendar,
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"charset": "utf-8", "method": method},
    )
    message.add_attachment(
        calendar,
        maintype="application",
        subtype="ics",
        cte="base64",
        filename="invite.ics",
        params={"name": "invite.ics"},
    )


def _boundary(seed: str, number: int) -> str:
    """Return a boundary that no quoted-printable or base64 line can equal."""
    digest = hashlib.sha256(f"{number} {seed}".encode()).hexdigest()
    return f"=_{digest[:32]}"


def _refuse_faults(post: Post, calendar: bytes | None) -> None:
    for fault, problem in _faults(post, calendar):
        if fault:
            raise PostError(key=post.key, problem=problem)


def _faults(post: Post, calendar: bytes | None) -> Iterator[tuple[bool, str]]:
    for role, mailbox in (
        ("sender", post.sender),
        ("reply-to", post.reply_to),
        ("recipient", post.recipient),
    ):
        wrong = not ADDRESS.fullmatch(mailbox.address)
        yield wrong, f"the {role} is no plain ASCII mail address; correct it"
    yield not MESSAGE_ID.fullmatch(post.message_id), "the message id is not <…@…>"
    yield post.date.utcoffset() is None, "the date has no time zone; give it one"
    yield (calendar is None) != (post.method is None), "method and calendar go together"
    if calendar is not None and post.method is not None:
        named = f"METHOD:{post.method.upper()}"
        missing = f"\r\n{named}\r\n".encode() not in calendar
        yield missing, f"the calendar object has no {named}"
    for section in post.sections:
        wrong = section.button is not None and not _is_link(section.button[1])
        yield wrong, "a button leads nowhere; give it an https:// or mailto: address"
