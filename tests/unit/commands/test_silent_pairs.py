"""Pairs that book nothing: asked again, told of, and left in peace at the end."""

import datetime as dt

from engine.commands.tasks import settle
from engine.facts import Lapsed, Settled
from tests.fakes.cohorts import CLOSING, KICK_OFF, begun

DAY = dt.timedelta(days=1)


def test_a_pair_that_books_nothing_is_reminded_and_then_a_task() -> None:
    live = begun()

    live.until(KICK_OFF + 20 * DAY)

    asked = [
        one.subject for one in live.posts("alk", "letter") if "book" in one.subject
    ]
    assert asked[:2] == [
        "Time to book: Conversation",
        "Reminder: Time to book: Conversation",
    ]
    wordings = {task.raised.wording for task in live.state.tasks.values()}
    assert "silent-match" in wordings
    (section,) = live.posts("coordinator", "letter")[-1].sections
    since, pair = section.details[2]
    assert (since, pair.splitlines()[0]) == (
        "Since 18 March",
        "No meeting booked: Ugle Fugl & Alk Fugl",
    )


def test_a_pair_that_was_silent_to_the_end_is_nothing_to_call_about_then() -> None:
    live = begun()

    live.until(CLOSING - DAY)
    live.do(lambda one: settle(one, task="silent-match/pair-2"))
    before = len(live.facts(Lapsed))
    live.until(CLOSING + 30 * DAY)

    assert len(live.facts(Lapsed)) > before
    assert "silent-match/pair-2" not in live.state.tasks


def test_booking_settles_the_task_about_a_silent_pair() -> None:
    live = begun()
    live.until(KICK_OFF + 16 * DAY)
    silent = [
        name for name, task in live.state.tasks.items() if task.raised.match == "pair-2"
    ]
    assert len(silent) == 1

    live.book("alk", live.now + 2 * DAY)

    assert live.facts(Settled)[-1].task == silent[0]
    assert not [
        one for one in live.state.tasks.values() if one.raised.match == "pair-2"
    ]


def test_the_mentor_is_never_asked_to_book() -> None:
    live = begun()

    live.until(KICK_OFF + 300 * DAY)

    assert not [one for one in live.posts("falk") if "book" in one.subject.lower()]
