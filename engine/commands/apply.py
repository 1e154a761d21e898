"""Putting a coordinator's files into force, for a new cohort or a running one."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.commands.announcing import Announcing, announce, announcement, call
from engine.commands.decision import Decision, RefusedError
from engine.commands.standing import Standing
from engine.commands.unit import Unit
from engine.facts import Announced, Applied, Enrolled, Event, Linked
from engine.frozen import Frozen, digest
from engine.ids import CohortId, OccurrenceId, PersonId
from engine.letters.outgoing import Outgoing
from engine.people import Participant
from engine.plan import Mailed, Moved, Plan
from engine.record import COORDINATOR, Record
from engine.spec.activities import Gathering
from engine.state import State
from engine.timeline.kinds import compile_timeline
from engine.timeline.model import Slot, Timeline


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
    after = unit.after(record, base, now=now, actor=COORDINATOR).record
    wanted = compile_timeline(after, announced=False)
    announcings = tuple(_announcings(after, wanted, now=now))
    missing = _missing(record, people)
    changed = any(isinstance(event, Applied) for event in base.events)
    decision = replace(
        base,
        events=(
            *base.events,
            *(one.told for one in announcings),
            *(event for person in missing for event in _ask_about(after, person)),
        ),
        mails=tuple(mail for one in announcings for mail in one.mails),
        frozen=files.frozen if changed else None,
    )
    plan = _plan(record, decision, wanted, missing)
    return Application(record=record, after=after, decision=decision, plan=plan)


def apply(unit: Unit, files: Files, *, now: dt.datetime) -> Plan:
    """Put the files into force, all of it or nothing, and return what that did."""
    application = unit.insist(lambda: _written(unit, files, now=now))
    follows = files.frozen.cohort.follows
    if follows is not None:
        previous = _previous(files)
        unit.perform(previous, lambda one: _handed_to(one, files.id), now=now)
    return application.plan


def _written(unit: Unit, files: Files, *, now: dt.datetime) -> Application:
    application = prepare(unit, files, now=now)
    unit.write(application.record, application.decision, now=now, actor=COORDINATOR)
    return application


def _ask_about(after: Record, person: PersonId) -> tuple[Event, ...]:
    return call(after, "row-missing", subject=person, person=person)


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
    everyone = (*files.people, _coordinator(files.frozen))
    here = {one.id: one.person for one in record.people.values()}
    known = unit.store.surrogates([one.email.lower() for one in everyone])
    number = unit.store.next_person()
    minted: list[Participant] = []
    for one in everyone:
        person = here.get(one.id) or known.get(one.email.lower())
        if person is None:
            person, number = PersonId(f"p{number}"), number + 1
        minted.append(replace(one, person=person))
    return tuple(minted)


def _coordinator(frozen: Frozen) -> Participant:
    contact = frozen.cohort.coordinator
    return Participant(
        person=PersonId(""),
        id=COORDINATOR,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        language=contact.language,
        roles=(COORDINATOR,),
    )


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
        if record.state.enrolled.get(one.person) != one.roles
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


def _missing(record: Record, people: Sequence[Participant]) -> tuple[PersonId, ...]:
    here = {one.person for one in people}
    return tuple(sorted(set(record.state.enrolled) - here))


def _announcings(
    after: Record, wanted: Timeline, *, now: dt.datetime
) -> Iterable[Announcing]:
    """Yield a new announcement for what people were told and is different now.

    What has begun is left as it was. Meetings are for their members to move.
    """
    for known in after.state.announced.values():
        told = known.told
        if (
            told.cancelled
            or told.starts <= now
            or not _gathering(after, told.occurrence)
        ):
            continue
        one = wanted.occurrences.get(told.occurrence)
        if one is None:
            slot = _as_told(after, told.occurrence)
            gone = announcement(
                after, told.occurrence, slot, invited=False, cancelled=True
            )
            yield announce(after, gone, wording="cancel", now=now)
            continue
        slot = one.slot
        was = (told.starts, told.ends, told.place, told.audience)
        if was != (slot.starts, slot.ends, slot.place, slot.audience):
            moved = announcement(after, told.occurrence, slot, invited=False)
            yield announce(after, moved, wording="update", now=now)


def _gathering(record: Record, occurrence: OccurrenceId) -> bool:
    slug = record.state.allocated[occurrence].activity
    activity = record.frozen.programme.activity(slug)
    return activity is None or isinstance(activity, Gathering)


def _as_told(after: Record, occurrence: OccurrenceId) -> Slot:
    """Return what was told of an occurrence, to cancel just that."""
    told = after.state.announced[occurrence].told
    return Slot(
        phase="",
        activity=after.state.allocated[occurrence].activity,
        kind=Gathering.KEYWORD,
        starts=told.starts,
        ends=told.ends,
        place=told.place,
        audience=told.audience,
    )


def _plan(
    record: Record,
    decision: Decision,
    wanted: Timeline,
    missing: tuple[PersonId, ...],
) -> Plan:
    told = [one for one in decision.events if isinstance(one, Announced)]
    return Plan(
        first=record.state.revision == 0,
        changed=decision.frozen is not None,
        joined=[one.person for one in decision.events if isinstance(one, Enrolled)],
        missing=missing,
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
