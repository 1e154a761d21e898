"""Nominating, giving the time, and saying yes or no, by personal links."""

import datetime as dt
from dataclasses import replace

import pytest

from engine.facts import Consented, Nominated, Responded
from tests.fakes.cohort_files import Edits
from tests.fakes.nomination_files import (
    APPLIED,
    CLOSES,
    CONSENT,
    OPENS,
    PEOPLE,
    nomination_files,
)
from tests.integration.web.world import World, recorded

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
ANNA = {
    "name": "Anna Alk",
    "email": "anna@example.org",
    "column.gender": "woman",
    "column.years": "3",
}
CHEF = {"manager": "Carla Chef", "manager email": "chef@example.org"}


def opened(edits: Edits | None = None) -> World:
    """Return a cohort whose nomination has opened."""
    world = recorded(told=nomination_files(edits), at=APPLIED)
    world.until(OPENS + HOUR)
    return world


def named(world: World, name: str) -> str:
    """Return the id of somebody, by the name in their address."""
    found = world.record.at_address(f"{name}@example.org")
    assert found is not None
    return found.id


def asked() -> World:
    """Return a cohort in which somebody was nominated and told."""
    world = opened()
    world.act("nominate", "ravn", **ANNA)
    world.until(world.now + HOUR)
    return world


def test_the_page_tells_what_to_look_for_how_many_and_until_when() -> None:
    page = opened().get("nominate", "ravn")

    for told in ("Two years here", "Woman: 1, Man: 1", "6 January 2027"):
        assert told in page
    assert '<option value="woman">Woman</option>' in page
    assert ">Gender</label>" in page


def test_a_nomination_is_recorded_and_shown_to_who_made_it_alone() -> None:
    world = opened()

    world.act("nominate", "ravn", **ANNA)

    told = [one for one in world.facts() if isinstance(one.event, Nominated)]
    person = world.record.at_address("anna@example.org")
    assert person is not None
    assert [one.actor for one in told] == [world.person("ravn")]
    assert (person.name, person.department) == ("Anna Alk", "Teknik")
    assert (person.values["gender"], person.values["years"]) == ("woman", 3)
    assert "<dt>Anna Alk</dt><dd>Asked, no answer yet</dd>" in world.get(
        "nominate", "ravn"
    )
    assert "Anna Alk" not in world.get("nominate", "svale")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Write the name as others should see it."),
        ({"email": "anna"}, "Write the whole address"),
        ({"email": "ugle@example.org"}, "another department"),
        ({"email": "ravn@example.org"}, "You cannot nominate yourself."),
        ({"column.gender": ""}, "Choose one of the answers."),
        ({"column.years": "many"}, "Write a whole number."),
        ({"manager": "Carla"}, "Write the whole address"),
        ({"manager email": "chef@example.org"}, "Write the name"),
        ({"name": "A" * 300}, "too long"),
        (
            {"manager": "Anna", "manager email": "ANNA@example.org"},
            "Nobody is their own manager.",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
    wrong: dict[str, str], told: str
) -> None:
    world = opened()
    before = world.history()

    reply = world.post("nominate", "ravn", **{**ANNA, **wrong})

    assert reply.status_code == 422
    assert told in reply.text
    assert world.history() == before
    kept = {**ANNA, **wrong}
    assert f'value="{kept["email"]}"' in reply.text


def test_who_is_nominated_already_is_not_nominated_again() -> None:
    world = asked()

    reply = world.post("nominate", "ravn", **{**ANNA, "email": "Anna@example.org"})

    assert reply.status_code == 422
    assert "They are nominated already" in reply.text


def test_the_form_goes_when_all_are_nominated_and_when_it_has_closed() -> None:
    world = asked()
    world.act(
        "nominate",
        "ravn",
        **{**ANNA, "email": "bo@example.org"}
        | {
            "name": "Bo",
            "column.gender": "man",
        },
    )

    full = world.get("nominate", "ravn")
    world.until(CLOSES + DAY)

    assert "<form" not in full
    assert "It closed on Wednesday 6 January 2027" in world.get("nominate", "svale")
    assert world.post("nominate", "svale", **ANNA).status_code == 409


def test_looking_at_the_pages_records_nothing() -> None:
    world = asked()
    before = world.history()

    world.get("nominate", "ravn")
    world.get("accept", named(world, "anna"))

    assert world.history() == before


