"""When evaluations, messages and the like open and close, and for whom."""

import datetime as dt
from zoneinfo import ZoneInfo

from engine.commands.decision import Decision
from engine.facts import Dissolved
from engine.timeline.model import Occurrence
from tests.fakes.cohorts import APPLIED, KICK_OFF, begun, recorded, small_files

WHEN_ENDED = "when: 3 days after each ended pair"
FOR_MENTEES = "for: mentees\n        when: 3 days after the 1st held conversation"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def shown(found: tuple[Occurrence, ...]) -> list[tuple[str, str]]:
    return [
        (
            f"{one.starts.astimezone(COPENHAGEN):%a %Y-%m-%d %H:%M}",
            f"{one.ends.astimezone(COPENHAGEN):%a %Y-%m-%d %H:%M}",
        )
        for one in found
    ]


def test_an_evaluation_of_each_of_a_series_asks_the_audience_of_that_one() -> None:
    live = recorded()

    found = live.standing.timeline.of("after-workshop")

    assert [(one.slot.series, len(one.slot.audience)) for one in found] == [
        ("workshop-1", 4),
        ("workshop-2", 2),
        ("workshop-3", 4),
    ]


def test_an_evaluation_opens_in_sending_hours_and_closes_with_a_working_day() -> None:
    live = recorded()

    found = live.standing.timeline.of("after-workshop")

    assert shown(found) == [
        ("Fri 2027-05-07 08:00", "Fri 2027-05-14 23:59"),
        ("Thu 2027-07-01 08:00", "Fri 2027-07-09 23:59"),
        ("Thu 2027-09-02 08:00", "Fri 2027-09-10 23:59"),
    ]


def test_what_is_counted_in_hours_from_a_morning_opens_the_same_day() -> None:
    live = recorded(
        small_files(
            {"starts: 13:00\n        lasts: 3": "starts: 09:00\n        lasts: 3"}
        )
    )

    (first, *_) = live.standing.timeline.of("after-workshop")

    assert shown((first,)) == [("Wed 2027-05-05 14:00", "Fri 2027-05-14 23:59")]


def test_an_evaluation_for_others_asks_them_and_not_the_audience() -> None:
    edit = {"open for: 10 days": "open for: 10 days\n        for: mentors"}

    live = recorded(small_files(edit))

    mentors = {live.person("ugle"), live.person("falk")}
    for one in live.standing.timeline.of("after-workshop"):
        assert set(one.slot.audience) == mentors


def test_a_message_is_sent_on_the_morning_of_its_day_to_its_roles() -> None:
    live = recorded()

    (one,) = live.standing.timeline.of("read-up")

    assert shown((one,)) == [("Wed 2027-02-24 08:00", "Wed 2027-02-24 08:00")]
    assert set(one.slot.audience) == {live.person("alk"), live.person("mejse")}


def test_a_window_that_would_close_in_a_break_closes_before_it() -> None:
    # Four weeks after 30 January is in the middle of week 7, which is a break.
    edit = {"open: 5 weeks before": "open: 37 days before", "1 week\n": "3 weeks\n"}

    live = recorded(small_files(edit))

    assert shown(live.standing.timeline.of("mentees")) == [
        ("Mon 2027-01-25 08:00", "Fri 2027-02-12 23:59")
    ]


def test_nothing_closes_before_it_opens() -> None:
    # The day after a Friday's workshop, and the day after that, are not working days.
    edit = {
        "on: Wednesday\n        until: a month": "on: Friday\n        until: a month",
        "open for: 10 days": "open for: 1 day",
        "matches:\n": "mail: {sent: every day 8-16}\nmatches:\n",
    }

    (first, *_) = recorded(small_files(edit)).standing.timeline.of("after-workshop")

    assert shown((first,)) == [("Sat 2027-05-01 08:00", "Sat 2027-05-01 09:00")]


def test_a_question_after_the_first_held_meeting_waits_for_it_match_by_match() -> None:
    live = begun()
    assert live.standing.timeline.of("good-start") == ()
    live.book("alk", KICK_OFF + dt.timedelta(days=7))
    live.until(KICK_OFF + dt.timedelta(days=8))

    live.met("conversation-2")

    (one,) = live.standing.timeline.of("good-start")
    assert (one.id, one.slot.match) == ("good-start-1", "pair-2")
    assert one.slot.audience == live.match_of("alk").people
    assert shown((one,)) == [("Mon 2027-03-15 08:00", "Wed 2027-03-24 23:59")]


def test_a_question_goes_away_when_the_meeting_was_not_held_after_all() -> None:
    live = begun()
    live.book("alk", KICK_OFF + dt.timedelta(days=7))
    live.until(KICK_OFF + dt.timedelta(days=8))
    live.met("conversation-2")

    live.met("conversation-2", held=False)

    assert live.standing.timeline.of("good-start") == ()


def test_only_those_whose_match_was_ended_are_asked_about_it() -> None:
    edit = {"when: 3 days after the 1st held conversation": WHEN_ENDED}
    live = recorded(small_files(edit))
    live.until(APPLIED + dt.timedelta(days=11))
    live.approve()
    live.confirm("ugle", agrees=False)
    live.confirm_all()
    live.until(KICK_OFF)
    assert live.standing.timeline.of("good-start") == ()
    members = live.match_of("mejse")

    live.do(lambda _standing: Decision(events=(Dissolved(match=members.id),)))

    (one,) = live.standing.timeline.of("good-start")
    assert (one.id, one.slot.match) == ("good-start-1", members.id)
    assert one.slot.audience == members.people
    assert shown((one,)) == [("Mon 2027-03-08 08:00", "Mon 2027-03-22 23:59")]


def test_of_a_match_only_those_are_asked_whom_the_evaluation_is_for() -> None:
    edit = {"when: 3 days after the 1st held conversation": FOR_MENTEES}
    live = recorded(small_files(edit))
    live.until(APPLIED + dt.timedelta(days=11))
    live.approve()
    live.confirm_all()
    live.until(KICK_OFF)
    live.book("alk", KICK_OFF + dt.timedelta(days=7))
    live.until(KICK_OFF + dt.timedelta(days=8))

    live.met("conversation-2")

    (one,) = live.standing.timeline.of("good-start")
    assert one.slot.audience == (live.person("alk"),)
