"""To whom a letter is, from whom, in which language, and what links it has."""

from dataclasses import replace

import pytest

from tests.fakes.cohorts import (
    KICK_OFF,
    PEOPLE,
    begun,
    matched,
    recorded,
    small_files,
)
from tests.unit.letters.test_letters import DAY, HOUR, letters


@pytest.mark.parametrize(
    ("id_", "wish"), [("alk", "Dear Alk"), ("coordinator", "Dear Camilla")]
)
def test_a_letter_greets_by_the_names_but_the_last(id_: str, wish: str) -> None:
    live = begun()

    assert letters(live, id_)[0].greeting == wish


def test_everybody_is_written_to_in_their_language_or_the_programmes_first() -> None:
    people = [
        replace(one, language={"alk": "da", "mejse": "nb"}.get(one.id, "en"))
        for one in PEOPLE
    ]
    live = recorded(small_files(people=people))

    live.until(live.now + HOUR)

    assert {
        id_: (live.posts(id_)[0].language, live.posts(id_)[0].programme)
        for id_ in ("ugle", "alk", "mejse")
    } == {"ugle": ("en", "Relay"), "alk": ("da", "Stafet"), "mejse": ("da", "Stafet")}


def test_replies_go_to_the_coordinator_or_to_the_mailbox_as_the_spec_says() -> None:
    both = [
        recorded(),
        recorded(small_files({"matches:\n": "mail: {reply to: mailbox}\nmatches:\n"})),
    ]
    for live in both:
        live.until(live.now + HOUR)

    assert [live.posts()[0].reply_to.address for live in both] == [
        "camilla@example.org",
        "relay@example.org",
    ]
    assert {live.posts()[0].sender.address for live in both} == {"relay@example.org"}


def test_a_personal_link_is_the_same_in_every_mail_and_another_for_everybody() -> None:
    live = matched()

    live.until(KICK_OFF + 10 * DAY)

    links = {
        id_: [
            section.button[1]
            for one in letters(live, id_)
            for section in one.sections
            if section.button and "/book/" in section.button[1]
        ]
        for id_ in ("alk", "mejse")
    }
    assert [len(found) for found in links.values()] == [2, 2]
    assert [len(set(found)) for found in links.values()] == [1, 1]
    assert not set(links["alk"]) & set(links["mejse"])
