"""Somebody leaves: what is cancelled for them, and what their match comes to."""

import datetime as dt
from functools import partial

import pytest

from engine.commands.decision import RefusedError
from engine.commands.foreseeing import foresee
from engine.commands.leaving import drop as leave
from engine.commands.standing import stand
from engine.facts import Approved, Dissolved, Left, Raised, Settled
from engine.ids import MatchId
from engine.waiting import GONE_OVER
from tests.fakes.changes import cancelled, confirm_in_turn, drop, letters, told
from tests.fakes.cohort_files import PEOPLE, person
from tests.fakes.cohorts import (
    KICK_OFF,
    Live,
    begun,
    matched,
    recorded,
    small_files,
)

DAY = dt.timedelta(days=1)
BOOKED = KICK_OFF + 5 * DAY
PROPOSED = dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC)
CHANGES = {"matches:\n": "changes: {exit: without blame, rematch: 60 days}\nmatches:\n"}


def booked() -> Live:
    """Return the small cohort a day after its kick-off, one pair with a meeting."""
    live = begun()
    live.book("alk", BOOKED)
    return live


def test_who_leaves_takes_no_part_and_the_reason_stands_in_the_fact() -> None:
    live = booked()

    drop(live, "ugle", reason="illness")

    assert live.facts(Left) == (Left(person=live.person("ugle"), reason="illness"),)
    assert live.person("ugle") not in {one.person for one in live.record.participants}
    assert live.standing == stand(live.record)


def test_they_get_one_cancellation_of_each_thing_ahead_and_nobody_else_hears() -> None:
    live = booked()
    ahead = [
        one.told.occurrence
        for one in live.state.announced.values()
        if one.told.starts > live.now and live.person("ugle") in one.told.audience
    ]
    before = len(live.posts("mejse"))

    drop(live, "ugle")

    assert len(cancelled(live, "ugle")) == len(ahead) == len(set(ahead))
    assert len(live.posts("mejse")) == before
    for occurrence in ahead:
        one = told(live, occurrence)
        assert one.cancelled or live.person("ugle") in one.withdrawn


def test_the_meeting_of_a_pair_that_ends_is_cancelled_for_both() -> None:
    live = booked()

    drop(live, "ugle")

    assert told(live, "conversation-2").cancelled
    assert cancelled(live, "alk") == ["Cancelled: Conversation"]
    assert told(live, "workshop-1").audience == tuple(
        live.person(one) for one in ("falk", "alk", "mejse")
    )


def test_what_is_over_stays_as_it_was() -> None:
    live = booked()
    before = told(live, "kick-off-1")

    drop(live, "ugle")

    assert told(live, "kick-off-1") == before


def test_the_match_of_two_ends_and_is_a_task_with_its_day() -> None:
    live = recorded(small_files(CHANGES))
    live.until(PROPOSED)
    live.approve()
    confirm_in_turn(live)
    live.until(KICK_OFF + DAY)

    drop(live, "ugle")
    live.until(live.now + DAY)

    assert live.facts(Dissolved) == (Dissolved(match=MatchId("pair-2")),)
    (section,) = live.posts("coordinator", "letter")[-1].sections
    assert section.title == "A match has ended: Ugle Fugl & Alk Fugl"
    # Sixty days on is a Monday in a row of working days.
    assert section.details == (("By", "Monday 3 May 2027"),)


def test_each_is_written_to_kindly_and_apart_without_the_reason() -> None:
    live = booked()
    before = {id_: len(live.posts(id_, "letter")) for id_ in ("ugle", "alk", "falk")}

    drop(live, "ugle", reason="illness")
    live.until(live.now + 2 * DAY)

    assert letters(live, "ugle", before["ugle"]) == [
        ("Thank you for taking part in Relay",)
    ]
    assert letters(live, "alk", before["alk"])[0] == (
        "Ugle Fugl does not take part any more",
    )
    assert all(
        "Ugle" not in title
        for titles in letters(live, "falk", before["falk"])
        for title in titles
    )
    said = repr(live.posts("alk")) + repr(live.posts("coordinator"))
    assert "illness" not in said


def test_their_letter_tells_nothing_that_waited_and_says_why_they_get_it() -> None:
    live = matched()
    live.until(KICK_OFF - 7 * DAY)
    drop(live, "alk")

    live.until(KICK_OFF + 300 * DAY)

    last = live.posts("alk")[-1]
    assert [one.title for one in last.sections] == [
        "Thank you for taking part in Relay"
    ]
    assert last.footer.startswith("You get this because you took part in Relay.")
    assert last.feed is None


def test_whoever_goes_over_to_another_cohort_is_not_told_farewell() -> None:
    live = begun()
    who, before = live.person("ugle"), len(live.posts("ugle", "letter"))

    live.do(partial(leave, person=who, now=live.now, wording=GONE_OVER))
    live.until(live.now + 2 * DAY)

    assert letters(live, "ugle", before) == [("You go over to another cohort",)]


