"""Texts with placeholders, and what each notice says, and does not say."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.letters.outgoing import first_name
from engine.letters.texts import Words, fill, flatten, inline, placeholders
from engine.posts import Post
from engine.spec.model import LANGUAGES
from integrations.spec_files import built_in_texts
from tests.fakes.cohorts import CLOSING, KICK_OFF, PEOPLE, Live, begun

DAY = dt.timedelta(days=1)


def letter(live: Live, id_: str, title: str) -> Post:
    return next(
        post
        for post in reversed(live.posts(id_, "letter"))
        if title in [section.title for section in post.sections]
    )


def details(live: Live, id_: str, title: str) -> dict[str, str]:
    """Return the details of one thing that somebody was told."""
    post = letter(live, id_, title)
    return dict(next(one.details for one in post.sections if one.title == title))


def everything(post: Post) -> str:
    return repr((post.subject, post.greeting, post.sections, post.footer, post.entry))


@given(name=st.text(), rest=st.text())
def test_what_is_filled_in_is_not_looked_at_again(name: str, rest: str) -> None:
    values = {"name": name, "rest": rest}

    assert fill("<{name}|{rest}>", values) == f"<{name}|{rest}>"


def test_a_name_with_braces_stays_a_name() -> None:
    assert fill("Dear {name}", {"name": "{email}", "email": "x"}) == "Dear {email}"


def test_a_placeholder_without_a_value_is_our_own_fault() -> None:
    with pytest.raises(KeyError):
        fill("Dear {nobody}", {"name": "Anna"})


def test_the_placeholders_of_a_text_are_found_in_order() -> None:
    assert placeholders("{b} and {a}, {b}, {Not} { this }") == ("b", "a", "b")


def test_texts_of_a_catalogue_are_named_by_their_way_there() -> None:
    nested = {"hold": {"title": "Hold {x} ", "text": "T"}, "greeting": "Hi"}

    assert dict(flatten(nested)) == {
        "hold.title": "Hold {x}",
        "hold.text": "T",
        "greeting": "Hi",
    }


@pytest.mark.parametrize(
    ("title", "within"),
    [("Mentor meeting", "mentor meeting"), ("MUS", "MUS"), ("", ""), ("A", "A")],
)
def test_a_title_within_a_sentence_keeps_the_capitals_of_initials(
    title: str, within: str
) -> None:
    assert inline(title) == within


@pytest.mark.parametrize(
    ("name", "first"),
    [("Anna Ahorn", "Anna"), ("Anna Maria Ahorn", "Anna Maria"), ("Anna", "Anna")],
)
def test_people_are_greeted_by_all_names_but_the_last(name: str, first: str) -> None:
    assert first_name(name) == first


@pytest.mark.parametrize(
    ("language", "date", "times", "number"),
    [
        (
            "da",
            "onsdag 17. november 2027",
            "onsdag 17. november 2027 kl. 13.00-16.00",
            "4,3",
        ),
        (
            "en",
            "Wednesday 17 November 2027",
            "Wednesday 17 November 2027, 13:00 to 16:00",
            "4.3",
        ),
        (
            "nb",
            "onsdag 17. november 2027",
            "onsdag 17. november 2027 kl. 13:00–16:00",
            "4,3",
        ),
    ],
)
def test_dates_and_numbers_are_written_as_people_of_a_language_do(
    language: str, date: str, times: str, number: str
) -> None:
    words = Words(language=language, texts=built_in_texts()[language])
    starts = dt.datetime(2027, 11, 17, 13, tzinfo=dt.UTC)

    assert words.date(starts) == date
    assert words.times(starts, starts + dt.timedelta(hours=3)) == times
    assert words.number(13 / 3) == number


def test_mails_can_be_written_in_every_language_of_the_spec() -> None:
    assert set(built_in_texts()) == set(LANGUAGES)


def test_every_language_has_the_same_texts_with_the_same_placeholders() -> None:
    said = {
        language: {name: sorted(placeholders(text)) for name, text in texts.items()}
        for language, texts in built_in_texts().items()
    }

    assert said == dict.fromkeys(said, said["en"])


def test_a_message_of_the_spec_is_filled_for_each_reader() -> None:
    live = begun()

    (section,) = letter(live, "alk", "Read up").sections

    assert section.paragraphs == ("Read, Alk.",)
    assert section.button is None


def test_before_both_have_agreed_only_who_it_is_is_told() -> None:
    live = begun()

    shown = details(live, "ugle", "Do you say yes to this match?")

    assert shown == {"With": "Alk Fugl", "Department": "Teknik"}


def test_after_both_have_agreed_how_to_reach_each_other_is_told() -> None:
    live = begun()

    shown = details(live, "ugle", "You are matched with Alk Fugl")

    assert shown == {
        "With": "Alk Fugl",
        "Department": "Teknik",
        "Email": "alk@example.org",
        "Phone": "+45 3",
    }


def test_nobody_is_told_the_address_of_anybody_but_their_match() -> None:
    live = begun()
    live.book("alk", KICK_OFF + 5 * DAY)
    live.until(KICK_OFF + 300 * DAY)
    partners = {"ugle": "alk", "alk": "ugle", "falk": "mejse", "mejse": "falk"}

    for one in PEOPLE:
        allowed = {one.id, partners[one.id]}
        said = "".join(everything(post) for post in live.posts(one.id))
        named = set(re.findall(r"(\w+)@example\.org", said)) & set(partners)
        assert named == allowed


def test_the_coordinator_is_told_no_answer_while_there_are_too_few() -> None:
    live = begun()
    live.until(CLOSING + 2 * DAY)
    live.answer("final-1", "alk", goals=1, change="Canary")
    live.answer("final-1", "ugle", goals=2, change="Canary")

    live.until(CLOSING + 30 * DAY)

    post = letter(live, "coordinator", "Answers are in: Final")
    assert "2 of 4 have answered." in everything(post)
    assert details(live, "coordinator", "Answers are in: Final") == {
        "Answers": "Fewer than 3 answers: nothing is shown."
    }
    assert "Canary" not in "".join(everything(one) for one in live.posts())


def test_the_coordinator_is_told_the_answers_once_there_are_enough() -> None:
    live = begun()
    live.until(CLOSING + 2 * DAY)
    for id_, goals in (("alk", 5), ("ugle", 4), ("mejse", 4)):
        live.answer("final-1", id_, goals=goals, change=f"More of {goals}")

    live.until(CLOSING + 30 * DAY)

    section = letter(live, "coordinator", "Answers are in: Final").sections[-1]
    assert section.details == (
        ("Clear goals?", "4.3 of 5 on average"),
        ("What to change?", "“More of 4”"),
        ("", "“More of 4”"),
        ("", "“More of 5”"),
    )


def test_an_anonymous_evaluation_promises_so() -> None:
    live = begun()
    live.until(CLOSING + 2 * DAY)

    (section,) = letter(live, "alk", "Final: your opinion").sections

    assert section.paragraphs[-1] == (
        "Nobody can see who wrote what, and nothing is shown before at least 3 people "
        "have answered."
    )


def test_a_reminder_says_so_and_carries_the_same_link() -> None:
    live = begun()
    live.until(dt.datetime(2027, 5, 15, 9, tzinfo=dt.UTC))

    first = letter(live, "alk", "After workshop: your opinion")
    again = letter(live, "alk", "Reminder: After workshop: your opinion")

    assert first.sections[0].button == again.sections[0].button
    assert details(live, "alk", "After workshop: your opinion") == {
        "About": "Workshop: Winds",
        "Answer by": "Friday 14 May 2027",
    }
