"""A gathering at another time or place than its files say, or not at all."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from engine.commands.announcing import Announcing, announce, announcement
from engine.commands.booking import named_place
from engine.commands.decision import NOTHING, Decision, RefusedError
from engine.commands.standing import Standing
from engine.facts import CalledOff, Event, Rescheduled
from engine.ids import OccurrenceId
from engine.record import Record
from engine.spec.activities import Gathering, Meeting
from engine.timeline.kinds import compile_timeline
from engine.timeline.model import Occurrence, Slot


def reschedule(
    standing: Standing,
    *,
    occurrence: OccurrenceId,
    starts: dt.datetime,
    now: dt.datetime,
    place: str | None = None,
) -> Decision:
    """Move a gathering or a planned meeting; it lasts as long as before.

    A date that the files give it later undoes this. Who was told of it is told.

    Raises:
        RefusedError: If it cannot be moved by command, or not to this time.
    """
    if starts <= now:
        raise RefusedError("that time has passed", "write a time ahead")
    record = standing.record
    one = _ahead(standing, occurrence, now=now)
    named, written = one.slot.place, NOTHING.written
    if place is not None and place != record.place(named):
        named, written = named_place(record, occurrence, place)
    if (one.starts, one.slot.place) == (starts, named):
        return NOTHING
    record = replace(record, written={**record.written, **written})
    slot = _moved(record, one, starts, named)
    filed = _filed(standing, one, now=now)
    moved = Rescheduled(
        occurrence=occurrence,
        starts=starts,
        ends=slot.ends,
        place=named,
        filed=filed[0],
        filed_place=filed[1],
    )
    told = _told(record, one, slot, wording="update", now=now)
    return _decision(moved, told, written)


def _moved(record: Record, one: Occurrence, starts: dt.datetime, place: str) -> Slot:
    """Return its slot at another time, for those who are there then."""
    absent = record.state.presence.absent_at(starts)
    there = tuple(person for person in one.slot.audience if person not in absent)
    ends = starts + (one.ends - one.starts)
    return replace(one.slot, starts=starts, ends=ends, place=place, audience=there)


def call_off(
    standing: Standing, *, occurrence: OccurrenceId, now: dt.datetime
) -> Decision:
    """Call a gathering or a planned meeting off, for good; nothing else moves.

    What asks about it afterwards is not asked.

    Raises:
        RefusedError: If it cannot be called off by command.
    """
    one = _ahead(standing, occurrence, now=now)
    off = CalledOff(occurrence=occurrence, filed=_filed(standing, one, now=now)[0])
    told = _told(standing.record, one, one.slot, wording="cancel", now=now)
    return _decision(off, told, NOTHING.written)


def _decision(
    event: Event, told: Announcing | None, written: Mapping[str, str]
) -> Decision:
    if told is None:
        return Decision(events=(event,), written=written)
    return Decision(events=(event, told.told), mails=told.mails, written=written)


def _told(
    record: Record, one: Occurrence, slot: Slot, *, wording: str, now: dt.datetime
) -> Announcing | None:
    """Return what people are told, if they were told of it before."""
    if one.id not in record.state.announced:
        return None
    off = wording == "cancel"
    told = announcement(record, one.id, slot, invited=False, cancelled=off)
    return announce(record, told, wording=wording, now=now)


def _filed(
    standing: Standing, one: Occurrence, *, now: dt.datetime
) -> tuple[dt.datetime, str]:
    """Return when and where the files have it, also where it was moved before."""
    move = standing.record.state.moves.get(one.id)
    if isinstance(move, Rescheduled) and move.starts == one.starts:
        return move.filed, move.filed_place
    filed = compile_timeline(standing.record, filed_after=now).occurrences[one.id]
    return filed.starts, filed.slot.place


def _ahead(
    standing: Standing, occurrence: OccurrenceId, *, now: dt.datetime
) -> Occurrence:
    """Return what is to be moved or called off, or refuse."""
    record = standing.record
    one = standing.timeline.occurrences.get(occurrence)
    if one is None or one.provisional:
        raise RefusedError(f"there is no {occurrence} yet", "see stafet timeline")
    activity = record.frozen.programme.activity(one.slot.activity)
    if isinstance(activity, Meeting):
        remedy = f"move it with stafet book {one.slot.series}"
        raise RefusedError(f"{occurrence} is for its members to book", remedy)
    if not isinstance(activity, Gathering):
        remedy = "change the programme file and see stafet plan"
        raise RefusedError(f"{occurrence} counts from the dates of others", remedy)
    if one.off or one.starts <= now:
        what = "was called off" if one.off else "has begun"
        raise RefusedError(f"{occurrence} {what}", "see stafet timeline")
    if other := _other_cohort(record, activity, one):
        remedy = "change the date in the files of both, and apply them"
        raise RefusedError(f"{occurrence} is one gathering with {other}", remedy)
    return one


def _other_cohort(record: Record, activity: Gathering, one: Occurrence) -> str:
    """Return the cohort for which it is a gathering too, if there is one."""
    shared = record.state.allocated[one.id].shared
    if shared is not None:
        return f"{shared[1]} of {shared[0]}"
    next_ = record.state.linked.get("next")
    return f"the kick-off of {next_}" if next_ and activity.together_with else ""
