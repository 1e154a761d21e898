"""What becomes of what was given to others before somebody came."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from engine.ids import PersonId
from engine.presence import LateStart
from engine.record import Record
from engine.spec.activities import ActivityPart, Assignment, Material, Module, Task
from engine.timeline.model import Slot

_GIVEN = (Assignment, Material, Module, Task)
"""What is of use to somebody also when all others have had it."""

_END_OF_DAY = dt.time(23, 59)
_LEAST = dt.timedelta(hours=1)


def with_late_starts(
    slots: Sequence[Slot], activity: ActivityPart, record: Record
) -> tuple[Slot, ...]:
    """Return the slots of an activity with those of its own for whoever came late.

    What was given to all before they came is theirs no more as such. They get it for
    themselves, with as long as the others had or half of it, or not at all. What hangs
    on the meetings of a match stays as it is, and so does what they have done.
    """
    late = record.state.presence.late
    if not late or not isinstance(activity, _GIVEN):
        return tuple(slots)
    done = _done(record, activity)
    found: list[Slot] = []
    for slot in slots:
        missed = [] if slot.series else _missed(slot, record, done)
        audience = tuple(one for one in slot.audience if one not in missed)
        found.append(replace(slot, audience=audience))
        found += (
            _for_one(slot, person, late[person], record)
            for person in missed
            if late[person].missed != "skip"
        )
    return tuple(found)


def _missed(slot: Slot, record: Record, done: frozenset[PersonId]) -> list[PersonId]:
    late = record.state.presence.late
    return [
        person
        for person in slot.audience
        if person in late and slot.starts < late[person].at and person not in done
    ]


def _done(record: Record, activity: ActivityPart) -> frozenset[PersonId]:
    """Return who has done it, when it was given to all."""
    state = record.state
    return frozenset(
        person
        for one in state.allocated.values()
        if one.activity == activity.slug and not one.series
        for person in state.completed.get(one.occurrence, ())
    )


def _for_one(slot: Slot, person: PersonId, start: LateStart, record: Record) -> Slot:
    days = record.days
    opens = days.sending(start.at)
    length = (slot.ends - slot.starts) / (2 if start.missed == "compress" else 1)
    last = days.last_open(days.zone.date(opens + length))
    closes = max(days.zone.at(last, _END_OF_DAY), opens + _LEAST) if length else opens
    return replace(slot, series=person, starts=opens, ends=closes, audience=(person,))
