"""Somebody starts while the cohort runs already, or comes back to it."""

import datetime as dt
from collections.abc import Iterator

from engine.commands.decision import Decision, RefusedError
from engine.commands.joining import grown, telling
from engine.commands.standing import Standing
from engine.facts import Enrolled, Event, Joined, Noticed
from engine.ids import ActionId, PersonId
from engine.record import COORDINATOR, Record
from engine.spec.activities import Evaluation, Handover
from engine.timeline.kinds import compile_timeline

WELCOME = "welcome"
"""The wording of the letter to whoever starts."""


def join(standing: Standing, *, person: PersonId, now: dt.datetime) -> Decision:
    """Let somebody start now who has left, or who came into the file late.

    What was announced and lies ahead they are invited to; what others were given before
    becomes what `late joiners` says, and is left out where it says nothing. Nobody is
    invited into the past.

    Raises:
        RefusedError: If they have no row with a role, or have started.
    """
    record = standing.record
    _refuse(record, person)
    roles = record.people[person].roles
    missed = record.frozen.programme.changes.late_joiners or "skip"
    events: list[Event] = []
    if not record.state.enrolled.get(person):
        events.append(Enrolled(person=person, roles=roles))
    events.append(Joined(person=person, missed=missed))
    if missed != "skip":
        events += _still_open(grown(record, events, now=now), person, now=now)
    events.append(_noticed(record, person, WELCOME))
    return telling(record, Decision(events=events), (person,), now=now)


def _refuse(record: Record, person: PersonId) -> None:
    one, presence = record.people[person], record.state.presence
    if COORDINATOR in one.roles or not one.roles:
        raise RefusedError(
            f"{one.id} has no role to start in", "give them one in the file, and apply"
        )
    if person in presence.paused:
        raise RefusedError(f"{one.id} is away", "let them come back with stafet resume")
    if person in presence.late:
        raise RefusedError(f"{one.id} has started already", "see stafet log")
    takes_part = record.state.enrolled.get(person)
    if takes_part and presence.first[person] == record.state.applied:
        raise RefusedError(f"{one.id} takes part from the start", "nothing to do")


def _still_open(
    after: Record, person: PersonId, *, now: dt.datetime
) -> Iterator[Noticed]:
    """Yield the questions to all that are open still, and were asked before."""
    for one in compile_timeline(after).occurrences.values():
        asked = after.frozen.programme.activity(one.slot.activity)
        was_asked = ActionId(f"{one.id}/open") in after.state.done
        if not isinstance(asked, Evaluation | Handover) or not was_asked:
            continue
        if person in one.slot.audience and one.starts <= now < one.ends:
            yield Noticed(
                notice=f"{one.id}/open/{person}/{after.state.number}",
                person=person,
                wording=asked.kind,
                occurrence=one.id,
            )


def _noticed(record: Record, person: PersonId, wording: str) -> Noticed:
    return Noticed(
        notice=f"start/{person}/{record.state.number}", person=person, wording=wording
    )
