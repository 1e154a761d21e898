"""Saying that something is done, with one click."""

from engine.facts import Completed
from tests.integration.web.world import MENTEE, MENTOR, World, matched


def completed(world: World) -> list[Completed]:
    return [one.event for one in world.facts() if isinstance(one.event, Completed)]


def test_the_page_tells_what_it_is_and_by_when_and_has_one_button() -> None:
    page = matched().get("done", MENTEE)

    assert "<h1>The basics</h1>" in page
    assert "Wednesday 31 March 2027" in page
    assert page.count("<button") == 1
    assert "I have done it" in page


def test_looking_records_nothing() -> None:
    world = matched()
    before = world.history()

    for _ in range(3):
        world.get("done", MENTEE)

    assert world.history() == before


def test_one_click_records_it_and_the_page_says_so() -> None:
    world = matched()

    world.act("done", MENTEE, answer="done")

    assert completed(world) == [
        Completed(occurrence="basics-1", person=world.person(MENTEE))  # type: ignore[arg-type]
    ]
    page = world.get("done", MENTEE)
    assert "<button" not in page
    assert "It is noted" in page


def test_a_second_click_of_the_same_person_changes_nothing() -> None:
    world = matched()
    world.act("done", MENTEE, answer="done")
    before = world.history()

    reply = world.post("done", MENTEE, answer="done")

    assert (reply.status_code, world.history()) == (409, before)


def test_what_one_has_done_the_other_has_not() -> None:
    world = matched()
    world.act("done", MENTEE, answer="done")

    assert "<button" in world.get("done", MENTOR)
