"""Who gets a place, in which order, and what becomes of one that is given back."""

import datetime as dt

import pytest

from engine.commands.decision import RefusedError
from engine.commands.minting import identify
from engine.commands.nominating import nominate, respond
from engine.facts import Admitted
from tests.fakes.nomination_files import (
    BY_NOMINATOR,
    CHOSEN,
    CLOSES,
    nomination_files,
)
from tests.fakes.nominations import ONE, filled, opened, proposal

DAY = dt.timedelta(days=1)


def test_places_go_in_the_order_of_the_yeses_and_not_of_the_proposals() -> None:
    live = filled()

    assert live.places() == {
        "cleo": "admitted",
        "anna": "admitted",
        "bo": "admitted",
        "dag": "waiting",
    }
    admitted = [one.person for one in live.live.facts(Admitted)]
    assert admitted == [live.who(name) for name in ("bo", "anna", "cleo")]


def test_who_waits_moves_up_when_a_place_is_given_back() -> None:
    live = filled()

    live.says("anna", yes=False)

    assert live.mentees() == ["bo", "cleo", "dag"]
    assert live.live.record.people[live.who("anna")].roles == ()
    assert list(live.live.state.tasks) == [f"place-given-back/{ONE}/{live.who('anna')}"]


def test_a_place_that_is_never_given_again_stays_empty() -> None:
    live = filled({"replaced: from the waiting list": "replaced: never"})

    live.says("anna", yes=False)

    assert live.mentees() == ["bo", "cleo"]
    assert live.asked.free == 0


def test_who_waits_may_say_no_and_the_next_one_comes_first() -> None:
    live = filled({"once: never": "once: allowed"})
    live.nominate("svale", "eva")
    live.says("eva")

    live.says("dag", yes=False)
    live.says("bo", yes=False)

    assert live.mentees() == ["anna", "cleo", "eva"]


def test_nobody_is_asked_for_another_once_who_waits_has_moved_up() -> None:
    live = filled({"replaced: from the waiting list": "replaced: by the nominator"})

    live.says("anna", yes=False)
    live.later(4)

    assert live.titles("ravn")[-1] == "Anna Ny has said no"
    assert live.mentees() == ["bo", "cleo", "dag"]


def test_the_nominator_is_asked_for_another_after_a_no_even_when_it_has_closed() -> (
    None
):
    live = opened(nomination_files({**BY_NOMINATOR, "        places: 3\n": ""}))
    live.nominate("ravn", "anna")
    live.nominate("ravn", "bo", "man")
    live.live.until(CLOSES + DAY)

    live.says("anna", yes=False)
    live.later(4)
    live.nominate("ravn", "eva")

    assert live.titles("ravn")[-1] == "Nomination: would you nominate somebody else?"
    with pytest.raises(RefusedError, match="not open"):
        live.nominate("svale", "cleo")
    with pytest.raises(RefusedError, match="not open"):
        live.nominate("ravn", "ida")


def test_the_coordinator_chooses_and_never_gives_more_places_than_there_are() -> None:
    live = filled({**CHOSEN, "places: 3": "places: 2"})

    waiting = live.places()
    live.admit("dag")
    live.admit("anna")

    assert set(waiting.values()) == {"waiting"}
    assert live.mentees() == ["anna", "dag"]
    with pytest.raises(RefusedError, match="all 2 places are taken"):
        live.admit("bo")


def test_the_coordinator_hears_at_the_close_that_people_wait_until_none_does() -> None:
    live = filled(CHOSEN)
    live.live.until(CLOSES + 10 * DAY)

    raised = list(live.live.state.tasks)
    for name in ("anna", "bo", "cleo"):
        live.admit(name)
    live.refuse("dag")

    assert raised == [f"nominees-wait/{ONE}"]
    assert list(live.live.state.tasks) == []


def test_saying_the_same_twice_changes_nothing() -> None:
    live = filled()
    before = live.live.history()

    live.says("anna")
    live.admit("bo")

    assert live.live.history() == before


def test_a_word_of_no_holds() -> None:
    live = opened()
    live.nominate("ravn", "anna")
    live.says("anna", yes=False)

    with pytest.raises(RefusedError, match="nothing is asked"):
        live.says("anna")


def test_who_has_a_place_is_not_refused() -> None:
    live = filled()

    with pytest.raises(RefusedError, match="they have a place"):
        live.refuse("anna")


def test_of_two_who_say_yes_at_once_one_gets_the_last_place() -> None:
    live = opened(nomination_files({"places: 3": "places: 1"}))
    live.nominate("ravn", "anna")
    live.nominate("ravn", "bo", "man")
    other, bo, now = live.live.reopened(), live.who("bo"), live.live.now
    stale = other.standing(live.live.cohort)

    live.says("anna")
    other.perform(
        live.live.cohort,
        lambda one: respond(one, occurrence=ONE, person=bo, agrees=True, now=now),
        now=now,
        known=stale,
    )

    assert live.places() == {"anna": "admitted", "bo": "waiting"}


def test_two_who_are_proposed_at_once_are_two_people() -> None:
    live = opened()
    other, svale, now = live.live.reopened(), live.who("svale"), live.live.now
    stale = other.standing(live.live.cohort)

    live.nominate("ravn", "anna")
    other.perform(
        live.live.cohort,
        lambda one: nominate(
            one,
            occurrence=ONE,
            by=svale,
            proposal=proposal("cleo"),
            identify=identify(other.store),
            now=now,
        ),
        now=now,
        known=stale,
    )

    assert live.who("anna") != live.who("cleo")
    assert live.places() == {"anna": "asked", "cleo": "asked"}
