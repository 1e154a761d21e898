"""Meetings of a match: booked, moved, held, or not held, and what follows."""

import datetime as dt

import pytest

from engine.commands.decision import RefusedError
from engine.facts import Booked, Met
from tests.fakes.cohort_mails import mails
from tests.fakes.cohorts import (
    FIRST_WORKSHOP,
    KICK_OFF,
    Live,
    begun,
    proposed,
    recorded,
    small_files,
)

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
TIME = dt.datetime(2027, 3, 10, 9, tzinfo=dt.UTC)


def booked() -> Live:
    live = begun()
    live.book("alk", TIME)
    return live


def test_booking_sends_an_invitation_to_both_at_once() -> None:
    live = booked()

    assert mails(live, "onversation") == [
        ("ugle", "invitation", "Booked: Conversation", 0),
        ("alk", "invitation", "Booked: Conversation", 0),
    ]
    sent = [one for one in live.messages() if "conversation" in one.key]
    assert {one.not_before for one in sent} == {live.now}
    assert {one.not_after for one in sent} == {TIME}


def test_a_booked_meeting_lasts_as_long_as_the_spec_says() -> None:
    live = booked()

    (event,) = live.facts(Booked)

    assert (event.starts, event.ends) == (TIME, TIME + dt.timedelta(minutes=90))
    assert live.standing.timeline.occurrences[event.occurrence].ends == event.ends


def test_moving_a_booked_meeting_updates_both_with_the_next_sequence() -> None:
    live = booked()
    uids = {
        post.entry.uid
        for post in live.posts()
        if "Booked" in post.subject and post.entry
    }

    live.book("alk", TIME + DAY)

    assert mails(live, "onversation")[2:] == [
        ("ugle", "update", "Changed: Conversation", 1),
        ("alk", "update", "Changed: Conversation", 1),
    ]
    assert {
        post.entry.uid
        for post in live.posts()
        if "Changed" in post.subject and post.entry
    } == uids
    assert len({one.occurrence for one in live.facts(Booked)}) == 1


def test_another_place_at_the_same_time_is_a_move_too() -> None:
    live = booked()

    live.book("alk", TIME, place="Café")

    assert [mail[1:] for mail in mails(live, "onversation")[2:]] == [
        ("update", "Changed: Conversation", 1)
    ] * 2
    moved = live.posts("ugle", "update")[-1].entry
    assert moved is not None
    assert moved.location == "Café"


def test_booking_the_same_again_changes_nothing() -> None:
    live = booked()
    live.book("alk", TIME, place="Café")
    before = live.history()

    live.book("alk", TIME, place="Café")

    assert live.history() == before


def test_where_a_match_meets_is_written_nowhere_among_the_facts() -> None:
    live = begun()

    live.book("alk", TIME, place="At her mother's house")

    assert "mother" not in repr(live.history())


@pytest.mark.parametrize("ago", [dt.timedelta(0), HOUR, 30 * DAY])
def test_a_time_that_has_passed_cannot_be_booked(ago: dt.timedelta) -> None:
    live = begun()

    with pytest.raises(RefusedError, match="that time has passed"):
        live.book("alk", live.now - ago)


def test_a_time_after_the_phase_cannot_be_booked() -> None:
    live = begun()

    with pytest.raises(RefusedError, match="meetings ends on 2027-12-01"):
        live.book("alk", dt.datetime(2027, 12, 2, 9, tzinfo=dt.UTC))


def test_a_time_after_the_last_of_the_meetings_cannot_be_booked() -> None:
    line = "until: {}closing\n        lasts: 90"
    early = {line.format(""): line.format("2 weeks before ")}
    live = recorded(small_files(early))
    live.until(KICK_OFF - 20 * DAY)
    live.approve()
    live.confirm_all()

    live.book("alk", dt.datetime(2027, 11, 17, 9, tzinfo=dt.UTC))

    with pytest.raises(RefusedError, match="conversation ends on 2027-11-17"):
        live.book("alk", dt.datetime(2027, 11, 18, 9, tzinfo=dt.UTC))


@pytest.mark.parametrize("minutes", [-89, 0, 179])
def test_a_time_at_which_one_of_them_is_invited_elsewhere_cannot_be_booked(
    minutes: int,
) -> None:
    live = begun()

    with pytest.raises(RefusedError, match="at that time there is workshop-1"):
        live.book("alk", FIRST_WORKSHOP + dt.timedelta(minutes=minutes))


