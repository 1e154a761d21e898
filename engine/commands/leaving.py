"""Somebody leaves a cohort: what follows for them, and for those they were with."""

import datetime as dt
from collections.abc import Iterator

from engine.commands.decision import Decision, RefusedError
from engine.commands.joining import grown, telling
from engine.commands.parting import PLACE_FREE, living, without
from engine.commands.standing import Standing
from engine.facts import Event, Left, Noticed, Settled
from engine.ids import PersonId
from engine.record import COORDINATOR, Record
from engine.waiting import FAREWELL


def drop(
    standing: Standing,
    *,
    person: PersonId,
    now: dt.datetime,
    reason: str = "",
    wording: str = FAREWELL,
) -> Decision:
    """Record that somebody leaves; what lies ahead is cancelled for them alone.

    Args:
        standing: The cohort.
        person: Who.
        now: When.
        reason: Why, which is recorded and told to nobody.
        wording: Of the one letter that they get.

    Raises:
        RefusedError: If they take no part, or the programme knows no such reason.
    """
    record = standing.record
    _refuse(record, person, reason)
    events: list[Event] = [Left(person=person, reason=reason)]
    after = grown(record, events, now=now)
    for match in living(record, person):
        events += without(after, match, person)
    events += _settled(record, person, events)
    events.append(
        Noticed(
            notice=f"left/{person}/{record.state.number}",
            person=person,
            wording=wording,
        )
    )
    return telling(record, Decision(events=events), (person,), now=now)


def _refuse(record: Record, person: PersonId, reason: str) -> None:
    one = record.people[person]
    if COORDINATOR in one.roles:
        raise RefusedError(
            f"{one.id} answers for the cohort", "name another in the cohort file"
        )
    if not record.state.enrolled.get(person):
        raise RefusedError(f"{one.id} takes no part", "see stafet status")
    known = record.frozen.programme.changes.reasons
    if reason and reason not in known:
        words = ", ".join(known) or "none"
        raise RefusedError(f"{reason!r} is no reason here", f"known are: {words}")


def _settled(
    record: Record, person: PersonId, events: list[Event]
) -> Iterator[Settled]:
    """Yield the end of each task about them that is open, but of a place left free."""
    ended = {one.task for one in events if isinstance(one, Settled)}
    for name, task in record.state.tasks.items():
        theirs = task.raised.person == person and task.raised.wording != PLACE_FREE
        if theirs and name not in ended:
            yield Settled(task=name)
