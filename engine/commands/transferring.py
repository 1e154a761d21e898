"""Somebody goes over to another cohort, with what is told of them."""

import datetime as dt
from dataclasses import replace

from engine.commands.decision import Decision, RefusedError
from engine.commands.joining import telling
from engine.commands.standing import Standing
from engine.commands.starting import WELCOME
from engine.facts import Enrolled, Noticed
from engine.people import Participant
from engine.record import Record


def receive(standing: Standing, *, one: Participant, now: dt.datetime) -> Decision:
    """Enrol somebody who comes from another cohort, in the roles that they have there.

    Whoever is known here keeps the id that they have here. An id that is somebody
    else's here gets their surrogate behind it.

    Raises:
        RefusedError: If they take part here, or their roles are not known here.
    """
    record = standing.record
    if record.state.enrolled.get(one.person):
        raise RefusedError(f"{one.id} takes part in {record.id} already", "see its log")
    known = {role for kind in _kinds(record) for role in kind}
    if unknown := sorted(set(one.roles) - known - set(record.frozen.programme.roles)):
        raise RefusedError(
            f"{record.id} knows no {' and no '.join(unknown)}",
            "enrol them there by its file",
        )
    row = replace(one, id=_id(record, one))
    events = (
        Enrolled(person=one.person, roles=one.roles),
        Noticed(
            notice=f"start/{one.person}/{record.state.number}",
            person=one.person,
            wording=WELCOME,
        ),
    )
    decision = Decision(events=events, people=(row,))
    return telling(record, decision, (one.person,), now=now)


def _kinds(record: Record) -> list[tuple[str, ...]]:
    return [part.everybody for part in record.frozen.programme.matches.values()]


def _id(record: Record, one: Participant) -> str:
    """Return by which id somebody is known here from now on."""
    here = record.people.get(one.person)
    if here is not None:
        return here.id
    taken = record.participant(one.id) is not None
    return f"{one.id}-{one.person}" if taken else one.id
