"""What is to be done around each occurrence, and when."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from engine.actions.due import next_action, next_due
from engine.actions.model import Action, Announce, Call, Lapse, Notify, Propose
from engine.ids import ActionId, OccurrenceId
from tests.fakes.cohorts import KICK_OFF, Live, begun, matched, recorded, small_files

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DAY = dt.timedelta(days=1)


def planned(live: Live, occurrence: str) -> list[tuple[str, str, str | None]]:
    """Return the steps around an occurrence: which, when, and till when of use."""
    return [
        (
            one.id.removeprefix(f"{occurrence}/"),
            shown(one.due),
            shown(one.useless_after) if one.useless_after else None,
        )
        for one in live.standing.planned
        if one.id.startswith(f"{occurrence}/")
    ]


def shown(instant: dt.datetime) -> str:
    return f"{instant.astimezone(COPENHAGEN):%a %Y-%m-%d %H:%M}"


def test_a_gathering_is_held_free_invited_to_and_attended() -> None:
    assert planned(recorded(), "workshop-1") == [
        ("hold", "Mon 2027-01-25 10:00", "Wed 2027-04-07 08:00"),
        ("invite", "Wed 2027-04-07 08:00", "Wed 2027-05-05 13:00"),
        # The day after it is Ascension Day.
        ("attendance", "Fri 2027-05-07 08:00", None),
    ]


def test_an_evaluation_opens_reminds_and_closes() -> None:
    assert planned(recorded(), "after-workshop-1") == [
        ("open", "Fri 2027-05-07 08:00", "Fri 2027-05-14 23:59"),
        ("remind-1", "Mon 2027-05-10 08:00", "Fri 2027-05-14 23:59"),
        ("remind-2", "Fri 2027-05-14 08:00", "Fri 2027-05-14 23:59"),
        # The Monday after it is Whit Monday.
        ("close", "Tue 2027-05-18 08:00", "Tue 2027-06-15 08:00"),
    ]


def test_there_is_no_reminder_after_the_end() -> None:
    late = {
        "remind: [after 3 days, after 7 days]": "remind: [after 3 days, after 2 weeks]"
    }

    steps = planned(recorded(small_files(late)), "after-workshop-1")

    assert [step for step, _, _ in steps] == ["open", "remind-1", "close"]


def test_a_nomination_opens_and_closes_for_the_coordinator() -> None:
    assert planned(recorded(), "mentees-1") == [
        ("open", "Wed 2027-01-27 08:00", "Wed 2027-02-03 23:59"),
        ("close", "Thu 2027-02-04 08:00", "Thu 2027-02-11 08:00"),
    ]


def test_a_message_is_of_no_use_a_week_late() -> None:
    assert planned(recorded(), "read-up-1") == [
        ("send", "Wed 2027-02-24 08:00", "Wed 2027-03-03 08:00")
    ]


def test_whoever_books_is_asked_reminded_and_called_about() -> None:
    assert planned(matched(), "conversation-2") == [
        ("ask", "Wed 2027-03-03 08:00", "Wed 2027-03-17 23:59"),
        ("remind-1", "Mon 2027-03-08 08:00", "Wed 2027-03-17 23:59"),
        ("silent", "Thu 2027-03-18 08:00", None),
    ]


def test_of_a_booked_meeting_only_whether_it_was_held_is_asked() -> None:
    live = begun()

    live.book("alk", dt.datetime(2027, 3, 19, 14, tzinfo=dt.UTC))  # a Friday, late

    undone = [step for step in planned(live, "conversation-2") if step[0] != "ask"]
    assert undone == [("met", "Mon 2027-03-22 08:00", "Mon 2027-03-29 09:00")]


def test_a_meeting_that_was_told_of_asks_nothing_more() -> None:
    live = begun()
    live.book("alk", dt.datetime(2027, 3, 19, 9, tzinfo=dt.UTC))
    live.now = dt.datetime(2027, 3, 19, 11, tzinfo=dt.UTC)
    live.met("conversation-2")

    assert planned(live, "conversation-2") == []


def test_before_a_match_is_agreed_nobody_is_asked_to_book() -> None:
    live = recorded()
    live.until(KICK_OFF)
    live.approve()

    assert planned(live, "conversation-1") == []
    assert OccurrenceId("conversation-1") in live.state.allocated


def test_what_is_counted_before_moves_to_the_working_day_before_a_closed_one() -> None:
    # Sixteen days before the kick-off is a Monday in week 7, which is a break.
    edit = {
        "hold the date: at once\n        invite: 4 weeks before": (
            "invite: 16 days before"
        )
    }

    steps = planned(recorded(small_files(edit)), "kick-off-1")

    assert steps[0] == ("invite", "Fri 2027-02-12 08:00", "Wed 2027-03-03 13:00")


def test_what_is_counted_after_moves_to_the_working_day_after_a_closed_one() -> None:
    edit = {"remind: [after 3 days, after 7 days]": "remind: [after 2 days]"}

    steps = planned(recorded(small_files(edit)), "after-workshop-1")

    # Two days after a Friday is a Sunday.
    assert steps[1][:2] == ("remind-1", "Mon 2027-05-10 08:00")


def test_what_is_counted_in_hours_leaves_in_sending_hours() -> None:
    edit = {
        "remind: [after 3 days, after 7 days]": "remind: [after 6 hours, after 9 hours]"
    }

    steps = planned(recorded(small_files(edit)), "after-workshop-1")

    assert [due for _, due, _ in steps[1:3]] == [
        "Fri 2027-05-07 14:00",
        "Mon 2027-05-10 08:00",
    ]


def test_a_date_may_be_held_from_a_day_on() -> None:
    at_once = "lasts: 4 hours\n        hold the date: at once"
    edit = {at_once: "lasts: 4 hours\n        hold the date: 10 weeks before"}

    steps = planned(recorded(small_files(edit)), "closing-1")

    assert steps[0] == ("hold", "Wed 2027-09-22 08:00", "Wed 2027-11-03 08:00")


def test_what_a_cancelled_gathering_was_to_do_is_not_planned() -> None:
    live = recorded()
    live.until(live.now + DAY)

    live.apply(small_files({"a month before closing": "4 months before closing"}))

    assert planned(live, "workshop-3") == []
    assert planned(live, "workshop-2") != []


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("workshop-1/hold", Announce),
        ("workshop-1/attendance", Call),
        ("after-workshop-1/open", Notify),
        ("pair-matching-1/propose", Propose),
        ("conversation-2/silent", Lapse),
    ],
)
def test_each_step_comes_to_one_kind_of_thing(
    action: str, kind: type[Announce | Call | Notify | Propose | Lapse]
) -> None:
    (found,) = [one for one in matched().standing.planned if one.id == action]

    assert isinstance(found.effect, kind)


def test_every_action_is_planned_once_in_the_order_of_its_moments() -> None:
    for live in (recorded(), matched(), begun()):
        steps = live.standing.planned

        assert len({one.id for one in steps}) == len(steps)
        assert [one.due for one in steps] == sorted(one.due for one in steps)
        assert {one.due.tzinfo for one in steps} == {dt.UTC}


def test_the_next_action_is_the_first_that_is_due() -> None:
    def action(name: str, days: int) -> Action:
        return Action(
            id=ActionId(name),
            due=KICK_OFF + days * DAY,
            phase="",
            activity="",
            effect=Propose(kind="pair"),
        )

    late, later, ahead = action("a", -3), action("b", 0), action("c", 1)

    assert next_action((late, later, ahead), now=KICK_OFF) == late
    assert next_action((ahead, later), now=KICK_OFF) == later
    assert next_action((ahead,), now=KICK_OFF) is None
    assert next_due((later, late, ahead)) == late.due
    assert next_due(()) is None
