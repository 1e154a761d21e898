"""What people were told that the files, or who takes part, now have otherwise."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace

from engine.commands.announcing import Announcing, announce, announcement
from engine.company import company_of, match_of, present, rests
from engine.facts import Announced
from engine.ids import OccurrenceId, PersonId
from engine.record import Record
from engine.spec.activities import Gathering
from engine.timeline.model import Slot, Timeline


def differences(
    before: Record, after: Record, wanted: Timeline, *, now: dt.datetime
) -> Iterator[Announcing]:
    """Yield a new announcement for each gathering that is different now.

    What has begun is left as it was. What is no more is cancelled by the name that it
    had, which may be another's by now. Meetings are for their members to move; but
    where they meet in a venue that has another address now, they are told.
    """
    for known in after.state.announced.values():
        told = known.told
        if told.cancelled or told.starts <= now:
            continue
        slot = _wanted(after, told, wanted)
        if slot is None:
            as_known = replace(before, people=after.people)
            yield _cancelled(as_known, told, now=now)
            continue
        relocated = before.place(told.place) != after.place(told.place)
        if relocated or _changed(told, slot):
            moved = announcement(
                after, told.occurrence, slot, invited=False, relocated=relocated
            )
            yield announce(after, moved, wording="update", now=now)


def told_to(
    people: Collection[PersonId],
    after: Record,
    wanted: Timeline,
    *,
    now: dt.datetime,
) -> Iterator[Announcing]:
    """Yield a new announcement for each gathering that people now come to, or not.

    Nothing else of it changes, and who else comes stays as it was told. What a match
    would have met for that is no more is cancelled. What nobody comes to now is not:
    whoever comes back is asked to it again.
    """
    for known in after.state.announced.values():
        told = known.told
        slot = _wanted(after, told, wanted)
        if told.cancelled or told.starts <= now:
            continue
        if slot is None:
            if _has_ended(after, told):
                yield _cancelled(after, told, now=now)
            continue
        audience = _with_these(people, told, slot)
        if set(audience) != set(told.audience):
            changed = replace(_as_told(after, told), audience=audience)
            again = announcement(after, told.occurrence, changed, invited=False)
            yield announce(after, again, wording="update", now=now)


def _with_these(
    people: Collection[PersonId], told: Announced, slot: Slot
) -> tuple[PersonId, ...]:
    """Return who was told, but for these people, of whom the slot says it."""
    return tuple(
        one
        for one in dict.fromkeys((*slot.audience, *told.audience))
        if one in (slot.audience if one in people else told.audience)
    )


def _wanted(after: Record, told: Announced, wanted: Timeline) -> Slot | None:
    """Return what the files now say of it; of a meeting, what its members said.

    None where it is no more; a meeting is not where nobody is there to meet.
    """
    if not _gathers(after, told):
        slot = _as_told(after, told)
        company = company_of(after.state, after.state.allocated[told.occurrence].series)
        if company is None or _has_ended(after, told):
            return None
        return replace(slot, audience=present(after.state, company, at=told.starts))
    one = wanted.occurrences.get(told.occurrence)
    return one.slot if one else None


def _has_ended(after: Record, told: Announced) -> bool:
    """Return whether a match cannot meet any more, or for now, for what it booked.

    What is on a planned day goes on with whoever comes.
    """
    allocated = after.state.allocated[told.occurrence]
    match = after.state.matches.get(match_of(allocated.series))
    if match is None:
        return False
    company = company_of(after.state, allocated.series)
    waits = company is None or rests(after.state, company, at=told.starts)
    return match.dissolved or (waits and not _gathers(after, told))


def _cancelled(after: Record, told: Announced, *, now: dt.datetime) -> Announcing:
    slot = _as_told(after, told)
    gone = announcement(after, told.occurrence, slot, invited=False, cancelled=True)
    return announce(after, gone, wording="cancel", now=now)


def _changed(told: Announced, slot: Slot) -> bool:
    return (told.starts, told.ends, told.place, told.audience) != (
        slot.starts,
        slot.ends,
        slot.place,
        slot.audience,
    )


def _gathers(record: Record, told: Announced) -> bool:
    slug = record.state.allocated[told.occurrence].activity
    activity = record.frozen.programme.activity(slug)
    return activity is None or isinstance(activity, Gathering)


def _as_told(after: Record, told: Announced) -> Slot:
    """Return what was told, to cancel just that or to tell it again."""
    occurrence: OccurrenceId = told.occurrence
    return Slot(
        phase="",
        activity=after.state.allocated[occurrence].activity,
        kind="",
        starts=told.starts,
        ends=told.ends,
        place=told.place,
        audience=told.audience,
    )
