"""A mail in its final words as the bytes that leave."""

import hashlib
import re
import textwrap
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Iterator
from email import policy
from email.headerregistry import Address
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engine.people import Mailbox
from engine.posts import Post, Section
from integrations.mail.layout import INVITATION, LETTER

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
# Spaces, control characters, lone surrogates and what Unicode breaks lines at (Cc, Cs,
# Zl, Zp). A no-break space stays: it keeps together what belongs together.
SPACES = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    auto_reload=False,
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
    whole, within = (_boundary(post.boundary, number) for number in range(2))
    mail = (LETTER if calendar is None else INVITATION).format(
        sender=_header("From", post.sender),
        recipient=_header("To", post.recipient),
        reply_to=_header("Reply-To", post.reply_to),
        subject=_header("Subject", post.subject),
        date=format_datetime(post.date),
        message_id=post.message_id,
        language=_header("Content-Language", post.language),
        whole=whole,
        words=whole if calendar is None else within,
        plain=_quoted(plain(post)),
        html=_quoted(html(post)),
        method=(post.method or "").upper(),
        calendar=encodebytes(calendar or b"").decode(),
    )
    return mail.replace("\n", "\r\n").encode("ascii")


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
    for link in filter(None, (post.feed, post.call)):
        blocks.append(f"{_line(link[0])}:\n{link[1]}")
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
    rows = [(f"{_line(label)}:" if label else "", value) for label, value in details]
    column = max(len(label) for label, _ in rows) + 2
    return "\n".join(
        _wrapped(value, first=label.ljust(column), rest=" " * column) or label
        for label, value in rows
    )


def _wrapped(text: str, *, first: str = "", rest: str = "") -> str:
    """Return the text in lines of at most the width, but with every link in one."""
    return "\n".join(
        _filled(row, first=rest if number else first, rest=rest)
        for number, row in enumerate(_lines(text))
    )


def _filled(row: str, *, first: str, rest: str) -> str:
    if row and len(first) + len(row) <= WIDTH:
        return first + row
    return textwrap.fill(
        row,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _lines(text: str) -> list[str]:
    return [_line(row) for row in text.strip().splitlines()]


def _line(text: str) -> str:
    """Return the text as one line, each run of spaces and control characters one."""
    return SPACES.sub(" ", text).strip(" ")


def _is_link(text: str) -> bool:
    return LINK.fullmatch(text) is not None and _line(text) == text


def _link_text(url: str) -> str:
    """Return the address as it is shown; of a long one only where it leads."""
    shown = url.removeprefix("https://").removeprefix("mailto:")
    return shown if len(shown) <= LONGEST_LINK else f"{shown.partition('/')[0]}/…"


@lru_cache(maxsize=1024)
def _header(name: str, value: str | Mailbox) -> str:
    """Return a header of our words; kept, since most of them come again."""
    if isinstance(value, Mailbox):
        return _folded(name, _address(value))
    return _folded(name, _unencoded(value))


def _folded(name: str, value: str | Address) -> str:
    """Return the header as Python's library encodes and folds it, which is slow."""
    return str(policy.default.fold(*policy.default.header_store_parse(name, value)))


def _address(mailbox: Mailbox) -> Address:
    name = _unencoded(mailbox.name)[:LONGEST_NAME].rstrip()
    return Address(display_name=name, addr_spec=mailbox.address)


def _unencoded(text: str) -> str:
    """Return one line in which nothing looks encoded already.

    Python's library decodes what looks so (RFC 2047), line ends included, and writes it
    out raw.
    """
    return _line(text).replace("=?", "= ?")


def _quoted(text: str) -> str:
    """Return the text quoted-printable (RFC 2045 6.7)."""
    return b2a_qp(text.encode(), istext=True).decode()


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
    for link in (post.feed, post.call, *(section.button for section in post.sections)):
        wrong = link is not None and not _is_link(link[1])
        yield wrong, "a link leads nowhere; give it an https:// or mailto: address"
