"""Somebody goes over to the next cohort: both halves are held to what was shown."""

from functools import partial

import pytest

from engine.commands.decision import RefusedError
from engine.commands.in_turn import Step, foreseen_in_turn, held_to
from engine.commands.leaving import drop
from engine.commands.moving import reschedule
from engine.commands.transferring import receive
from engine.ids import OccurrenceId, PersonId
from flows.wiring import App
from tests.acceptance.test_handover import NEW, OLD, RECRUITED, app, mail

__all__ = ["app", "mail"]


def someone(app: App) -> PersonId:
    """Return somebody of the old cohort who is not in the new one."""
    new = app.unit.standing(NEW).record
    old = app.unit.standing(OLD).record.participants
    return next(one.person for one in old if one.person not in new.people)


def both(app: App, person: PersonId) -> list[Step]:
    """Return that they leave the one, and come into the other."""
    one = app.unit.standing(OLD).record.people[person]
    return [
        (OLD, partial(drop, person=person, now=RECRUITED)),
        (NEW, partial(receive, one=one, now=RECRUITED)),
    ]


def test_what_is_shown_of_the_second_half_is_what_is_done_after_the_first(
    app: App,
) -> None:
    person = someone(app)
    steps = both(app, person)
    shown = foreseen_in_turn(app.unit, steps, now=RECRUITED)
    names = [one.plan.name for one in shown]

    for place, (cohort, _) in enumerate(steps):
        decide = held_to(app.unit, steps[place:], names[place:], now=RECRUITED)
        app.unit.perform(cohort, decide, now=RECRUITED)

    rows = [one for one in app.outbox.standings(NEW) if one.recipient == person]
    stored = [found.message for one in rows if (found := app.outbox.find(one.number))]
    mails = [
        (one.kind, one.sequence)
        for one in shown[1].plan.of("at once")
        if one.sequence is not None
    ]
    assert mails == [(one.kind, one.sequence) for one in stored]
    assert ("invitation", 2) in mails


def test_neither_half_is_done_where_the_second_is_not_what_was_shown(app: App) -> None:
    person = someone(app)
    steps = both(app, person)
    shown = foreseen_in_turn(app.unit, steps, now=RECRUITED)
    names = [one.plan.name for one in shown]
    workshop = OccurrenceId("workshop-1")
    starts = app.unit.standing(NEW).record.state.announced[workshop].told.starts
    later = partial(
        reschedule,
        occurrence=workshop,
        starts=starts.replace(hour=starts.hour + 1),
        now=RECRUITED,
    )
    app.unit.perform(NEW, later, now=RECRUITED)

    with pytest.raises(RefusedError, match="what would be done has changed"):
        app.unit.perform(
            OLD, held_to(app.unit, steps, names, now=RECRUITED), now=RECRUITED
        )

    assert app.unit.standing(OLD).record.state.enrolled[person]
    assert person not in app.unit.standing(NEW).record.people