def test_the_nominee_sees_who_nominated_them_and_nobody_else() -> None:
    world = asked()
    world.act(
        "nominate",
        "ravn",
        **{**ANNA, "name": "Bo Ibis"}
        | {
            "email": "bo@example.org",
            "column.gender": "man",
        },
    )

    page = world.get("accept", named(world, "anna"))

    assert "Ravn Fugl has nominated you as mentee in Relay" in page
    assert "Friday 18 December 2026" in page
    assert "Ibis" not in page


def test_a_yes_is_recorded_and_may_be_taken_back() -> None:
    world = asked()
    anna = named(world, "anna")

    world.act("accept", anna, answer="yes")
    page = world.get("accept", anna)
    world.act("accept", anna, answer="no")

    said = [one.event for one in world.facts() if isinstance(one.event, Responded)]
    assert [one.agrees for one in said] == [True, False]
    assert "You have a place" in page
    assert 'value="yes"' not in page
    assert "You have said no, thank you" in world.get("accept", anna)
    assert world.post("accept", anna, answer="yes").status_code == 409


def test_what_is_no_answer_changes_nothing() -> None:
    world = asked()
    before = world.history()

    reply = world.post("accept", named(world, "anna"), answer="ja")

    assert (reply.status_code, world.history()) == (422, before)


def test_who_waits_is_told_that_they_do_and_for_what() -> None:
    queued = opened({"places: 3": "places: 1"})
    chosen = opened({"as they accept": "by the coordinator"})
    pages = []
    for world in (queued, chosen):
        for name, gender in (("anna", "woman"), ("bo", "man")):
            fields = {"email": f"{name}@example.org", "column.gender": gender}
            world.act("nominate", "ravn", **{**ANNA, **fields})
        world.until(world.now + HOUR)
        for name in ("anna", "bo"):
            world.act("accept", named(world, name), answer="yes")
        pages.append(world.get("accept", named(world, "bo")))

    assert "you are on the waiting list" in pages[0]
    assert "The coordinator chooses" in pages[1]


def test_the_manager_sees_one_question_and_the_answer_is_recorded() -> None:
    world = opened(CONSENT)
    world.act("nominate", "ravn", **ANNA, **CHEF)
    world.until(world.now + HOUR)
    chef = named(world, "chef")

    page = world.get("consent", chef)
    world.act("consent", chef, answer="yes")

    assert "Can Anna Alk be given the time?" in page
    assert "anna@example.org" not in page
    said = [one.event for one in world.facts() if isinstance(one.event, Consented)]
    assert [one.agrees for one in said] == [True]
    assert "Thank you, it is noted" in world.get("consent", chef)
    assert world.post("consent", chef, answer="no").status_code == 409


def test_a_no_of_the_manager_takes_two_steps() -> None:
    world = opened(CONSENT)
    world.act("nominate", "ravn", **ANNA, **CHEF)
    world.until(world.now + HOUR)
    chef = named(world, "chef")

    page = world.get("consent", chef)
    world.act("consent", chef, answer="no")

    assert page.index("<details") < page.index('value="no"') < page.index("</details>")
    assert "cannot be given the time now, and is not asked" in world.get(
        "consent", chef
    )
    assert "Cannot be given the time" in world.get("nominate", "ravn")


def test_a_hostile_name_stays_a_name() -> None:
    hostile = "<script>alert(1)</script>\"'><img src=x>{name}"
    world = opened()

    world.act("nominate", "ravn", **{**ANNA, "name": hostile})
    wrong = world.post("nominate", "svale", **{**ANNA, "name": hostile, "email": ""})

    for page in (world.get("nominate", "ravn"), wrong.text):
        assert "<script" not in page
        assert "<img" not in page
        assert "{name}" in page


@pytest.mark.parametrize(("language", "said"), [("da", "Hvem"), ("en", "whom")])
def test_the_page_speaks_the_language_of_its_reader(language: str, said: str) -> None:
    people = [replace(one, language=language) for one in PEOPLE]
    world = recorded(told=nomination_files(people=people), at=APPLIED)
    world.until(OPENS + HOUR)

    page = world.get("nominate", "ravn")

    assert f'<html lang="{language}">' in page
    assert said.lower() in page.lower()
