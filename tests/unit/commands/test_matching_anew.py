"""What follows a no, and who is matched again."""

import datetime as dt

import pytest

from engine.commands.decision import RefusedError
from engine.commands.proposing import proposed
from engine.facts import Approved, Confirmed, Dissolved
from engine.ids import MatchId, PersonId
from engine.problems import problem
from tests.fakes.cohorts import PEOPLE, matched, recorded, small_files
from tests.unit.commands.test_matching import DAY, approved, pairs, subjects, told


def test_a_no_ends_the_match_and_tells_the_coordinator_alone() -> None:
    live = approved()
    before = {id_: len(live.posts(id_)) for id_ in ("ugle", "falk", "alk", "mejse")}

    live.confirm("falk", agrees=False)
    live.until(live.now + 2 * DAY)

    assert live.facts(Dissolved) == (Dissolved(match=MatchId("pair-1")),)
    assert live.facts(Confirmed)[-1].agrees is False
    assert subjects(live, "coordinator")[-2] == "A proposed match was declined"
    assert {id_: len(live.posts(id_)) for id_ in before} == before
    assert "Falk" not in told(live.posts("coordinator")[-2])


def test_a_no_after_a_no_changes_nothing() -> None:
    live = approved()
    match, falk = live.match_of("falk").id, live.person("falk")
    live.agree(match, falk, agrees=False)
    before = live.history()

    live.agree(match, falk, agrees=False)
    live.agree(match, falk, agrees=True)

    assert live.history() == before


def test_whoever_was_declined_is_placed_elsewhere_by_the_next_approval() -> None:
    live = approved()
    live.confirm("falk", agrees=False)

    live.approve()

    assert pairs(live) == {"alk": "ugle", "mejse": "ugle"}
    assert live.facts(Approved)[-1].match == "pair-3"
    assert not live.state.tasks


def test_two_are_never_proposed_to_each_other_again_after_a_no() -> None:
    live = approved()
    falk, mejse = live.person("falk"), live.person("mejse")
    live.confirm("falk", agrees=False)
    live.confirm("ugle", agrees=False)

    again = proposed(live.record, "pair")

    declined = [{falk, mejse}, {live.person("ugle"), live.person("alk")}]
    offered = [
        {person for side in one.members.values() for person in side}
        for one in again.matches
    ]
    assert len(offered) == 2
    assert not [one for one in offered if one in declined]
    asked = problem(live.record, "pair")
    assert asked.vetoed(falk, mejse)
    assert asked.vetoed(mejse, falk)


def test_a_declined_mentor_may_be_matched_with_somebody_else() -> None:
    live = approved()
    live.confirm("falk", agrees=False)
    live.confirm("ugle", agrees=False)

    live.approve()

    assert pairs(live) == {"alk": "falk", "mejse": "ugle"}


def test_where_nobody_else_is_left_there_is_nothing_to_approve() -> None:
    live = recorded(small_files(people=[one for one in PEOPLE if one.id != "falk"]))
    live.until(dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC))
    live.approve()
    (mentee,) = live.match_of("ugle").members["mentee"]
    live.confirm("ugle", agrees=False)

    offered = proposed(live.record, "pair")

    assert offered.matches == ()
    assert mentee in offered.unmatched
    with pytest.raises(RefusedError, match="no matches are proposed"):
        live.approve()
    assert "match-declined/pair-1" in live.state.tasks


def test_whoever_has_a_match_is_not_matched_again() -> None:
    live = matched()

    asked = problem(live.record, "pair")

    assert asked.having("mentee") == ()
    places: dict[PersonId, int] = dict(asked.capacity)
    assert places == {live.person("ugle"): 1, live.person("falk"): 0}
