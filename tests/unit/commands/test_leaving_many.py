"""Somebody leaves a match of more than two: whether it goes on, waits or ends."""

import datetime as dt

from engine.facts import Dissolved, Raised, Reformed
from tests.fakes.changes import confirm_in_turn, drop, told
from tests.fakes.cohorts import KICK_OFF, Live, recorded
from tests.fakes.companies import company_files

DAY = dt.timedelta(days=1)
BOOKED = KICK_OFF + 5 * DAY
PROPOSED = dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC)


def agreed(shape: str) -> Live:
    """Return a cohort of matches of many, all agreed, a day after its kick-off."""
    live = recorded(company_files(shape))
    live.until(PROPOSED)
    live.approve()
    confirm_in_turn(live)
    live.until(KICK_OFF + DAY)
    return live


def test_a_group_that_is_never_refilled_goes_on_with_fewer() -> None:
    live = agreed("groups")
    match = live.match_of("e0")
    live.book("m0" if live.person("m0") in match.people else "m1", BOOKED)
    before = told(live, "talk-1")

    drop(live, "e0")

    kept = tuple(one for one in match.members["mentee"] if one != live.person("e0"))
    members = {"mentor": match.members["mentor"], "mentee": kept}
    assert live.facts(Reformed) == (Reformed(match=match.id, members=members),)
    assert live.state.matches[match.id].agreed == match.agreed
    assert told(live, "talk-1").audience == tuple(
        one for one in before.audience if one != live.person("e0")
    )
    assert told(live, "talk-1").sequence == before.sequence
    assert not [one for one in live.state.tasks if "place-free" in one]
    assert [post.person for post in live.posts(kind="cancellation")] == [
        live.person("e0")
    ]


def test_a_group_without_its_mentor_waits_and_is_asked_for_nothing() -> None:
    live = agreed("groups")
    match = live.match_of("e0")
    (mentor,) = match.members["mentor"]
    id_ = live.record.people[mentor].id

    drop(live, id_)

    assert live.state.matches[match.id].members == {
        "mentor": (),
        "mentee": match.members["mentee"],
    }
    assert f"place-free/{match.id}/{mentor}" in live.state.tasks
    window = next(
        one for one in live.standing.timeline.of("talk") if one.slot.match == match.id
    )
    assert [one for one in live.standing.actions if one.id.startswith(window.id)] == []


def test_a_place_in_a_network_that_is_refilled_is_a_task() -> None:
    live = agreed("networks")
    match = live.match_of("n0")

    drop(live, "n0")

    assert live.facts(Raised)[-1] == Raised(
        task=f"place-free/{match.id}/{live.person('n0')}",
        wording="place-free",
        match=match.id,
        person=live.person("n0"),
    )


def test_two_who_are_left_of_three_buddies_go_on_and_one_of_two_is_matched_anew() -> (
    None
):
    live = agreed("buddies")
    matches = {len(one.people): one for one in live.state.matches.values()}

    for one in (matches[3], matches[2]):
        drop(live, live.record.people[one.people[0]].id)

    assert [one.match for one in live.facts(Reformed)] == [matches[3].id]
    assert [one.match for one in live.facts(Dissolved)] == [matches[2].id]


def test_a_trio_without_one_of_them_ends() -> None:
    live = agreed("trios")
    match = live.match_of("t0")

    drop(live, "t0")

    assert live.facts(Dissolved) == (Dissolved(match=match.id),)
    assert f"find-match/{match.id}" in live.state.tasks
