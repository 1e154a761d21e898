"""Proposing people for a role, and what they, their managers and others say to it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.commands.announcing import call
from engine.commands.decision import NOTHING, Decision, RefusedError
from engine.commands.joining import grown, telling
from engine.commands.minting import Identify
from engine.commands.newcomers import newcomers
from engine.commands.standing import Standing
from engine.facts import (
    Admitted,
    Consented,
    Enrolled,
    Event,
    Nominated,
    Refused,
    Responded,
    Settled,
)
from engine.ids import OccurrenceId, PersonId
from engine.nominations import Hindrance, Nominating, nominating
from engine.nominees import Nominee
from engine.people import Participant
from engine.proposals import Proposal

_WHY_NOT: Mapping[Hindrance, tuple[str, str]] = {
    "closed": ("it is not open to them", "see stafet timeline for when"),
    "full": ("they have proposed as many as they are asked for", "wait for an answer"),
    "known": (
        "that person was proposed or takes part already",
        "propose somebody else",
    ),
    "department": ("that person is of another department", "propose one of their own"),
    "self": ("nobody proposes themselves", "propose somebody else"),
    "manager": ("nobody is their own manager", "give another manager's address"),
}
SILENT, UNDECIDED, GIVEN_BACK = "nominee-silent", "nominees-wait", "place-given-back"
CONSENT_SILENT = "consent-silent"
"""The tasks of the coordinator that a nomination may raise."""

_SEE = "see stafet nominees"


def nominate(
    standing: Standing,
    *,
    occurrence: OccurrenceId,
    by: PersonId,
    proposal: Proposal,
    identify: Identify,
    now: dt.datetime,
) -> Decision:
    """Record that somebody proposes somebody from their own department.

    Raises:
        RefusedError: If it is not open to them, or not this person.
    """
    asked = _nominating(standing, occurrence)
    hindrance = asked.hindrance(by, proposal, now=now)
    if hindrance is not None:
        raise RefusedError(*_WHY_NOT[hindrance])
    nominee, manager = newcomers(asked.record, by, proposal, identify)
    known = asked.record.people
    asks_first = asked.activity.consent is not None and manager.person != by
    event = Nominated(
        occurrence=occurrence,
        person=nominee.person,
        by=by,
        manager=manager.person if asks_first else None,
    )
    rows = [one for one in (nominee, manager) if known.get(one.person) != one]
    return Decision(events=(event,), people=rows)


def consent(
    standing: Standing,
    *,
    occurrence: OccurrenceId,
    nominee: PersonId,
    agrees: bool,
) -> Decision:
    """Record whether a nominee's manager gives the time.

    Raises:
        RefusedError: If nobody is asked, or something else was said before.
    """
    asked = _nominating(standing, occurrence)
    known = _nominee(asked, nominee)
    if known.place != "consent":
        if known.manager and agrees == (known.place != "withheld"):
            return NOTHING
        raise RefusedError("nobody is asked for this time", _SEE)
    said = Consented(occurrence=occurrence, person=nominee, agrees=agrees)
    settled = _settled(asked, f"{CONSENT_SILENT}/{occurrence}/{nominee}")
    return Decision(events=(said, *settled))


def respond(
    standing: Standing,
    *,
    occurrence: OccurrenceId,
    person: PersonId,
    agrees: bool,
    now: dt.datetime,
) -> Decision:
    """Record that a nominee says yes or no; a no may still come after a yes.

    Raises:
        RefusedError: If they are not asked, or are matched already.
    """
    asked = _nominating(standing, occurrence)
    known = _nominee(asked, person)
    if agrees and known.place in ("waiting", "admitted"):
        return NOTHING
    if not agrees and known.place == "declined":
        return NOTHING
    _refuse_answer(asked, known, agrees=agrees)
    said: list[Event] = [
        Responded(occurrence=occurrence, person=person, agrees=agrees),
        *_settled(asked, f"{SILENT}/{occurrence}/{person}"),
    ]
    if known.place == "admitted":
        return _given_back(asked, person, said, now=now)
    return _and_next(asked, Decision(events=said), (person,), now=now)


def admit(
    standing: Standing,
    *,
    occurrence: OccurrenceId,
    person: PersonId,
    now: dt.datetime,
) -> Decision:
    """Give a place to somebody who has said yes, whoever else waits.

    Raises:
        RefusedError: If they have not, or no place is left.
    """
    asked = _nominating(standing, occurrence)
    known = _nominee(asked, person)
    if known.place == "admitted":
        return NOTHING
    if known.place != "waiting":
        raise RefusedError("they have not said yes", _SEE)
    if asked.free == 0:
        raise RefusedError(
            f"all {asked.activity.places} places are taken",
            "raise `places` and apply it, or wait until one is given back",
        )
    return _whole(asked, _admitted(asked, (known,)), (person,), now=now)


def refuse(
    standing: Standing,
    *,
    occurrence: OccurrenceId,
    person: PersonId,
    now: dt.datetime,
) -> Decision:
    """Say no to somebody who is proposed, for the coordinator; a kind letter follows.

    Raises:
        RefusedError: If they have a place, or it has ended already.
    """
    asked = _nominating(standing, occurrence)
    known = _nominee(asked, person)
    if known.place == "refused":
        return NOTHING
    if known.place == "admitted" or not known.is_live:
        raise RefusedError("they have a place, or nothing is open", _SEE)
    said: list[Event] = [Refused(occurrence=occurrence, person=person)]
    for task in (SILENT, CONSENT_SILENT):
        said += _settled(asked, f"{task}/{occurrence}/{person}")
    return _whole(asked, Decision(events=said), (person,), now=now)


def _nominating(standing: Standing, occurrence: OccurrenceId) -> Nominating:
    found = nominating(standing.record, standing.timeline, occurrence)
    if found is None:
        raise RefusedError(
            f"{occurrence} asks nobody to propose", "see stafet timeline"
        )
    return found


def _nominee(asked: Nominating, person: PersonId) -> Nominee:
    found = asked.record.state.nominees.get((asked.one.id, person))
    if found is None:
        raise RefusedError(f"they are not proposed in {asked.one.id}", _SEE)
    return found


def _refuse_answer(asked: Nominating, known: Nominee, *, agrees: bool) -> None:
    if known.place == "consent":
        raise RefusedError("their manager is asked first", "wait for the answer")
    if known.place in ("withheld", "refused") or (agrees and known.place == "declined"):
        raise RefusedError("nothing is asked of them any more", _SEE)
    matched = any(
        known.person in match.people and not match.dissolved
        for match in asked.record.state.matches.values()
    )
    if known.place == "admitted" and matched:
        raise RefusedError("they are matched already", "see stafet status")


def _given_back(
    asked: Nominating, person: PersonId, said: Sequence[Event], *, now: dt.datetime
) -> Decision:
    """Return that a place is free again, of which the coordinator hears."""
    told = call(
        asked.record,
        GIVEN_BACK,
        subject=f"{asked.one.id}/{person}",
        occurrence=asked.one.id,
        person=person,
    )
    left = _without(asked, person)
    left = replace(left, events=(*said, *left.events, *told))
    return _and_next(asked, left, (person,), now=now)


def _without(asked: Nominating, person: PersonId) -> Decision:
    """Return that somebody has the role no more."""
    one = asked.record.people[person]
    roles = tuple(role for role in one.roles if role != asked.role)
    return _enrolled([replace(one, roles=roles)])


def _admitted(asked: Nominating, nominees: Sequence[Nominee]) -> Decision:
    """Return that these have a place, and the role from now on."""
    people = [asked.record.people[one.person] for one in nominees]
    decision = _enrolled(
        [
            replace(one, roles=tuple(dict.fromkeys((*one.roles, asked.role))))
            for one in people
        ]
    )
    events = [Admitted(occurrence=asked.one.id, person=one.person) for one in nominees]
    return replace(decision, events=(*events, *decision.events))


def _enrolled(people: Sequence[Participant]) -> Decision:
    """Return that people have the roles of these rows from now on."""
    events = [Enrolled(person=one.person, roles=one.roles) for one in people]
    return Decision(events=events, people=people)


def _and_next(
    asked: Nominating,
    decision: Decision,
    people: Sequence[PersonId],
    *,
    now: dt.datetime,
) -> Decision:
    """Return a decision about people, and that whoever is next then gets a place."""
    after = _after(asked, decision, now=now)
    admitted = _admitted(after, after.next_up)
    decision = Decision(
        events=(*decision.events, *admitted.events),
        people=(*decision.people, *admitted.people),
    )
    moved = [one.person for one in after.next_up]
    return _whole(asked, decision, (*people, *moved), now=now)


def _whole(
    asked: Nominating,
    decision: Decision,
    people: Sequence[PersonId],
    *,
    now: dt.datetime,
) -> Decision:
    """Return a decision with what follows: who is told of what, and which task ends."""
    if not _after(asked, decision, now=now).queue:
        settled = _settled(asked, f"{UNDECIDED}/{asked.one.id}")
        decision = replace(decision, events=(*decision.events, *settled))
    return telling(asked.record, decision, people, now=now)


def _after(asked: Nominating, decision: Decision, *, now: dt.datetime) -> Nominating:
    record = grown(asked.record, decision.events, people=decision.people, now=now)
    return replace(asked, record=record)


def _settled(asked: Nominating, task: str) -> tuple[Settled, ...]:
    return (Settled(task=task),) if task in asked.record.state.tasks else ()
