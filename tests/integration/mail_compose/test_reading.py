"""What a composed mail says, read back from its bytes."""

from dataclasses import replace

import pytest

from engine.people import Mailbox
from engine.posts import Post
from integrations.mail.compose import compose, plain
from integrations.mail.reading import Headers, headers_of, opening_of, text_of
from tests.integration.mail_compose.cases import CALENDAR, INVITATION, LETTER

LONG = "Påmindelse: " + "Læringsworkshop om ledelse under skiftende vinde, " * 3


@pytest.mark.parametrize("post", [LETTER, replace(LETTER, subject=LONG.strip())])
def test_headers_are_read_as_they_were_meant(post: Post) -> None:
    assert headers_of(compose(post, None)) == Headers(
        recipient=post.recipient.name, subject=post.subject, sent=post.date
    )


def test_who_has_no_name_is_told_by_address() -> None:
    post = replace(LETTER, recipient=Mailbox(name="", address="bo@example.org"))

    assert headers_of(compose(post, None)).recipient == "bo@example.org"


def test_the_words_are_those_of_the_plain_text() -> None:
    assert text_of(compose(LETTER, None)) == plain(LETTER).rstrip("\n")
    assert text_of(compose(INVITATION, CALENDAR)) == plain(INVITATION).rstrip("\n")


def test_a_mail_opens_with_what_follows_its_greeting_and_its_subject() -> None:
    section = replace(
        LETTER.sections[0],
        title=LONG.strip(),
        paragraphs=("First.", "Second."),
        details=(),
        button=("Do it", "https://example.org/1"),
    )
    post = replace(LETTER, subject=LONG.strip(), sections=(section,), sign_off=("Bye",))

    other = replace(post, subject="2 things")

    assert opening_of(compose(post, None), lines=3) == ("First.", "Second.", "Bye")
    first, *_ = opening_of(compose(other, None), lines=2)
    assert first.startswith("Påmindelse: Læringsworkshop")
