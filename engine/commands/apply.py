"""Putting a coordinator's files into force, for a new cohort or a running one."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.commands.allocation import renumbered, shared_with
from engine.commands.announcing import call
from engine.commands.comparing import overtaken
from engine.commands.decision import Decision, RefusedError
from engine.commands.foreseeing import MISSING, Foreseen, refuse_others, weighed
from engine.commands.minting import surrogates
from engine.commands.reannouncing import differences
from engine.commands.rechecking import rechecked
from engine.commands.shifting import moved_along
from engine.commands.standing import Standing
from engine.commands.unit import Unit
from engine.coordinators import answering
from engine.crash import point
from engine.facts import Applied, Enrolled, Event, Linked, Settled
from engine.frozen import Frozen, digest
from engine.ids import CohortId, PersonId
from engine.people import Participant
from engine.plan import Plan
from engine.record import COORDINATOR, Record
from engine.state import State
from engine.timeline.kinds import compile_timeline
from engine.timeline.model import Timeline

_between = point("apply: between this cohort and the last")


@dataclass(frozen=True, kw_only=True, slots=True)
class Files:
    """What is to be put into force.

    Attributes:
        people: As read; nobody has a surrogate yet.
    """

    id: CohortId
    frozen: Frozen
    people: Sequence[Participant]


def prepare(
    unit: Unit, files: Files, *, now: dt.datetime, move_booked: bool = False
) -> Foreseen:
    """Return what applying the files would do; nothing is written.

    Args:
        unit: The recorded cohorts.
        files: What would be put into force.
        now: The time of it.
        move_booked: Whether booked meetings go along with the cohort's own date.

    Raises:
        RefusedError: If the cohort that hands over is not recorded.
        TimelineError: If the time of an activity cannot be told.
    """
    known = files.id in unit.store.cohorts()
    before = unit.standing(files.id) if known else None
    record = before.record if before else _unrecorded(unit, files)
    decision = _decided(unit, record, files, now=now)
    if before and move_booked:
        decided = unit.after(record, decision, now=now, actor=COORDINATOR)
        along = moved_along(before, decided, now=now)
        decision = replace(
            decision,
            events=(*decision.events, *along.events),
            mails=(*decision.mails, *along.mails),
        )
    found = weighed(unit, record, before, decision, now=now)
    begun = overtaken(found.after.record, now=now) if found.plan.changed else ()
    return replace(
        found,
        plan=replace(
            found.plan,
            left=_left(record, files),
            stays=(*begun, *found.plan.stays),
        ),
    )


def _decided(unit: Unit, record: Record, files: Files, *, now: dt.datetime) -> Decision:
    people = _minted(unit, record, files)
    base = Decision(
        events=_events(unit, record, files, people),
        people=[one for one in people if record.people.get(one.person) != one],
        frozen=files.frozen,
    )
    stood = unit.after(record, base, now=now, actor=COORDINATOR)
    numbered = renumbered(stood.record, stood.timeline)
    base = replace(base, events=(*base.events, *numbered))
    after = unit.after(record, base, now=now, actor=COORDINATOR).record
    wanted = compile_timeline(after, filed_after=now)
    _refuse_two_dates(after, wanted)
    announcings = tuple(differences(record, after, wanted, now=now))
    told = (one.told for one in announcings)
    asked = (*_asked(after, people), *rechecked(record, after))
    changed = any(isinstance(event, Applied) for event in base.events)
    return replace(
        base,
        events=(*base.events, *told, *asked),
        mails=tuple(mail for one in announcings for mail in one.mails),
        frozen=files.frozen if changed else None,
    )


def apply(
    unit: Unit,
    files: Files,
    *,
    now: dt.datetime,
    planned: str = "",
    move_booked: bool = False,
) -> Plan:
    """Put the files into force, all of it or nothing, and return what that did.

    That another cohort hands over to this one is recorded there by itself afterwards:
    applying the same again does what is missing of that.

    Args:
        unit: The recorded cohorts.
        files: What is to be put into force.
        now: The time of it.
        planned: The name of the plan that somebody said yes to; empty for whichever.
        move_booked: Whether booked meetings go along with the cohort's own date.

    Raises:
        RefusedError: If the plan is not the one that was said yes to.
    """

    def once() -> Foreseen:
        found = prepare(unit, files, now=now, move_booked=move_booked)
        if planned:
            refuse_others(found.plan, planned)
        unit.write(found.record, found.decision, now=now, actor=COORDINATOR)
        return found

    found = unit.insist(once)
    if files.frozen.cohort.follows is not None:
        _between()
        previous = _previous(files)
        unit.perform(previous, lambda one: _handed_to(one, files.id), now=now)
    return found.plan


def _refuse_two_dates(after: Record, wanted: Timeline) -> None:
    """Refuse a kick-off that is one gathering with a closing on another date."""
    previous = after.previous or State()
    for one in wanted.occurrences.values():
        shared = shared_with(after, one)
        closing = previous.announced.get(shared[1]) if shared else None
        if shared and closing and closing.told.starts != one.starts:
            local = after.days.zone.local(closing.told.starts)
            raise RefusedError(
                f"{one.slot.activity} is one gathering with {shared[1]} of {shared[0]},"
                " and on another date",
                f"dates: {{{one.slot.activity}: {local:%Y-%m-%d %H:%M}}}",
            )


def _handed_to(standing: Standing, next_: CohortId) -> Decision:
    if standing.record.state.linked.get("next") == next_:
        return Decision()
    return Decision(events=(Linked(cohort=next_, relation="next"),))


def _unrecorded(unit: Unit, files: Files) -> Record:
    """Return a cohort to which nothing has happened yet."""
    return Record(
        id=files.id,
        installation=unit.installation,
        frozen=files.frozen,
        people={},
        state=State(),
    )


def _minted(unit: Unit, record: Record, files: Files) -> tuple[Participant, ...]:
    """Return everyone with a surrogate: known by id here, or by address anywhere."""
    everyone = (*files.people, *answering(files.frozen.cohort))
    here = {one.id: one.person for one in record.people.values()}
    strangers = [one.email.lower() for one in everyone if one.id not in here]
    known = surrogates(unit.store, strangers)
    minted = (
        replace(one, person=here.get(one.id) or known[one.email.lower()])
        for one in everyone
    )
    return tuple(_with_place(one, record) for one in minted)


def _with_place(one: Participant, record: Record) -> Participant:
    """Return somebody with the roles in which they were admitted as well."""
    admitted = record.admitted.get(one.person, ())
    return replace(one, roles=tuple(dict.fromkeys((*one.roles, *admitted))))


def _events(
    unit: Unit, record: Record, files: Files, people: Iterable[Participant]
) -> tuple[Event, ...]:
    events: list[Event] = []
    name, left = digest(files.frozen.to_json()), record.state.presence.left
    if record.state.revision == 0 or digest(record.frozen.to_json()) != name:
        events.append(Applied(revision=record.state.revision + 1, digest=name))
    events += [
        # Nobody comes back by a row that was never taken out: `stafet join` says so.
        Enrolled(person=one.person, roles=() if one.person in left else one.roles)
        for one in people
        # Also with a new address: other processes read people again because of it.
        if record.people.get(one.person) != one
    ]
    if files.frozen.cohort.follows is not None:
        previous = _previous(files)
        if previous not in unit.store.cohorts():
            raise RefusedError(
                f"follows: {previous} is not recorded",
                "record it first, or leave the line out",
            )
        if record.state.linked.get("previous") != previous:
            events.append(Linked(cohort=previous, relation="previous"))
    return tuple(events)


def _left(record: Record, files: Files) -> tuple[PersonId, ...]:
    """Return who has left and is still in the file."""
    ids = {one.id for one in files.people}
    return tuple(
        one for one in record.state.presence.left if record.people[one].id in ids
    )


def _previous(files: Files) -> CohortId:
    return CohortId(f"{files.frozen.programme.programme}/{files.frozen.cohort.follows}")


def _asked(after: Record, people: Sequence[Participant]) -> tuple[Event, ...]:
    """Return a question for each row that is missing; its end where one is back."""
    here = {one.person for one in people}
    enrolled = {one.person for one in after.participants}
    missing = sorted(enrolled - here - set(after.admitted))
    back = [
        Settled(task=name)
        for name, task in after.state.tasks.items()
        if task.raised.wording == MISSING and task.raised.person in here
    ]
    raised = [call(after, MISSING, subject=one, person=one) for one in missing]
    return (*back, *(event for events in raised for event in events))
