"""A pause whose end is known covers what begins before it, and nothing else."""

import datetime as dt
from functools import partial

import pytest

from engine.commands.decision import RefusedError
from engine.commands.moving import reschedule
from engine.commands.standing import stand
from engine.facts import Paused, Resumed
from engine.ids import OccurrenceId
from tests.fakes.changes import cancelled, drop, letters, pause, resume, told
from tests.fakes.cohorts import FIRST_WORKSHOP, KICK_OFF, Live, begun

DAY = dt.timedelta(days=1)
BEFORE, AFTER = FIRST_WORKSHOP - 5 * DAY, FIRST_WORKSHOP + 5 * DAY


def booked(day: int = 5) -> Live:
    """Return the small cohort a day after its kick-off, one pair with a meeting."""
    live = begun()
    live.book("alk", KICK_OFF + day * DAY)
    return live


def mails(live: Live, since: int, id_: str) -> list[tuple[str, str]]:
    """Return the kind and subject of each calendar mail to somebody since then."""
    return [
        (post.kind, post.subject.rpartition(": ")[2] or post.subject)
        for post in live.renderer.posts[since:]
        if live.record.people[post.person].id == id_ and post.entry is not None
    ]


def test_only_what_begins_before_the_end_is_taken_out_and_nothing_comes_again() -> None:
    live = booked()
    since = len(live.renderer.posts)

    pause(live, "ugle", until=BEFORE)
    gone = mails(live, since, "ugle")
    live.until(BEFORE + 3 * DAY)

    assert live.facts(Resumed) == (Resumed(person=live.person("ugle")),)
    assert gone == [("cancellation", "Conversation")]
    assert mails(live, since, "alk")[:1] == [("cancellation", "Conversation")]
    again = [one for one in mails(live, since, "ugle") if one not in gone]
    assert again == [("invitation", "Winds")]
    assert told(live, "workshop-1").sequence == 0
    assert told(live, "workshop-1").extra == {}
    assert live.standing == stand(live.record)


def test_what_is_missed_is_taken_out_and_what_comes_after_it_stays() -> None:
    live = booked()

    pause(live, "ugle", until=AFTER)

    assert sorted(one.rpartition(": ")[2] for one in cancelled(live, "ugle")) == [
        "Conversation",
        "Winds",
    ]


def test_a_meeting_booked_for_when_they_are_back_stays_and_can_still_be_moved() -> None:
    live = booked(day=30)
    since = len(live.renderer.posts)
    pause(live, "ugle", until=KICK_OFF + 20 * DAY)

    with pytest.raises(RefusedError, match="rests then"):
        live.book("alk", KICK_OFF + 15 * DAY)
    live.book("alk", KICK_OFF + 25 * DAY)

    assert mails(live, since, "alk") == [("update", "Conversation")]
    assert mails(live, since, "ugle") == [("update", "Conversation")]
    assert told(live, "conversation-2").audience == live.match_of("ugle").people


def test_who_is_back_earlier_gets_what_lies_between_and_nothing_else() -> None:
    live = booked()
    pause(live, "ugle", until=AFTER)
    live.until(live.now + 10 * DAY)
    since = len(live.renderer.posts)

    resume(live, "ugle")

    assert mails(live, since, "ugle") == [("invitation", "Winds")]


def test_an_end_that_moves_away_takes_out_what_lies_between() -> None:
    live = booked()
    pause(live, "ugle", until=BEFORE)
    live.until(live.now + 3 * DAY)
    since, count = len(live.renderer.posts), len(live.posts("ugle", "letter"))

    pause(live, "ugle", until=AFTER)
    live.until(AFTER - DAY)

    assert mails(live, since, "ugle") == [("cancellation", "Winds")]
    assert letters(live, "ugle", count) == [("Your pause in Relay has another end",)]
    assert live.facts(Resumed) == ()
    live.until(AFTER + 3 * DAY)
    assert live.facts(Resumed) == (Resumed(person=live.person("ugle")),)


def test_an_end_that_moves_nearer_brings_back_what_lies_between() -> None:
    live = booked()
    pause(live, "ugle", until=AFTER)
    since = len(live.renderer.posts)

    pause(live, "ugle", until=BEFORE)

    assert mails(live, since, "ugle") == [("invitation", "Winds")]
    assert [one.until for one in live.facts(Paused)] == [AFTER, BEFORE]


def test_an_end_that_moves_before_it_was_told_is_told_once() -> None:
    live = booked()
    count = len(live.posts("ugle", "letter"))
    pause(live, "ugle", until=BEFORE)
    pause(live, "ugle", until=AFTER)

    live.until(live.now + 3 * DAY)

    (letter,) = live.posts("ugle", "letter")[count:]
    (section,) = letter.sections
    assert section.title == "Your pause in Relay has begun"
    assert section.details == (("Back", "Monday 10 May 2027"),)


def test_the_partner_hears_of_another_end_where_it_takes_out_what_is_booked() -> None:
    live = booked(day=30)
    pause(live, "ugle", until=KICK_OFF + 20 * DAY)
    live.until(live.now + 3 * DAY)
    since, count = len(live.renderer.posts), len(live.posts("alk", "letter"))

    pause(live, "ugle", until=KICK_OFF + 25 * DAY)
    pause(live, "ugle", until=KICK_OFF + 40 * DAY)
    live.until(live.now + 3 * DAY)

    assert mails(live, since, "alk") == [("cancellation", "Conversation")]
    assert letters(live, "alk", count) == [("Ugle Fugl is away for a while",)]


def test_whoever_leaves_meanwhile_gives_up_what_comes_after_it_too() -> None:
    live = booked()
    pause(live, "ugle", until=AFTER)
    since = len(live.renderer.posts)

    drop(live, "ugle")

    assert sorted(mails(live, since, "ugle")) == [
        ("cancellation", "Balance"),
        ("cancellation", "Closing"),
    ]


def test_what_is_moved_into_a_pause_is_taken_out_for_who_is_away() -> None:
    live = booked()
    pause(live, "ugle", until=BEFORE)
    since = len(live.renderer.posts)
    moved = partial(
        reschedule,
        occurrence=OccurrenceId("workshop-1"),
        starts=FIRST_WORKSHOP - 14 * DAY,
        now=live.now,
    )

    live.do(moved)

    assert mails(live, since, "ugle") == [("cancellation", "Winds")]
    assert live.person("ugle") not in told(live, "workshop-1").audience
    assert live.standing == stand(live.record)


def test_who_is_away_until_that_day_already_is_told_what_to_do() -> None:
    live = booked()
    pause(live, "ugle", until=BEFORE)

    with pytest.raises(RefusedError) as refused:
        pause(live, "ugle", until=BEFORE)

    assert refused.value.problem == "ugle is away already"
