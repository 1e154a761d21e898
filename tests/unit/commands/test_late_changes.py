"""What changes hours before it begins: told at once, and who has seen it."""

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest

from engine.commands.foreseeing import foresee
from engine.commands.moving import call_off, reschedule
from engine.ids import OccurrenceId
from engine.outbox import Standing
from engine.reached import Unreached, unreached
from tests.fakes.cohorts import KICK_OFF, Live, matched, small_files

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
ONE = OccurrenceId("kick-off-1")
EVERYONE = ("ugle", "falk", "alk", "mejse")


def eve(before: dt.timedelta = 20 * HOUR) -> Live:
    """Return a cohort on the evening before its kick-off, or at another time."""
    live = matched()
    live.until(KICK_OFF - before)
    live.renderer.posts.clear()
    return live


def updates(live: Live) -> set[tuple[str, dt.datetime]]:
    return {
        (one.kind, one.not_before)
        for one in live.messages()
        if one.kind in ("update", "cancellation")
    }


def test_another_venue_in_the_evening_before_is_told_at_once() -> None:
    live = eve()
    files = small_files(cohort={"kick-off: hall": "kick-off: library"})

    plan = live.apply(files)

    assert updates(live) == {("update", live.now)}
    assert {live.record.people[one].id for one in plan.soon} == set(EVERYONE)


@pytest.mark.parametrize("later", [KICK_OFF + HOUR, KICK_OFF + 10 * DAY])
def test_another_time_is_told_at_once_by_what_it_was_or_will_be(
    later: dt.datetime,
) -> None:
    live = eve()

    live.do(partial(reschedule, occurrence=ONE, starts=later, now=live.now))

    assert updates(live) == {("update", live.now)}


def test_what_is_called_off_on_its_eve_is_told_at_once_and_who_to_call() -> None:
    live = eve()
    off = partial(call_off, occurrence=ONE, now=live.now)

    plan = foresee(live.unit, live.cohort, off, now=live.now).plan
    live.do(off)

    assert updates(live) == {("cancellation", live.now)}
    assert {live.record.people[one].id for one in plan.soon} == set(EVERYONE)


def test_nobody_needs_calling_about_what_is_days_ahead() -> None:
    live = eve(before=5 * DAY)

    plan = live.plan(small_files(cohort={"kick-off: hall": "kick-off: library"}))

    assert len(plan.of("at once")) == 4
    assert plan.soon == ()


def standings(live: Live, *arrived: str) -> list[Standing]:
    """Return where the mails are when those to some people have left."""
    people = live.record.people
    return [
        Standing(
            number=number,
            key=one.key,
            cohort=one.cohort,
            recipient=one.recipient,
            lane=one.lane,
            kind=one.kind,
            not_before=one.not_before,
            status="sent"
            if one.kind != "update" or people[one.recipient].id in arrived
            else "pending",
        )
        for number, one in enumerate(live.messages(), start=1)
    ]


def test_who_has_not_seen_it_is_who_did_not_get_it_or_did_not_answer_since() -> None:
    live = eve()
    for id_ in ("ugle", "falk"):
        live.accept("kick-off-1", id_)
    live.do(partial(reschedule, occurrence=ONE, starts=KICK_OFF + HOUR, now=live.now))
    for id_ in ("falk", "alk"):
        live.accept("kick-off-1", id_)

    found = unreached(live.record, ONE, standings(live, "ugle", "falk"))

    assert found == (
        Unreached(person=live.person("ugle"), mail="sent", answered=False),
        Unreached(person=live.person("alk"), mail="pending", answered=True),
        Unreached(person=live.person("mejse"), mail="pending", answered=False),
    )


def test_of_what_is_called_off_only_who_has_not_got_the_mail_is_to_be_called() -> None:
    live = eve()
    live.do(partial(call_off, occurrence=ONE, now=live.now))
    arrived = {live.person(id_) for id_ in ("ugle", "alk")}

    found = unreached(
        live.record,
        ONE,
        [
            replace(one, status="sent" if one.recipient in arrived else "in doubt")
            for one in standings(live, *EVERYONE)
        ],
    )

    assert found == tuple(
        Unreached(person=live.person(id_), mail="in doubt", answered=False)
        for id_ in ("falk", "mejse")
    )