def test_their_row_in_the_file_does_not_bring_them_back_and_the_plan_says_so() -> None:
    live = booked()
    drop(live, "ugle")
    moved = [person("ugle", phone="+45 99"), *PEOPLE[1:]]

    plan = live.plan(small_files(people=moved))
    live.apply(small_files(people=moved))

    assert plan.left == (live.person("ugle"),)
    assert plan.joined == []
    assert live.state.enrolled[live.person("ugle")] == ()
    assert live.record.people[live.person("ugle")].phone == "+45 99"
    assert live.facts(Raised)[-1].wording != "row-missing"


def test_a_file_without_them_asks_nothing_any_more() -> None:
    live = booked()
    live.apply(small_files(people=PEOPLE[1:]))

    drop(live, "ugle")

    assert Settled(task=f"row-missing/{live.person('ugle')}") in live.facts(Settled)
    assert live.plan(small_files(people=PEOPLE[1:])).missing == ()


def test_who_is_left_is_matched_anew_and_the_others_stay_as_they_are() -> None:
    live = booked()
    spare = person("falk", values={"wishes": (), "capacity": 2})
    live.apply(small_files(people=(PEOPLE[0], spare, *PEOPLE[2:])))
    drop(live, "ugle")

    live.approve()

    assert live.match_of("alk").members == {
        "mentor": (live.person("falk"),),
        "mentee": (live.person("alk"),),
    }
    assert [one.match for one in live.facts(Approved)] == ["pair-1", "pair-2", "pair-3"]
    assert live.match_of("mejse").id == "pair-1"
    assert not [one for one in live.state.tasks if one.startswith("find-match")]


def test_a_letter_that_waits_while_its_reader_leaves_is_taken_back() -> None:
    live = begun()
    live.until(live.now + dt.timedelta(days=6))

    def fates(id_: str) -> dict[str, str]:
        who = live.person(id_)
        return {
            one.message.key: one.standing.status
            for one in live.memory.entries
            if one.message.recipient == who and one.message.kind == "letter"
        }

    waited = fates("alk")

    drop(live, "alk")
    live.until(live.now + dt.timedelta(days=6))

    (farewell,) = set(fates("alk")) - set(waited)
    assert {*waited.values()} == {"pending"}
    assert fates("alk") == {**dict.fromkeys(waited, "annihilated"), farewell: "pending"}
    assert {*fates("ugle").values()} == {"pending"}


def test_a_match_that_was_proposed_before_somebody_left_is_not_approved() -> None:
    live = recorded()
    live.until(PROPOSED)
    drop(live, "ugle")

    live.approve()

    gone = live.person("ugle")
    people = [who for one in live.state.matches.values() for who in one.people]
    assert gone not in people
    assert people


def test_a_match_that_is_not_agreed_ends_and_who_never_heard_of_it_hears_nothing() -> (
    None
):
    live = recorded()
    live.until(PROPOSED)
    live.approve()
    before = len(live.posts("alk"))

    drop(live, "ugle")
    live.until(live.now + 2 * DAY)

    assert live.facts(Dissolved) == (Dissolved(match=MatchId("pair-2")),)
    assert len(live.posts("alk")) == before


@pytest.mark.parametrize(
    ("id_", "reason", "problem"),
    [
        ("ugle", "too old", "'too old' is no reason here"),
        ("coordinator", "", "coordinator answers for the cohort"),
    ],
)
def test_what_cannot_be_is_refused(id_: str, reason: str, problem: str) -> None:
    live = booked()

    with pytest.raises(RefusedError) as refused:
        drop(live, id_, reason=reason)

    assert refused.value.problem == problem


def test_nobody_leaves_twice() -> None:
    live = booked()
    drop(live, "ugle")

    with pytest.raises(RefusedError, match="ugle takes no part"):
        drop(live, "ugle")


def test_the_reasons_are_the_programmes_own() -> None:
    live = recorded(
        small_files({"matches:\n": "changes: {reasons: [moved]}\nmatches:\n"})
    )

    drop(live, "ugle", reason="moved")

    assert live.facts(Left)[-1].reason == "moved"


def test_a_plan_of_it_tells_what_lies_ahead_and_nothing_that_is_over() -> None:
    live = booked()
    live.until(BOOKED + 30 * DAY)
    leaves = partial(leave, person=live.person("ugle"), now=live.now)

    plan = foresee(live.unit, live.cohort, leaves, now=live.now).plan

    sides = [one.was or one.now for one in plan.changes]
    assert [one for one in sides if one is None or one.ends <= live.now] == []
    assert "workshop-1" in {one.occurrence for one in plan.changes}
    assert plan.matches == ("pair-2",)
    assert "find-match/pair-2" in {one.task for one in plan.tasks}
