"""Talks that were held or came to nothing: who is told, what is booked again."""

import datetime as dt

import pytest

from engine.facts import Booked, Lapsed, Raised, Settled
from tests.fakes.cohort_mails import mails
from tests.fakes.cohorts import KICK_OFF
from tests.fakes.talk_files import talk_files
from tests.fakes.talks import DAY, HOUR, TIME, begun, booked, mentor_of, talks, told


def test_a_talk_that_was_held_is_the_only_one() -> None:
    live = booked()
    live.until(TIME + DAY)

    live.met(live.facts(Booked)[0].occurrence)
    live.until(KICK_OFF + 80 * DAY)

    assert len(talks(live, "e0")) == 1
    assert len(told(live, "e0", "Time to book")) == 1


def test_of_a_talk_that_nobody_spoke_of_there_is_no_second_one() -> None:
    live = booked()

    live.until(KICK_OFF + 80 * DAY)

    assert len(talks(live, "e0")) == 1


def test_a_talk_that_was_not_held_is_booked_again() -> None:
    live = booked()
    live.until(TIME + DAY)

    live.met(live.facts(Booked)[0].occurrence, held=False)
    live.until(live.now + 2 * DAY)

    first, again = talks(live, "e0")
    assert (again.slot.ordinal, again.slot.series) == (2, first.slot.series)
    assert len(told(live, "e0", "Time to book")) == 2
    live.book("e0", TIME + 7 * DAY)
    assert [one.id for one in talks(live, "e0")] == [first.id, again.id]
    assert live.facts(Booked)[-1].occurrence == again.id


def test_whoever_books_is_told_of_a_decline_and_moves_the_talk() -> None:
    live = booked()
    talk = live.facts(Booked)[0].occurrence

    live.accept(talk, mentor_of(live, "e0"), "declined")
    live.until(live.now + DAY)
    asked = told(live, "e0", "Find another time")
    live.book("e0", TIME + 2 * DAY)

    mentor = live.record.people[live.person(mentor_of(live, "e0"))].name
    assert [text.partition(".")[0] for _, text in asked] == [
        f"Your talk with {mentor} was declined"
    ]
    assert [one.occurrence for one in live.facts(Booked)] == [talk, talk]
    assert [mail[:3] for mail in mails(live, "Talk")][2:] == [
        (mentor_of(live, "e0"), "update", "Changed: Talk"),
        ("e0", "update", "Changed: Talk"),
    ]


def test_a_talk_that_was_declined_and_never_moved_is_booked_again() -> None:
    live = booked()
    talk = live.facts(Booked)[0].occurrence
    live.accept(talk, mentor_of(live, "e0"), "declined")

    live.until(TIME + 5 * DAY)

    series = live.state.allocated[talk].series
    assert f"silent-match/{series}" in live.state.tasks
    first, again = talks(live, "e0")
    assert (first.id, first.starts, again.slot.ordinal) == (talk, TIME, 2)
    live.book("e0", live.now + DAY)
    assert f"silent-match/{series}" not in live.state.tasks
    assert live.facts(Booked)[-1].occurrence == again.id


def test_a_declined_talk_that_was_held_all_the_same_is_the_only_one() -> None:
    live = booked()
    talk = live.facts(Booked)[0].occurrence
    live.accept(talk, mentor_of(live, "e0"), "declined")
    live.until(TIME + 5 * DAY)

    live.met(talk)

    assert [one.id for one in talks(live, "e0")] == [talk]


@pytest.mark.parametrize("moved", [False, True])
def test_a_decline_of_another_time_or_taken_back_loses_no_talk(*, moved: bool) -> None:
    live = booked()
    talk, mentor = live.facts(Booked)[0].occurrence, mentor_of(live, "e0")
    live.accept(talk, mentor, "declined")
    if moved:
        live.book("e0", TIME + DAY)
    else:
        live.accept(talk, mentor)

    live.until(TIME + 5 * DAY)

    assert [one.id for one in talks(live, "e0")] == [talk]
    assert talk not in live.state.lapsed


def test_nobody_is_told_of_a_decline_that_was_taken_back_or_moved_away() -> None:
    live = booked()
    talk, mentor = live.facts(Booked)[0].occurrence, mentor_of(live, "e0")
    live.book("e1", TIME + 3 * HOUR)
    other, its_mentor = live.facts(Booked)[-1].occurrence, mentor_of(live, "e1")
    live.now = dt.datetime(2027, 3, 6, 9, tzinfo=dt.UTC)

    live.accept(talk, mentor, "declined")
    live.accept(other, its_mentor, "declined")
    live.accept(talk, mentor)
    live.book("e1", TIME + 5 * HOUR)
    live.until(live.now + 3 * DAY)

    assert told(live, "e0", "another time") == told(live, "e1", "another time") == []


def test_declining_a_gathering_asks_nobody_to_book() -> None:
    live = begun()

    live.accept("kick-off-1", "e0", "declined")
    live.until(live.now + 2 * DAY)

    assert not [post for post in live.posts() if "another time" in post.subject]


def test_a_silent_mentee_is_reminded_and_then_a_task_about_the_two() -> None:
    live = begun()

    live.until(KICK_OFF + 16 * DAY)

    series = talks(live, "e0")[0].slot.series
    assert [day for day, _ in told(live, "e0", "Time to book")][:2] == [
        "03-03",
        "03-08",
    ]
    raised = [one for one in live.facts(Raised) if one.wording == "silent-match"]
    assert f"silent-match/{series}" in {one.task for one in raised}
    assert len(raised) == len(live.facts(Lapsed)) == 6
    mentor = live.record.people[live.person(mentor_of(live, "e0"))].name
    live.until(KICK_OFF + 20 * DAY)
    (section,) = live.posts("coordinator", "letter")[-1].sections
    titles = {told.splitlines()[0] for _, told in section.details}
    assert f"No meeting booked: {mentor} & E0 Fugl" in titles


def test_after_a_window_that_lapsed_another_one_opens() -> None:
    live = begun()
    live.until(KICK_OFF + 16 * DAY)

    lapsed, again = talks(live, "e0")

    assert (lapsed.slot.ordinal, again.slot.ordinal) == (1, 2)
    assert again.starts > lapsed.ends


def test_booking_settles_the_task_about_this_mentee_and_no_other() -> None:
    live = begun()
    live.until(KICK_OFF + 16 * DAY)
    before = set(live.state.tasks)

    live.book("e0", live.now + 2 * DAY)

    series = talks(live, "e0")[0].slot.series
    assert live.facts(Settled)[-1].task == f"silent-match/{series}"
    assert before - set(live.state.tasks) == {f"silent-match/{series}"}


def test_a_talk_that_was_cancelled_is_booked_again() -> None:
    live = booked()
    talk = live.facts(Booked)[0].occurrence
    live.apply(talk_files({LINES: ""}))

    live.apply(talk_files())
    live.until(live.now + DAY)

    assert live.state.announced[talk].told.cancelled
    (again,) = talks(live, "e0")
    assert again.id not in {talk, *live.state.booked}
    # Its window is open again, and not the hour that was cancelled.
    assert again.ends - again.starts > 7 * DAY
    live.book("e0", TIME + DAY)
    assert live.facts(Booked)[-1].occurrence == again.id


LINES = """\
      - meeting: talk
        with: party
        first: within 14 days of kick-off
        times: 1
        one by one: mentee
        remind: [after 5 days]
        until: closing
        lasts: 90 minutes
        booked by: mentee
"""
