"""Doing what is due: one action at a time, each in a transaction of its own."""

import datetime as dt
from typing import assert_never

from engine.actions.due import next_action
from engine.actions.model import (
    Action,
    Announce,
    Call,
    Lapse,
    Notify,
    Post,
    Propose,
    Resume,
)
from engine.commands.announcing import announce, announcement, call
from engine.commands.booking import SILENT
from engine.commands.decision import NOTHING, Decision
from engine.commands.pausing import resume
from engine.commands.proposing import propose
from engine.commands.standing import Standing
from engine.commands.unit import Unit
from engine.facts import Done, Event, Lapsed, Noticed, Posted
from engine.ids import ActionId, CohortId, OccurrenceId
from engine.letters.details import Responses
from engine.letters.letters import letter
from engine.record import Record

SCHEDULE = "schedule"


def advance(unit: Unit, cohort: CohortId, *, now: dt.datetime) -> tuple[ActionId, ...]:
    """Do everything that a cohort owes by `now`, once, and return what was done."""
    performed: list[ActionId] = []
    standing = unit.standing(cohort)
    while (action := next_action(standing.actions, now=now)) is not None:
        standing = perform(unit, cohort, action.id, now=now, known=standing)
        performed.append(action.id)
    return tuple(performed)


def due_action(unit: Unit, cohort: CohortId, *, now: dt.datetime) -> Action | None:
    """Return the next action of a cohort that is due, or None."""
    return next_action(unit.standing(cohort).actions, now=now)


def perform(
    unit: Unit,
    cohort: CohortId,
    id_: ActionId,
    *,
    now: dt.datetime,
    known: Standing | None = None,
) -> Standing:
    """Do one action; nothing happens when it has been done meanwhile."""
    return unit.perform(
        cohort,
        lambda standing: decide(
            standing,
            id_,
            now=now,
            responses=lambda: unit.store.responses(cohort),
        ),
        now=now,
        actor=SCHEDULE,
        known=known,
    )


def decide(
    standing: Standing,
    id_: ActionId,
    *,
    now: dt.datetime,
    responses: Responses = tuple,
) -> Decision:
    """Return what an action comes to, or nothing if it is not due any more."""
    action = next((one for one in standing.actions if one.id == id_), None)
    if action is None or action.due > now:
        return NOTHING
    if isinstance(action.effect, Post):
        return _post(standing, action.effect, now=now, responses=responses)
    if action.useless_after is not None and action.useless_after <= now:
        return Decision(events=(Done(action=id_, outcome="skipped"),))
    decided = _effect(standing, action, now=now)
    return Decision(events=(*decided.events, Done(action=id_)), mails=decided.mails)


def _effect(standing: Standing, action: Action, *, now: dt.datetime) -> Decision:
    record, effect = standing.record, action.effect
    events: tuple[Event, ...] = ()
    match effect:
        case Announce():
            return _announce(standing, effect, now=now)
        case Resume():
            return resume(standing, person=effect.person, now=now)
        case Notify():
            events = _notices(action, effect)
        case Call():
            about = (effect.occurrence, effect.match, effect.person)
            events = call(
                record,
                effect.wording,
                subject="/".join(str(one) for one in about if one),
                occurrence=effect.occurrence,
                match=effect.match,
                person=effect.person,
            )
        case Lapse():
            events = _lapsed(standing, effect, now=now)
        case Propose():
            events = propose(record, effect.kind)
        case Post():
            return NOTHING
        case _:
            assert_never(effect)
    return Decision(events=events)


def _lapsed(
    standing: Standing, effect: Lapse, *, now: dt.datetime
) -> tuple[Event, ...]:
    """Return that a window has passed; a call helps only while more may be booked."""
    lapsed = Lapsed(occurrence=effect.occurrence)
    slot = standing.timeline.occurrences[effect.occurrence].slot
    ends = {one.phase: one.ends for one in standing.timeline.phases}
    if ends[slot.phase] <= now:
        return (lapsed,)
    told = call(
        standing.record,
        SILENT,
        subject=slot.series,
        occurrence=effect.occurrence,
        match=effect.match,
    )
    return (lapsed, *told)


def _announce(standing: Standing, effect: Announce, *, now: dt.datetime) -> Decision:
    record, invited = standing.record, effect.stage == "invited"
    slot = standing.timeline.occurrences[effect.occurrence].slot
    told = announcement(record, effect.occurrence, slot, invited=invited)
    wording = "invite" if invited else "hold"
    if invited and _just_moved(record, effect.occurrence, now=now):
        wording = "update"
    announcing = announce(record, told, wording=wording, now=now)
    return Decision(events=(announcing.told,), mails=announcing.mails)


def _just_moved(record: Record, occurrence: OccurrenceId, *, now: dt.datetime) -> bool:
    """Return whether a change was told so lately that this mail takes its place.

    Then this one has to say it.
    """
    known = record.state.announced.get(occurrence)
    if known is None or known.told.sequence == 0:
        return False
    return now <= record.days.sending(known.at)


def _notices(action: Action, effect: Notify) -> tuple[Event, ...]:
    return tuple(
        Noticed(
            notice=f"{action.id}/{person}",
            person=person,
            wording=effect.wording,
            occurrence=effect.occurrence,
            match=effect.match,
            about=effect.about,
        )
        for person in effect.people
    )


def _post(
    standing: Standing,
    effect: Post,
    *,
    now: dt.datetime,
    responses: Responses,
) -> Decision:
    written = letter(
        standing.record,
        effect.person,
        timeline=standing.timeline,
        responses=responses,
        now=now,
    )
    key = written.outgoing.post.key if written.outgoing else ""
    posted = Posted(
        letter=key, person=effect.person, told=written.told, moot=written.moot
    )
    mails = (written.outgoing,) if written.outgoing else ()
    return Decision(events=(posted,), mails=mails)
