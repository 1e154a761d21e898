"""What is due is done once, late or in time, and nobody is invited into the past."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands.advance import advance, decide, due_action, perform
from engine.commands.decision import NOTHING, RefusedError
from engine.facts import Done
from engine.ids import ActionId, CohortId
from tests.fakes.cohorts import (
    APPLIED,
    FIRST_WORKSHOP,
    KICK_OFF,
    PROGRAMME,
    SMALL,
    Live,
    begun,
    matched,
    proposed,
    recorded,
    small_files,
)

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
WITHOUT_THE_MESSAGE = small_files(
    {
        PROGRAMME[
            PROGRAMME.index("      - message: read-up") : PROGRAMME.index(
                "  - phase: kick-off"
            )
        ]: ""
    }
)


def done(live: Live) -> list[ActionId]:
    return [one.action for one in live.facts(Done)]


def outcome(live: Live, action: str) -> str | None:
    return live.state.done.get(ActionId(action))


def test_what_is_done_is_not_done_again() -> None:
    live = recorded()
    live.until(APPLIED + 10 * DAY)
    before = live.history()

    again = advance(live.unit, live.cohort, now=live.now)

    assert again == ()
    assert live.history() == before


def test_an_action_that_somebody_else_has_just_done_comes_to_nothing() -> None:
    live = recorded()
    action = due_action(live.unit, live.cohort, now=live.now)
    assert action is not None
    perform(live.unit, live.cohort, action.id, now=live.now)
    before = live.history()

    perform(live.unit, live.cohort, action.id, now=live.now)

    assert live.history() == before


def test_an_action_that_is_not_due_yet_comes_to_nothing() -> None:
    live = recorded()
    invite = ActionId("kick-off-1/invite")

    assert decide(live.standing, invite, now=live.now) is NOTHING
    assert decide(live.standing, ActionId("nothing"), now=live.now) is NOTHING


def test_a_clock_that_is_set_back_does_nothing_again() -> None:
    live = recorded()
    live.until(APPLIED + 10 * DAY)
    before = live.history()

    advance(live.unit, live.cohort, now=live.now - 2 * HOUR)

    assert live.history() == before


def test_a_whole_year_does_each_of_its_actions_once() -> None:
    live = begun()

    live.until(KICK_OFF + 400 * DAY)

    assert max(Counter(done(live)).values()) == 1
    assert {one.id for one in live.standing.planned} <= set(done(live))
    assert live.standing.actions == ()
    assert live.unit.store.next_due(live.cohort) is None


def test_every_message_has_a_key_and_an_id_of_its_own() -> None:
    live = begun()

    live.until(KICK_OFF + 400 * DAY)

    messages = live.messages()
    assert len({one.key for one in messages}) == len(messages)
    assert len({one.message_id for one in messages}) == len(messages)
    assert [one.payload.decode() for one in messages] == [one.key for one in messages]


def test_the_same_year_is_the_same_to_the_byte() -> None:
    years = [recorded(), recorded()]

    for live in years:
        live.until(KICK_OFF + 100 * DAY)

    assert years[0].history() == years[1].history()
    assert years[0].messages() == years[1].messages()
    assert years[0].posts() == years[1].posts()


def test_an_action_missed_during_an_outage_is_still_done_once() -> None:
    live = recorded()

    performed = live.outage(KICK_OFF - 20 * DAY)

    assert performed.count(ActionId("kick-off-1/invite")) == 1
    invited = [post for post in live.posts() if post.subject.startswith("Invitation")]
    assert len(invited) == 4


def test_a_date_is_not_held_any_more_once_it_is_time_to_invite() -> None:
    live = recorded()

    live.outage(KICK_OFF - 20 * DAY)

    assert outcome(live, "kick-off-1/hold") == "skipped"
    assert outcome(live, "kick-off-1/invite") == "done"
    assert outcome(live, "closing-1/hold") == "done"


@pytest.mark.parametrize("late", [dt.timedelta(0), HOUR, DAY, 60 * DAY])
def test_nobody_is_invited_to_what_has_begun(late: dt.timedelta) -> None:
    live = recorded()

    live.outage(KICK_OFF + late)

    assert outcome(live, "kick-off-1/invite") == "skipped"
    told = {post.subject for post in live.posts()}
    assert not [one for one in told if "Kick off" in one and "who came" not in one]


def test_an_invitation_may_come_at_the_last_minute() -> None:
    live = recorded()

    live.outage(KICK_OFF - dt.timedelta(minutes=1))

    invited = [one for one in live.messages() if "kick-off-1" in one.key]
    assert len(invited) == 4
    assert {one.not_before for one in invited} == {live.now}
    assert {one.not_after for one in invited} == {KICK_OFF}


def test_an_invitation_at_night_waits_for_the_morning() -> None:
    live = recorded()
    night = dt.datetime(2027, 2, 5, 22, tzinfo=dt.UTC)  # a Friday

    live.outage(night)

    invited = [one for one in live.messages() if "kick-off-1" in one.key]
    assert {one.not_before for one in invited} == {
        dt.datetime(2027, 2, 8, 7, tzinfo=dt.UTC)
    }


def test_an_evaluation_that_was_over_before_it_opened_asks_nobody() -> None:
    live = recorded()
    live.until(FIRST_WORKSHOP - DAY)

    live.outage(FIRST_WORKSHOP + 30 * DAY)

    assert outcome(live, "after-workshop-1/open") == "skipped"
    assert outcome(live, "after-workshop-1/remind-1") == "skipped"
    assert not [post for post in live.posts() if "your opinion" in post.subject]


def test_after_an_outage_everybody_gets_one_letter_at_the_most() -> None:
    live = matched()
    before = len(live.posts())

    live.outage(KICK_OFF + 90 * DAY)

    letters = Counter(
        post.person for post in live.posts()[before:] if post.kind == "letter"
    )
    assert set(letters.values()) == {1}


@settings(max_examples=25)
@given(
    gaps=st.lists(st.integers(1, 24 * 60), min_size=1, max_size=12),
    before=st.integers(0, 60),
)
def test_whenever_the_service_is_down_each_action_is_decided_once(
    gaps: list[int], before: int
) -> None:
    live = matched()
    live.until(live.now + before * DAY)
    begun_already = {
        id_ for id_, one in live.state.announced.items() if one.told.starts <= live.now
    }

    for gap in gaps:
        live.outage(live.now + gap * HOUR)
        for message in live.messages():
            if message.not_after is not None and message.kind != "letter":
                assert message.not_before <= message.not_after

    assert max(Counter(done(live)).values()) == 1
    assert not [one for one in live.standing.actions if one.due <= live.now]
    late = [
        post
        for post in live.posts()
        if post.entry is not None and post.entry.starts <= post.date
    ]
    assert late == []
    assert begun_already <= set(live.state.announced)


def test_a_cohort_that_is_not_recorded_is_refused() -> None:
    live = recorded()

    with pytest.raises(RefusedError) as refused:
        advance(live.unit, CohortId("relay/1999"), now=live.now)

    assert str(refused.value) == (
        "relay/1999 is not recorded; record it with stafet apply"
    )


def test_an_activity_that_was_taken_out_of_the_spec_owes_nothing() -> None:
    live = proposed()

    live.apply(WITHOUT_THE_MESSAGE)
    live.until(KICK_OFF)

    assert not [one for one in done(live) if one.startswith("read-up")]


def test_a_waiting_notice_about_an_activity_that_was_taken_out_is_dropped() -> None:
    live = recorded()
    live.until(dt.datetime(2027, 2, 24, 7, tzinfo=dt.UTC) - HOUR)
    # The message is decided, and the letter with it, one after the other.
    live.now = dt.datetime(2027, 2, 24, 7, tzinfo=dt.UTC)
    perform(live.unit, SMALL, ActionId("read-up-1/send"), now=live.now)

    live.apply(WITHOUT_THE_MESSAGE)
    live.until(live.now + DAY)

    assert not [post for post in live.posts() if post.subject == "Read up"]
    assert not [one for one in live.state.waiting if one.startswith("read-up")]
