"""Where a cohort stands, as the fold of its facts."""

import datetime as dt
from collections.abc import Sequence
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.facts import (
    Applied,
    Approved,
    Confirmed,
    Dissolved,
    Done,
    Enrolled,
    Event,
    Fact,
    Noticed,
    Posted,
    Proposed,
    Raised,
    Replied,
    Settled,
)
from engine.ids import ActionId, CohortId, MatchId, OccurrenceId, PersonId
from engine.state import State, fold
from tests.fakes.cohorts import Live, begun

COHORT = CohortId("relay/2027")
START = dt.datetime(2027, 3, 1, 8, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
TALK = OccurrenceId("talk-1")
PAIR = MatchId("pair-1")
ANNA, BO = PersonId("p1"), PersonId("p2")
APPROVED = Approved(
    match=PAIR, kind="pair", members={"mentor": (ANNA,), "mentee": (BO,)}, points=7
)


def facts(*events: Event, after: int = 0) -> tuple[Fact, ...]:
    """Return the events as facts, an hour apart."""
    return tuple(
        Fact(cohort=COHORT, number=n, at=START + n * HOUR, actor="schedule", event=one)
        for n, one in enumerate(events, start=after + 1)
    )


def state(*events: Event) -> State:
    return fold(State(), facts(*events))


def reply(
    person: PersonId,
    answer: Literal["accepted", "declined", "tentative"],
    sequence: int,
) -> Replied:
    return Replied(occurrence=TALK, person=person, answer=answer, sequence=sequence)


replies = st.lists(
    st.builds(
        reply,
        st.sampled_from((ANNA, BO)),
        st.sampled_from(("accepted", "declined", "tentative")),
        st.integers(0, 3),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def live() -> Live:
    """Return a cohort with a history of nearly every kind of fact."""
    cohort = begun()
    cohort.book("alk", cohort.now + dt.timedelta(days=3))
    cohort.until(cohort.now + dt.timedelta(days=20))
    cohort.met("conversation-2")
    cohort.attend("kick-off-1", ugle=True, alk=False)
    cohort.accept("workshop-1", "alk")
    cohort.until(dt.datetime(2027, 5, 10, 9, tzinfo=dt.UTC))
    cohort.answer("after-workshop-1", "alk", useful=4)
    return cohort


@given(data=st.data())
def test_folding_in_two_steps_is_folding_at_once(
    live: Live, data: st.DataObject
) -> None:
    history = live.history()
    cut = data.draw(st.integers(0, len(history)))

    folded = fold(fold(State(), history[:cut]), history[cut:])

    assert folded == fold(State(), history) == live.state


def test_folding_leaves_the_state_before_it_as_it_was(live: Live) -> None:
    history = live.history()
    half = fold(State(), history[: len(history) // 2])
    again = fold(State(), history[: len(history) // 2])

    fold(half, history[len(history) // 2 :])

    assert half == again


@given(said=replies, data=st.data())
def test_replies_that_arrive_twice_in_a_row_count_once(
    said: Sequence[Replied], data: st.DataObject
) -> None:
    counts = [data.draw(st.integers(1, 3)) for _ in said]
    twice = [one for one, count in zip(said, counts, strict=True) for _ in range(count)]

    assert state(*twice).replies == state(*said).replies


@given(said=replies)
def test_the_last_reply_of_each_person_counts(said: Sequence[Replied]) -> None:
    last = {(TALK, one.person): one for one in said}

    assert state(*said).replies == last


def test_the_number_is_that_of_the_last_fact() -> None:
    assert state().number == 0
    assert state(Done(action=ActionId("a")), Done(action=ActionId("b"))).number == 2


def test_the_moment_of_the_first_files_stays() -> None:
    folded = state(Applied(revision=1, digest="a"), Applied(revision=2, digest="b"))

    assert (folded.revision, folded.applied) == (2, START + HOUR)


def test_somebody_enrolled_again_has_the_roles_of_the_last_time() -> None:
    folded = state(
        Enrolled(person=ANNA, roles=("mentor",)),
        Enrolled(person=BO, roles=("mentee",)),
        Enrolled(person=ANNA, roles=("mentor", "mentee")),
    )

    assert folded.enrolled == {ANNA: ("mentor", "mentee"), BO: ("mentee",)}


def test_a_match_is_agreed_when_the_last_member_says_yes() -> None:
    one = state(APPROVED, Confirmed(match=PAIR, person=ANNA, agrees=True))
    both = fold(
        one, facts(Confirmed(match=PAIR, person=BO, agrees=True), after=one.number)
    )

    assert one.matches[PAIR].agreed is None
    assert both.matches[PAIR].agreed == START + 3 * HOUR


def test_a_dissolved_match_is_not_agreed_whatever_was_said() -> None:
    folded = state(
        APPROVED,
        Confirmed(match=PAIR, person=ANNA, agrees=True),
        Confirmed(match=PAIR, person=BO, agrees=True),
        Dissolved(match=PAIR),
    )

    assert folded.matches[PAIR].agreed is None


def test_approving_a_kind_takes_its_proposal_away() -> None:
    proposed = Proposed(kind="pair", matches=(), unmatched=())

    assert state(proposed).proposed == {"pair": proposed}
    assert state(proposed, APPROVED).proposed == {}


def test_a_letter_takes_its_notices_away_and_counts_when_it_told_something() -> None:
    notices = [Noticed(notice=n, person=ANNA, wording="message") for n in ("a", "b")]

    moot = state(*notices, Posted(letter="", person=ANNA, told=(), moot=("a",)))
    told = state(*notices, Posted(letter="l", person=ANNA, told=("b",), moot=("a",)))

    assert (list(moot.waiting), moot.letters) == (["b"], {})
    assert (list(told.waiting), told.letters) == ([], {ANNA: (1, START + 3 * HOUR)})


def test_a_settled_task_is_gone_and_may_be_raised_again() -> None:
    raised = Raised(task="call/talk-1", wording="who-came")
    settled = Settled(task="call/talk-1")

    assert state(raised, settled).tasks == {}
    assert list(state(raised, settled, raised).tasks) == ["call/talk-1"]
    assert state(settled).tasks == {}
