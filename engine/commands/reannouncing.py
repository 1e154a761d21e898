"""What people were told that the files, or who takes part, now have otherwise."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace

from engine.commands.announcing import Announcing, announce, announcement
from engine.facts import Announced
from engine.ids import OccurrenceId, PersonId
from engine.record import Record
from engine.spec.activities import Gathering
from engine.timeline.model import Slot, Timeline


def differences(
    before: Record, after: Record, wanted: Timeline, *, now: dt.datetime
) -> Iterator[Announcing]:
    """Yield a new announcement for each gathering that is different now.

    What has begun is left as it was. Meetings are for their members to move; but where
    they meet in a venue that has another address now, they are told.
    """
    for known in after.state.announced.values():
        told = known.told
        if told.cancelled or told.starts <= now:
            continue
        slot = _wanted(after, told, wanted)
        if slot is None:
            slot = _as_told(after, told)
            gone = announcement(
                after, told.occurrence, slot, invited=False, cancelled=True
            )
            yield announce(after, gone, wording="cancel", now=now)
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

    Nothing else of it changes, and who else comes stays as it was told.
    """
    for known in after.state.announced.values():
        told = known.told
        slot = _wanted(after, told, wanted)
        if told.cancelled or told.starts <= now or slot is None:
            continue
        audience = tuple(
            one
            for one in dict.fromkeys((*slot.audience, *told.audience))
            if one in (slot.audience if one in people else told.audience)
        )
        if set(audience) != set(told.audience):
            changed = replace(_as_told(after, told), audience=audience)
            again = announcement(after, told.occurrence, changed, invited=False)
            yield announce(after, again, wording="update", now=now)


def _wanted(after: Record, told: Announced, wanted: Timeline) -> Slot | None:
    """Return what the files now say of it; of a meeting, what its members said."""
    if not _gathers(after, told):
        return _as_told(after, told)
    one = wanted.occurrences.get(told.occurrence)
    return one.slot if one else None


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
