"""Whoever leaves, comes, pauses and changes places, in whatever order."""

import datetime as dt
from collections import Counter
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands.decision import RefusedError
from engine.commands.standing import stand
from tests.fakes.changes import (
    confirm_in_turn,
    drop,
    end,
    join,
    pause,
    rematch,
    replace,
    resume,
    swap,
)
from tests.fakes.cohorts import PEOPLE, Live, begun, person, small_files

IDS = ("ugle", "falk", "krage", "alk", "mejse", "spurv")
ROLES = {"mentor": IDS[:3], "mentee": IDS[3:]}
MORE = (person("krage"), person("spurv", roles=("mentee",), department="Teknik"))

one = st.sampled_from(IDS)
place = st.integers(0, 5)
"""Which of those whom something can be done with."""

steps = st.one_of(
    st.tuples(st.sampled_from(("drop", "join", "book")), one),
    st.tuples(st.just("pause"), one, st.integers(1, 60)),
    st.tuples(st.sampled_from(("resume", "end")), place),
    st.tuples(st.sampled_from(("replace", "swap")), place, place, place),
    st.tuples(st.just("rematch")),
    st.tuples(st.just("wait"), st.integers(1, 40)),
)


def perform(live: Live, step: tuple[object, ...]) -> None:
    """Do one thing, if it can be done."""
    with suppress(RefusedError, StopIteration, ZeroDivisionError):
        match step:
            case ("drop", str(id_)):
                drop(live, id_)
            case ("join", str(id_)):
                join(live, id_)
            case ("book", str(id_)):
                live.book(id_, live.now + dt.timedelta(days=3, hours=1))
            case ("pause", str(id_), int(days)):
                pause(live, id_, until=live.now + dt.timedelta(days=days))
            case ("rematch",):
                rematch(live)
                live.approve()
                confirm_in_turn(live)
            case ("wait", int(days)):
                live.until(live.now + dt.timedelta(days=days))
            case (str(what), *numbers):
                move(live, what, [int(str(number)) for number in numbers])


def move(live: Live, what: str, numbers: list[int]) -> None:
    """Do something with one of the matches that go on, or of those who are away."""
    people = live.record.people
    living = [one for one in live.state.matches.values() if not one.dissolved]
    away = sorted(live.state.presence.paused)
    if what == "resume":
        resume(live, people[away[numbers[0] % len(away)]].id)
        return
    found = living[numbers[0] % len(living)]
    if what == "end":
        end(live, found.id)
        return
    role = ("mentor", "mentee")[numbers[1] % 2]
    here = people[found.members[role][0]].id
    if what == "replace":
        replace(live, found.id, here, ROLES[role][numbers[2] % 3], anyway=True)
        return
    other = living[numbers[2] % len(living)]
    swap(live, (found.id, here), (other.id, people[other.members[role][0]].id))


def check(live: Live) -> None:
    """See that nobody is expected who is away, and nobody got one thing twice."""
    state = live.state
    there = {id_ for id_, roles in state.enrolled.items() if roles}
    for known in state.announced.values():
        told = known.told
        if told.starts > live.now and not told.cancelled:
            away = {
                person
                for person, pause in state.presence.paused.items()
                if pause.until is None or told.starts < pause.until
            }
            assert set(told.audience) <= there - away
    sent = Counter(
        (post.person, post.entry.uid, post.entry.sequence)
        for post in live.posts(kind="cancellation")
        if post.entry
    )
    assert [key for key, count in sent.items() if count > 1] == []
    kept = live.standing
    again = stand(kept.record)
    assert (kept.timeline, kept.actions) == (again.timeline, again.actions)


@settings(max_examples=30, deadline=None)
@given(several=st.lists(steps, min_size=3, max_size=8))
def test_nobody_who_is_away_is_expected_and_nothing_is_cancelled_twice(
    several: list[tuple[object, ...]],
) -> None:
    live = begun()
    live.apply(small_files(people=(*PEOPLE, *MORE)))

    for step in several:
        perform(live, step)
        check(live)
