"""What a mail holds, byte for byte, and what no word in it can do."""

import datetime as dt
import email.policy
import textwrap
import unicodedata
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.people import Mailbox
from engine.posts import Post, Section
from integrations.mail.compose import PostError, compose, html, plain
from tests.integration.mail_compose.cases import (
    CALENDAR,
    CASES,
    GOLDEN,
    INVITATION,
    LETTER,
    LINK,
)

HOSTILE = (
    "x\r\nBcc: spy@x.example",
    "x\n\nBody",
    "=?utf-8?q?x=0D=0ABcc:_spy=40x.example?=",
    "x\u2028Bcc: spy\x85\x0b\x0c\x00\x1b\ud800",
    '", spy@x.example, "',
    "Hansen, " * 20,
    "Hansen (a), <b@c.dk>; " * 6 + "Ærø",
    "<script>alert(1)</script>",
)
words = st.one_of(st.text(max_size=90), st.sampled_from(HOSTILE))
printable = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60
).filter(lambda text: "=?" not in text)


@st.composite
def posts(draw: st.DrawFn) -> Post:
    return replace(
        LETTER,
        sender=Mailbox(name=draw(words), address="svar@stafet.example"),
        reply_to=Mailbox(name=draw(words), address="maja@aarhus.example"),
        recipient=Mailbox(name=draw(words), address="soren@aarhus.example"),
        subject=draw(words),
        programme=draw(words),
        greeting=draw(words),
        sections=tuple(
            Section(
                title=draw(words),
                paragraphs=tuple(draw(st.lists(words, max_size=2))),
                details=tuple(draw(st.lists(st.tuples(words, words), max_size=2))),
                button=draw(st.none() | st.tuples(words, st.just(LINK))),
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
        sign_off=tuple(draw(st.lists(words, max_size=2))),
        footer=draw(words),
    )


def parsed(mail: bytes) -> EmailMessage:
    message = BytesParser(policy=email.policy.default).parsebytes(mail)
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk() if part.defects] == []
    return message


def tree(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def content(message: EmailMessage, kind: str) -> str:
    (part,) = (part for part in message.walk() if part.get_content_type() == kind)
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def spoken(mail: bytes, header: str) -> str:
    """Return a raw header decoded; newer readers of Python 3.11 add spaces to names."""
    message = BytesParser(policy=email.policy.compat32).parsebytes(mail)
    return str(make_header(decode_header(message[header].replace("\r\n", ""))))


@pytest.mark.parametrize("case", CASES)
def test_a_mail_has_the_bytes_of_its_golden_file(case: str) -> None:
    assert CASES[case]() == (GOLDEN / case).read_bytes()


def test_a_letter_is_the_same_words_twice() -> None:
    message = parsed(compose(LETTER, None))

    assert tree(message) == ["multipart/alternative", "text/plain", "text/html"]
    assert content(message, "text/plain") == plain(LETTER)
    assert content(message, "text/html") == html(LETTER)


def test_a_calendar_object_goes_along_as_alternative_and_as_file() -> None:
    message = parsed(compose(INVITATION, CALENDAR))

    assert tree(message) == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    parts = list(message.walk())[-2:]
    assert [part.get_payload(decode=True) for part in parts] == [CALENDAR, CALENDAR]
    assert [part["Content-Transfer-Encoding"] for part in parts] == ["base64"] * 2
    assert dict(parts[0]["Content-Type"].params) == {
        "charset": "utf-8",
        "method": "REQUEST",
    }
    assert parts[1].get_filename() == "invite.ics"


def test_the_boundaries_of_one_mail_differ_and_follow_from_its_seed() -> None:
    def boundaries(post: Post) -> list[str | None]:
        message = parsed(compose(post, CALENDAR))
        return [part.get_boundary() for part in message.walk() if part.is_multipart()]

    first, again = boundaries(INVITATION), boundaries(INVITATION)
    other = boundaries(replace(INVITATION, boundary="another"))

    assert first == again
    assert len({*first, *other}) == 4


@given(post=posts())
def test_the_same_post_has_the_same_bytes(post: Post) -> None:
    assert compose(post, None) == compose(post, None)


@given(post=posts())
def test_no_word_can_add_a_header_a_recipient_or_a_part(post: Post) -> None:
    mail = compose(post, None)

    message = parsed(mail)

    assert message.keys() == parsed(compose(LETTER, None)).keys()
    assert tree(message) == ["multipart/alternative", "text/plain", "text/html"]
    assert [
        address.addr_spec
        for header in ("From", "To", "Reply-To")
        for address in message[header].addresses
    ] == ["svar@stafet.example", "soren@aarhus.example", "maja@aarhus.example"]
    assert mail.replace(b"\r\n", b"").count(b"\r") == 0
    assert mail.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(map(len, mail.split(b"\r\n"))) < 998


def test_whatever_could_break_a_line_becomes_a_space_and_nothing_else_does() -> None:
    characters = [chr(point) for point in range(0x10000)]
    breaking = {"Cc", "Cs", "Zl", "Zp"}

    text = plain(replace(LETTER, programme="".join(f"a{c}b" for c in characters)))

    assert text.partition("\n")[0] == "".join(
        "a b" if unicodedata.category(c) in breaking else f"a{c}b" for c in characters
    )


@given(name=printable, subject=printable)
@example(name="Søren Ågård Hansen", subject="Møde på Ærø: æøå ÆØÅ – 🎉")
@example(name="Hansen, Bo (HR)", subject="x" * 200)
def test_names_and_subject_read_back_as_they_were_written(
    name: str, subject: str
) -> None:
    recipient = Mailbox(name=name, address="soren@aarhus.example")

    mail = compose(replace(LETTER, recipient=recipient, subject=subject), None)

    assert spoken(mail, "Subject").split() == subject.split()
    told = parseaddr(spoken(mail, "To"))[0] if name.isascii() else spoken(mail, "To")
    assert "".join(told.replace("<soren@aarhus.example>", "").split()) == "".join(
        name.split()
    )


@given(paragraph=st.text(max_size=400) | st.just("a-b " * 60 + LINK))
def test_plain_words_keep_to_the_width_and_no_word_is_broken(paragraph: str) -> None:
    section = Section(title="", paragraphs=(paragraph,))

    lines = plain(replace(LETTER, sections=(section,))).split("\n")

    assert [line for line in lines if len(line) > 72 and " " in line] == []
    if LINK in paragraph:
        assert LINK in lines


def test_a_button_stands_on_a_line_of_its_own_with_its_whole_address() -> None:
    assert f"Aftal den første samtale: {LINK}" in plain(LETTER).split("\n")


def test_details_stand_in_columns() -> None:
    link = LETTER.sections[0].details[2][1]

    expected = textwrap.dedent(
        f"""\
        Mentor:    Birgitte Nørgaard, direktør
        Afdeling:  Teknik og Miljø, Grøndalsvej 1, 8260 Viby J, indgang B, 3
        Online:    {link}
        """
    )

    assert expected in plain(LETTER)


def test_a_name_longer_than_a_line_is_cut_and_stays_one_recipient() -> None:
    recipient = Mailbox(name="Hansen, " * 20, address="soren@aarhus.example")

    message = parsed(compose(replace(LETTER, recipient=recipient), None))

    (address,) = message["To"].addresses
    assert address.display_name == ("Hansen, " * 8).strip()


@pytest.mark.parametrize(
    ("post", "calendar", "problem"),
    [
        (
            replace(
                LETTER, recipient=Mailbox(name="x", address="a@x.dk\r\nBcc: b@x.dk")
            ),
            None,
            "the recipient is no plain ASCII mail address; correct it",
        ),
        (
            replace(LETTER, sender=Mailbox(name="x", address="a@x.dk, b@x.dk")),
            None,
            "the sender is no plain ASCII mail address; correct it",
        ),
        (
            replace(LETTER, reply_to=Mailbox(name="x", address="bjørn@x.dk")),
            None,
            "the reply-to is no plain ASCII mail address; correct it",
        ),
        (
            replace(LETTER, message_id="<a@b>\r\nBcc: <b@x.dk>"),
            None,
            "the message id is not <…@…>",
        ),
        (
            replace(LETTER, date=dt.datetime(2027, 3, 1)),  # noqa: DTZ001
            None,
            "the date has no time zone; give it one",
        ),
        (LETTER, CALENDAR, "method and calendar go together"),
        (INVITATION, None, "method and calendar go together"),
        (
            replace(INVITATION, method="cancel"),
            CALENDAR,
            "the calendar object has no METHOD:CANCEL",
        ),
        (
            replace(
                LETTER,
                sections=(
                    Section(
                        title="", paragraphs=(), button=("x", "javascript:alert(1)")
                    ),
                ),
            ),
            None,
            "a link leads nowhere; give it an https:// or mailto: address",
        ),
    ],
)
def test_a_mail_that_could_do_harm_is_refused(
    post: Post, calendar: bytes | None, problem: str
) -> None:
    with pytest.raises(PostError) as refusal:
        compose(post, calendar)

    assert str(refusal.value) == f"mail aarhus-leadership/2027/match/p-12: {problem}"
