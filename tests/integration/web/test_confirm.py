"""Saying yes or no to a proposed match."""

import datetime as dt

import pytest

from tests.integration.web.world import MENTEE, MENTOR, World, matched, proposed


@pytest.fixture
def world() -> World:
    return proposed()


def test_the_page_shows_who_it_would_be_and_nothing_of_why(world: World) -> None:
    page = world.get("confirm", MENTOR)

    assert "<dd>Anna Alk</dd>" in page
    assert "<dd>Teknik og Miljø</dd>" in page
    partner = world.record.people[world.person(MENTEE)]
    body = page.partition("<main")[2]
    points = str(world.match(MENTOR).points)
    assert not any(
        hidden in body for hidden in (partner.email, partner.phone, points, "point")
    )


def test_a_yes_is_recorded_and_the_other_is_asked(world: World) -> None:
    world.act("confirm", MENTOR, answer="yes")

    assert list(world.match(MENTOR).confirmed) == [world.person(MENTOR)]
    assert "Tak, du har sagt ja" in world.get("confirm", MENTOR)
    world.until(world.now + dt.timedelta(days=4))
    asked = world.says("confirm-match.title", MENTEE)
    assert asked in world.get("confirm", MENTEE)


def test_a_no_takes_two_steps_and_ends_the_match(world: World) -> None:
    page = world.get("confirm", MENTOR)

    world.act("confirm", MENTOR, answer="no")

    assert page.index("<details") < page.index('value="no"') < page.index("</details>")
    assert world.match(MENTOR).dissolved
    assert "Du har sagt nej tak" in world.get("confirm", MENTOR)


def test_the_other_is_not_told_who_said_no(world: World) -> None:
    world.act("confirm", MENTOR, answer="yes")
    world.until(world.now + dt.timedelta(days=4))

    world.act("confirm", MENTEE, answer="no")

    page = world.get("confirm", MENTOR)
    assert "Her er ikke mere at gøre" in page
    assert "Anna Alk" not in page


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_word_once_given_holds(world: World, answer: str) -> None:
    world.act("confirm", MENTOR, answer=answer)
    before = world.history()

    for again in ("yes", "no"):
        reply = world.post("confirm", MENTOR, answer=again)

        assert reply.status_code == 409
    assert world.history() == before


def test_what_is_no_answer_changes_nothing(world: World) -> None:
    before = world.history()

    reply = world.post("confirm", MENTOR, answer="ja")

    assert reply.status_code == 422
    assert world.history() == before


def test_when_all_have_said_yes_both_are_told() -> None:
    world = matched()

    assert "Du er matchet med Anna Alk" in world.get("confirm", MENTOR)
    assert "You are matched with Ulla Ugle" in world.get("confirm", MENTEE)
