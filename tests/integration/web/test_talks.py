"""The pages of a talk that a mentee of a group has with the mentor alone."""

import datetime as dt
import re
from functools import cache, partial

import pytest

from engine.commands.matching import approve, confirm
from engine.derive import token_hash
from engine.letters.outgoing import personal
from tests.fakes.talk_files import talk_files
from tests.integration.web.world import COHORT, KICK_OFF, World, recorded, reopened

TIME = {"date": "2027-03-10", "time": "10:00"}
LATER = {"date": "2027-03-11", "time": "14:00"}


@cache
def _agreed() -> World:
    world = recorded(told=talk_files())
    world.until(dt.datetime(2027, 2, 3, 12, tzinfo=dt.UTC))
    world.unit.perform(COHORT, approve, now=world.now)
    for match in world.record.state.matches.values():
        for person in match.people:
            agrees = partial(confirm, match=match.id, person=person, agrees=True)
            world.unit.perform(COHORT, agrees, now=world.now)
    world.until(KICK_OFF + dt.timedelta(days=2))
    return world


@pytest.fixture
def world() -> World:
    """Return a cohort of groups after its kick-off, where talks are to be booked."""
    return reopened(_agreed())


def mentor_of(world: World, id_: str) -> str:
    (mentor,) = world.match(id_).members["mentor"]
    return world.record.people[mentor].id


def others_of(world: World, id_: str) -> list[str]:
    return [
        world.record.people[one].id
        for one in world.match(id_).members["mentee"]
        if one != world.person(id_)
    ]


def test_the_page_is_about_the_mentor_and_names_nobody_else(world: World) -> None:
    page = world.get("book", "e0")

    mentor = world.record.people[world.person(mentor_of(world, "e0"))].name
    assert f"<dd>{mentor}</dd>" in page
    assert "that suits you both" in page
    assert not [
        one for one in others_of(world, "e0") if f"{one.capitalize()} F" in page
    ]


def test_a_talk_is_booked_and_moved_on_its_page(world: World) -> None:
    world.act("book", "e0", **TIME)
    world.act("book", "e0", **LATER)

    (booked,) = world.record.state.booked.values()
    assert booked.starts == dt.datetime(2027, 3, 11, 13, tzinfo=dt.UTC)
    told = world.record.state.announced[booked.occurrence].told
    people = {world.record.people[one].id for one in told.audience}
    assert people == {"e0", mentor_of(world, "e0")}
    assert "You both get an invitation" in world.get("book", "e0")


def test_a_time_that_the_mentor_gave_to_another_is_told_without_a_name(
    world: World,
) -> None:
    other = others_of(world, "e0")[0]
    world.act("book", other, **TIME)
    before = world.history()

    reply = world.post("book", "e0", **TIME)

    assert reply.status_code == 422
    assert "One of you is taken at that time. Choose another." in reply.text
    assert f"{other.capitalize()} Fugl" not in reply.text
    assert 'value="2027-03-10"' in reply.text
    assert world.history() == before


def test_a_time_after_the_programme_is_told_beside_its_field(world: World) -> None:
    reply = world.post("book", "e0", date="2027-12-20", time="10:00")

    assert reply.status_code == 422
    assert "By then the meetings have ended." in reply.text


def test_the_page_of_a_talk_lets_in_none_of_the_others(world: World) -> None:
    world.act("book", "e0", **TIME)
    (talk,) = world.record.state.booked
    other = world.person(others_of(world, "e0")[0])
    before = world.history()

    for scope in ("book", "met", "reply"):
        link = personal(world.record, scope, other, talk)
        world.memory.links[link.link.hash] = link.link
        path = re.sub("^https?://[^/]+", "", link.url)
        assert token_hash(path.rpartition("/")[2]) == link.link.hash

        shown = world.client.get(path)
        posted = world.client.post(path, data={**LATER, "answer": "yes"})

        assert "There is nothing left to do here" in shown.text, scope
        assert posted.status_code == 409, scope
    assert world.history() == before


def test_both_tell_on_their_page_whether_they_met(world: World) -> None:
    world.act("book", "e0", **TIME)
    world.until(dt.datetime(2027, 3, 12, 12, tzinfo=dt.UTC))
    asked = world.get("met", mentor_of(world, "e0"))

    world.act("met", mentor_of(world, "e0"), answer="yes")

    assert "E0 Fugl" in asked
    assert not [one for one in others_of(world, "e0") if one.capitalize() in asked]
    assert [held for held, _ in world.record.state.held.values()] == [True]


def test_whoever_is_told_of_a_decline_finds_another_time_on_the_page(
    world: World,
) -> None:
    world.act("book", "e0", **TIME)
    world.act("reply", mentor_of(world, "e0"), answer="declined")
    world.until(world.now + dt.timedelta(days=1))

    world.act("book", "e0", **LATER)

    (booked,) = world.record.state.booked.values()
    assert booked.starts == dt.datetime(2027, 3, 11, 13, tzinfo=dt.UTC)


def test_after_a_talk_that_was_held_there_is_nothing_to_book(world: World) -> None:
    world.act("book", "e0", **TIME)
    world.until(dt.datetime(2027, 3, 12, 12, tzinfo=dt.UTC))
    world.act("met", "e0", answer="yes")

    assert "There are no more meetings to book" in world.get("book", "e0")
    assert world.post("book", "e0", **LATER).status_code == 409