@pytest.mark.parametrize("minutes", [-90, 180])
def test_a_meeting_may_end_when_a_workshop_begins_or_begin_when_one_ends(
    minutes: int,
) -> None:
    live = begun()

    live.book("alk", FIRST_WORKSHOP + dt.timedelta(minutes=minutes))

    assert len(live.facts(Booked)) == 1


def test_a_booked_meeting_may_move_by_less_than_its_length() -> None:
    live = booked()

    live.book("alk", TIME + HOUR)

    assert live.facts(Booked)[-1].starts == TIME + HOUR


def test_a_match_that_is_not_agreed_books_nothing() -> None:
    live = proposed()
    live.approve()

    with pytest.raises(RefusedError, match="pair-2 is no agreed match"):
        live.book("alk", TIME)


def test_when_a_meeting_is_over_the_next_one_is_booked() -> None:
    live = booked()
    live.until(TIME + 2 * HOUR)

    live.book("alk", TIME + 30 * DAY)

    assert len({one.occurrence for one in live.facts(Booked)}) == 2
    assert len(live.conversations("alk")) > 2
    assert mails(live, "onversation")[2:] == [
        ("ugle", "invitation", "Booked: Conversation", 0),
        ("alk", "invitation", "Booked: Conversation", 0),
    ]


def test_after_the_year_there_is_nothing_left_to_book() -> None:
    live = begun()
    live.until(dt.datetime(2027, 11, 28, 9, tzinfo=dt.UTC))
    live.book("alk", live.now + DAY)
    live.until(live.now + 5 * DAY)

    with pytest.raises(RefusedError, match="no meeting left to book"):
        live.book("alk", live.now + DAY)


def test_both_are_asked_on_the_next_morning_whether_they_met() -> None:
    live = booked()

    live.until(TIME + DAY)

    for id_ in ("ugle", "alk"):
        last = live.posts(id_, "letter")[-1]
        assert last.subject == "Conversation: did you meet?"
    assert not [one for one in live.posts("falk") if "did you meet" in one.subject]


def test_whether_they_met_is_the_last_word_that_was_said() -> None:
    live = booked()
    live.until(TIME + DAY)
    occurrence = live.facts(Booked)[0].occurrence

    for held in (True, True, False, True):
        live.met(occurrence, held=held)

    assert [one.held for one in live.facts(Met)] == [True, False, True]
    assert live.state.held[occurrence][0] is True


def test_nobody_is_asked_any_more_once_one_of_them_has_told() -> None:
    live = booked()
    live.until(TIME + HOUR)
    live.met(live.facts(Booked)[0].occurrence)

    live.until(TIME + 10 * DAY)

    assert not [post for post in live.posts() if "did you meet" in post.subject]


def test_what_is_not_booked_cannot_have_been_held() -> None:
    live = begun()

    with pytest.raises(RefusedError, match="no meeting conversation-1 is booked"):
        live.met("conversation-1")


@pytest.mark.parametrize("held", [False, True])
def test_nobody_can_tell_of_a_meeting_before_it_begins(*, held: bool) -> None:
    live = booked()
    live.until(TIME - HOUR)

    with pytest.raises(RefusedError) as refused:
        live.met(live.facts(Booked)[0].occurrence, held=held)

    assert refused.value.problem == "conversation-2 has not begun"


def test_whoever_did_not_meet_is_asked_to_book_again() -> None:
    live = booked()
    live.until(TIME + DAY)
    before = len(live.posts("alk", "letter"))

    live.met(live.facts(Booked)[0].occurrence, held=False)
    live.until(live.now + 2 * DAY)

    asked = [one.subject for one in live.posts("alk", "letter")[before:]]
    assert asked == ["Time to book: Conversation"]


def test_whoever_met_is_asked_to_book_when_the_next_window_opens() -> None:
    live = booked()
    live.until(TIME + DAY)
    live.met(live.facts(Booked)[0].occurrence)
    before = len(live.posts("alk", "letter"))

    live.until(dt.datetime(2027, 4, 7, 9, tzinfo=dt.UTC))

    asked = [
        (one.subject, one.date.date().isoformat())
        for one in live.posts("alk", "letter")[before:]
        if "book" in one.subject
    ]
    assert asked == [("Time to book: Conversation", "2027-04-07")]
