"""Accepting or declining."""

import pytest

from engine.facts import Announced
from tests.fakes.samples import change
from tests.integration.web.world import COHORT, KICK_OFF, MENTEE, World, proposed


@pytest.fixture
def world() -> World:
    return proposed()


def announce(world: World, **changes: object) -> None:
    """Announce what the mentee's newest invitation is to, otherwise."""
    announced = world.record.state.announced
    told = next(one.told for one in announced.values() if one.told.starts == KICK_OFF)
    known = {name: getattr(told, name) for name in Announced.__slots__}
    event = Announced(**{**known, **changes})
    world.store.append(COHORT, change([event]), expected=world.record.state.number)


def test_an_invitation_shows_when_and_where(world: World) -> None:
    page = world.get("reply", MENTEE)

    assert "<h1>Kick-off seminar</h1>" in page
    assert "Wednesday 3 March 2027, 13:00 to 16:00" in page
    assert "Dokk1, Lille Sal, Hack Kampmanns Plads 2" in page
    assert '<a href="https://meet.example/a?b=1&amp;c=2" rel="noreferrer">' in page


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("accepted", "I will be there"),
        ("tentative", "Maybe"),
        ("declined", "I cannot come"),
    ],
)
def test_an_answer_is_recorded_and_shown(world: World, answer: str, shown: str) -> None:
    world.act("reply", MENTEE, answer=answer)

    (said,) = world.record.state.replies.values()
    assert (said.person, said.answer) == (world.person(MENTEE), answer)
    assert f"Your answer: {shown}" in world.get("reply", MENTEE)


def test_the_last_answer_counts(world: World) -> None:
    world.act("reply", MENTEE, answer="accepted")
    world.act("reply", MENTEE, answer="declined")

    (said,) = world.record.state.replies.values()
    assert said.answer == "declined"


def test_an_answer_that_is_none_changes_nothing(world: World) -> None:
    before = world.history()

    for data in ({}, {"answer": "perhaps"}, {"other": "accepted"}):
        reply = world.post("reply", MENTEE, **data)

        assert reply.status_code == 422
    assert world.history() == before


def test_after_a_change_the_answer_is_asked_for_again(world: World) -> None:
    world.act("reply", MENTEE, answer="accepted")
    announce(world, revision=9, sequence=9)

    page = world.get("reply", MENTEE)

    assert "Something has changed since you answered" in page
    assert "Your answer" not in page


def test_a_cancelled_gathering_asks_for_no_answer(world: World) -> None:
    announce(world, revision=9, sequence=9, cancelled=True)

    page = world.get("reply", MENTEE)
    posted = world.post("reply", MENTEE, answer="accepted")

    assert "Cancelled: Kick-off seminar" in page
    assert "<form" not in page
    assert (posted.status_code, world.record.state.replies) == (409, {})


def test_what_has_begun_asks_for_no_answer(world: World) -> None:
    path = world.path("reply", MENTEE)
    world.clock.time = KICK_OFF

    shown = world.client.get(path)
    posted = world.client.post(path, data={"answer": "accepted"})

    assert "It has begun or is already over" in shown.text
    assert (posted.status_code, world.record.state.replies) == (409, {})


def test_whoever_is_taken_off_has_nothing_to_answer(world: World) -> None:
    announce(world, revision=9, audience=(), withdrawn=(world.person(MENTEE),))

    page = world.get("reply", MENTEE)
    posted = world.post("reply", MENTEE, answer="accepted")

    assert "There is nothing left to do here" in page
    assert posted.status_code == 409
