"""Asking for a call with one click, which nobody sees but who calls."""

import datetime as dt

import pytest

from engine.commands.calling import call_me
from engine.commands.decision import RefusedError
from engine.commands.tasks import settle
from engine.facts import Noticed, Raised
from engine.history import history
from engine.needs import CALL_ME
from tests.integration.web.world import MENTEE, MENTOR, World, matched


def raised(world: World) -> list[Raised]:
    return [
        one.event
        for one in world.facts()
        if isinstance(one.event, Raised) and one.event.wording == CALL_ME
    ]


def test_the_page_says_who_calls_and_has_one_button_and_no_field() -> None:
    page = matched().get("call", MENTEE)

    assert "<h1>Shall Camilla Koordinator call you?</h1>" in page
    assert page.count("<button") == 1
    assert "+45 00 00 00 01" in page
    assert "<textarea" not in page
    assert "<input" not in page


def test_looking_asks_for_nothing() -> None:
    world = matched()
    before = world.history()

    for _ in range(3):
        world.get("call", MENTEE)

    assert world.history() == before


def test_one_click_is_a_task_and_a_mail_to_the_coordinator_alone() -> None:
    world = matched()
    sent = len(world.sink.posts)

    world.act("call", MENTEE, answer="done")
    world.until(world.now + dt.timedelta(minutes=1))

    person = world.person(MENTEE)
    task = f"{CALL_ME}/{person}"
    assert raised(world) == [Raised(task=task, wording=CALL_ME, person=person)]
    (post,) = world.sink.posts[sent:]
    assert post.recipient.address == world.record.coordinator.email
    assert post.subject == "Ring til Anna Alk"
    assert post.sections[0].details == (
        ("Telefon", "+45 00 00 00 01"),
        ("E-mail", "alk@example.org"),
    )


def test_a_second_click_while_it_is_open_changes_nothing() -> None:
    world = matched()
    world.act("call", MENTEE, answer="done")
    before = world.history()

    reply = world.post("call", MENTEE, answer="done")

    assert (reply.status_code, world.history()) == (409, before)
    page = world.get("call", MENTEE)
    assert "Camilla Koordinator will call you" in page
    assert "<button" not in page


def test_once_seen_to_it_can_be_asked_for_again() -> None:
    world = matched()
    world.act("call", MENTEE, answer="done")
    task = f"{CALL_ME}/{world.person(MENTEE)}"
    world.unit.perform(world.cohort, lambda one: settle(one, task=task), now=world.now)

    world.act("call", MENTEE, answer="done")

    assert [one.task for one in raised(world)] == [task, task]


def test_the_other_of_the_match_sees_nothing_of_it() -> None:
    world = matched()
    before = _seen(world)

    world.act("call", MENTEE, answer="done")
    world.until(world.now + dt.timedelta(minutes=1))

    assert _seen(world) == before
    assert not [
        one.event
        for one in world.facts()
        if isinstance(one.event, Noticed)
        and one.event.wording == CALL_ME
        and one.event.person != world.record.coordinator.person
    ]


def test_every_participant_has_the_link_in_their_mails_and_no_coordinator() -> None:
    world = matched()

    has = {(post.person, post.call is not None) for post in world.sink.posts}

    organiser = world.record.coordinator.person
    everyone = {one.person for one in world.record.participants}
    assert has == {(organiser, False), *((person, True) for person in everyone)}


def test_a_coordinator_cannot_ask_for_a_call() -> None:
    world = matched()
    person = world.record.coordinator.person

    with pytest.raises(RefusedError, match="coordinator takes no part"):
        call_me(world.unit.standing(world.cohort), person=person)


def _seen(world: World) -> tuple[object, ...]:
    """Return what the mentor has: their history, their mails and their calendar."""
    person = world.person(MENTOR)
    lines = history(
        world.record,
        person,
        facts=world.facts(),
        mails=(),
        subjects={},
        now=world.now,
    )
    mails = [one for one in world.sink.posts if one.person == person]
    return (lines, mails, world.client.get(world.path("feed", MENTOR)).content)
