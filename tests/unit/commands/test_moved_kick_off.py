"""What follows where the cohort's own date moves, and what stays."""

import datetime as dt

import pytest

from engine.facts import Booked
from tests.fakes.cohort_mails import mails
from tests.fakes.cohorts import KICK_OFF, Live, begun, matched, small_files

DAY = dt.timedelta(days=1)
A_WEEK_LATER = {"2027-03-03 13:00": "2027-03-10 13:00"}
BEFORE = dt.datetime(2027, 2, 22, 9, tzinfo=dt.UTC)
TALK = dt.datetime(2027, 3, 18, 9, tzinfo=dt.UTC)
AFTER_EASTER = dt.datetime(2027, 3, 30, 8, tzinfo=dt.UTC)  # at ten, in summer time


def ahead() -> Live:
    """Return a cohort before its kick-off, in which one pair has booked."""
    live = matched()
    live.until(BEFORE)
    live.book("alk", TALK)
    live.renderer.posts.clear()
    return live


def test_a_plan_tells_which_dates_follow_a_kick_off_and_which_stay() -> None:
    live = ahead()
    dated = {"dates:\n": "dates:\n  workshop 2: 2027-06-30 13:00\n"}
    live.apply(small_files(cohort=dated))
    live.renderer.posts.clear()

    plan = live.plan(small_files(cohort=dated | A_WEEK_LATER))

    assert [(one.occurrence, one.told) for one in plan.moved] == [
        ("mentees-1", False),
        ("pair-matching-1", False),
        ("read-up-1", False),
        ("conversation-1", False),
        ("kick-off-1", True),
        ("workshop-1", True),
        ("after-workshop-1", False),
        ("workshop-3", True),
        ("after-workshop-3", False),
        ("handover-1", False),
        ("closing-1", True),
        ("final-1", False),
    ]
    assert [(one.occurrence, one.why) for one in plan.stays] == [
        ("conversation-2", "booked"),
        ("workshop-2", "dated in the file"),
    ]
    assert [one.occurrence for one in plan.moved if one.begun] == [
        "mentees-1",
        "pair-matching-1",
    ]
    assert (plan.new, plan.gone) == ((), ())


def test_a_booked_meeting_stays_where_a_kick_off_moves() -> None:
    live = ahead()

    live.apply(small_files(cohort=A_WEEK_LATER))

    assert mails(live, "Conversation") == []
    assert live.facts(Booked)[-1].starts == TALK


def test_a_booked_meeting_goes_along_when_asked_to_an_open_day() -> None:
    live = ahead()

    plan = live.apply(small_files(cohort=A_WEEK_LATER), move_booked=True)

    # A week later is Maundy Thursday.
    assert live.facts(Booked)[-1].starts == AFTER_EASTER
    assert mails(live, "onversation") == [
        ("ugle", "update", "Changed: Conversation", 1),
        ("alk", "update", "Changed: Conversation", 1),
    ]
    assert "conversation-2" in [one.occurrence for one in plan.moved]
    assert plan.stays == ()
    again = live.plan(small_files(cohort=A_WEEK_LATER), move_booked=True)
    assert again.empty


def test_a_booked_meeting_stays_where_its_people_are_asked_elsewhere() -> None:
    live = ahead()
    lunch = {
        "      - message: read-up\n": (
            "      - gathering: lunch\n        when: 20 days after kick-off\n"
            "        starts: 10:00\n        lasts: 2 hours\n"
            "      - message: read-up\n"
        )
    }
    live.apply(small_files(lunch))
    live.until(live.now + DAY)

    plan = live.apply(small_files(lunch, A_WEEK_LATER), move_booked=True)

    assert [(one.occurrence, one.why) for one in plan.stays] == [
        ("conversation-2", "booked")
    ]
    assert live.facts(Booked)[-1].starts == TALK


@pytest.mark.parametrize("file", [A_WEEK_LATER, {"2027-03-03": "2027-08-18"}])
def test_a_kick_off_that_is_over_moves_nothing_whatever_the_file_says(
    file: dict[str, str],
) -> None:
    live = begun()
    live.book("alk", live.now + 10 * DAY)
    live.renderer.posts.clear()

    plan = live.apply(small_files(cohort=file), move_booked=True)

    assert plan.changes == ()
    assert [(one.occurrence, one.starts, one.why) for one in plan.stays] == [
        ("kick-off-1", KICK_OFF, "it has begun")
    ]
    assert mails(live) == []
    assert live.plan(small_files(cohort=file)).empty


def test_a_cohort_that_is_postponed_by_months_is_postponed_whole() -> None:
    live = ahead()

    plan = live.apply(small_files(cohort={"2027-03-03": "2027-08-18"}))

    told = [one for one in plan.moved if one.told]
    assert [(one.occurrence, one.when.isoformat()) for one in told] == [
        ("kick-off-1", "2027-08-18T11:00:00+00:00"),
        ("workshop-1", "2027-10-13T11:00:00+00:00"),
        ("workshop-2", "2027-12-15T12:00:00+00:00"),
        ("workshop-3", "2028-02-23T12:00:00+00:00"),
        ("closing-1", "2028-05-17T11:00:00+00:00"),
    ]
    assert {(kind, sequence) for _, kind, _, sequence in mails(live)} == {("update", 1)}
    assert live.plan(small_files(cohort={"2027-03-03": "2027-08-18"})).empty
