"""Putting a coordinator's files into force, for a new cohort or a running one."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.commands.allocation import renumbered, shared_with
from engine.commands.announcing import call
from engine.commands.decision import Decision, RefusedError
from engine.commands.minting import surrogates
from engine.commands.reannouncing import differences
from engine.commands.standing import Standing
from engine.commands.unit import Unit
from engine.coordinators import answering
from engine.facts import (
    Announced,
    Applied,
    Enrolled,
    Event,
    Linked,
    Raised,
    Settled,
    encode,
)
from engine.frozen import Frozen, digest
from engine.ids import CohortId
from engine.letters.outgoing import Outgoing
from engine.people import Participant
from engine.plan import Mailed, Moved, Plan
from engine.record import COORDINATOR, Record
from engine.state import State
from engine.timeline.kinds import compile_timeline
from engine.timeline.model import Timeline

_MISSING = "row-missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Files:
    """What is to be put into force.

    Attributes:
        people: As read; nobody has a surrogate yet.
    """

    id: CohortId
    frozen: Frozen
    people: Sequence[Participant]


@dataclass(frozen=True, kw_only=True, slots=True)
class Application:
    """What applying files comes to.

    Attributes:
        record: The cohort before it.
        after: The cohort as it would be, without the announcements.
        decision: Everything to write.
        plan: The same, for people to read.
    """

    record: Record
    after: Record
    decision: Decision
    plan: Plan

    @property
    def name(self) -> str:
        """Return a short name of the plan: another as soon as anything has happened.

        It names what would be written and the last fact that this was decided on, and
        not the mails, whose times move with the clock.
        """
        written = [encode(event) for event in self.decision.events]
        people = [repr(one) for one in self.decision.people]
        decided_on = (self.record.id, str(self.record.state.number))
        return digest("\n".join((*decided_on, *written, *people)))


def prepare(unit: Unit, files: Files, *, now: dt.datetime) -> Application:
    """Return what applying the files would do; nothing is written.

    Raises:
        RefusedError: If the cohort that hands over is not recorded.
        TimelineError: If the time of an activity cannot be told.
    """
    record = _current(unit, files)
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
    wanted = compile_timeline(after, announced=False)
    _refuse_two_dates(after, wanted)
    announcings = tuple(differences(record, after, wanted, now=now))
    asked = _asked(after, people)
    changed = any(isinstance(event, Applied) for event in base.events)
    decision = replace(
        base,
        events=(
            *base.events,
            *(one.told for one in announcings),
            *asked,
        ),
        mails=tuple(mail for one in announcings for mail in one.mails),
        frozen=files.frozen if changed else None,
    )
    plan = _plan(record, decision, wanted)
    return Application(record=record, after=after, decision=decision, plan=plan)


def apply(unit: Unit, files: Files, *, now: dt.datetime, planned: str = "") -> Plan:
    """Put the files into force, all of it or nothing, and return what that did.

    Args:
        unit: The recorded cohorts.
        files: What is to be put into force.
        now: The time of it.
        planned: The name of the plan that somebody said yes to; empty for whichever.

    Raises:
        RefusedError: If the plan is not the one that was said yes to.
    """
    application = unit.insist(lambda: _written(unit, files, now=now, planned=planned))
    follows = files.frozen.cohort.follows
    if follows is not None:
        previous = _previous(files)
        unit.perform(previous, lambda one: _handed_to(one, files.id), now=now)
    return application.plan


def _written(
    unit: Unit, files: Files, *, now: dt.datetime, planned: str
) -> Application:
    application = prepare(unit, files, now=now)
    if planned not in {"", application.name}:
        raise RefusedError(
            f"{files.id} or its files have changed since {planned} was planned",
            "look at the plan of today with stafet plan",
        )
    unit.write(application.record, application.decision, now=now, actor=COORDINATOR)
    return application


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


def _current(unit: Unit, files: Files) -> Record:
    """Return the cohort as recorded, or one to which nothing has happened yet."""
    if files.id in unit.store.cohorts():
        return unit.standing(files.id).record
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
    name = digest(files.frozen.to_json())
    if record.state.revision == 0 or digest(record.frozen.to_json()) != name:
        events.append(Applied(revision=record.state.revision + 1, digest=name))
    events += [
        Enrolled(person=one.person, roles=one.roles)
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
        if task.raised.wording == _MISSING and task.raised.person in here
    ]
    raised = [call(after, _MISSING, subject=one, person=one) for one in missing]
    return (*back, *(event for events in raised for event in events))


def _plan(record: Record, decision: Decision, wanted: Timeline) -> Plan:
    told = [one for one in decision.events if isinstance(one, Announced)]
    joined = [
        one.person
        for one in decision.events
        if isinstance(one, Enrolled)
        and record.state.enrolled.get(one.person) != one.roles
    ]
    raised = [one for one in decision.events if isinstance(one, Raised)]
    return Plan(
        first=record.state.revision == 0,
        changed=decision.frozen is not None,
        joined=joined,
        edited=[one.person for one in decision.people if one.person not in joined],
        missing=[one.person for one in raised if one.person is not None],
        back=[
            person
            for one in decision.events
            if isinstance(one, Settled)
            and (person := record.state.tasks[one.task].raised.person) is not None
        ],
        new=[
            one
            for one in wanted.occurrences.values()
            if one.provisional and one.slot.firm
        ],
        moved=[
            Moved(was=record.state.announced[one.occurrence].told, now=one)
            for one in told
            if not one.cancelled
        ],
        gone=[one.occurrence for one in told if one.cancelled],
        mails=[_mailed(mail) for mail in decision.mails],
    )


def _mailed(mail: Outgoing) -> Mailed:
    return Mailed(
        person=mail.post.person,
        kind=mail.post.kind,
        subject=mail.post.subject,
        leaves=mail.not_before,
    )
