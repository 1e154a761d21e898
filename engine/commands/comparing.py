"""Which occurrences are otherwise after a command than before it, and which stay."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.commands.standing import Standing
from engine.ids import OccurrenceId, PersonId
from engine.letters.entries import occurrence_title
from engine.plan import Appointment, Change, Stay, Why
from engine.record import Record
from engine.spec.activities import Gathering, Meeting
from engine.state import State
from engine.timeline.gatherings import dated
from engine.timeline.identity import holds
from engine.timeline.kinds import compile_timeline
from engine.timeline.model import Occurrence

_SOON = dt.timedelta(days=1)
_EVER = dt.datetime.min.replace(tzinfo=dt.UTC)


def changes(
    before: Standing | None, after: Standing, *, now: dt.datetime
) -> tuple[Change, ...]:
    """Return what comes to be, is otherwise or is no more, in order of time.

    Forecasts are none: nobody has been told of them, and they move by themselves. Nor
    is what is over and at no other time, whoever would have been in it.
    """
    was, will = _settled(before), _settled(after)
    found = (
        _change(id_, _Side(before, was.get(id_)), _Side(after, will.get(id_)))
        for id_ in {**was, **will}
    )
    shown = (one for one in found if one and not _is_over(one, now))
    return tuple(sorted(shown, key=lambda one: one.when))


def _is_over(one: Change, now: dt.datetime) -> bool:
    return one.was is not None and one.was.ends <= now and not one.rescheduled


def stays(
    before: Standing | None,
    after: Standing,
    changed: Sequence[Change],
    *,
    now: dt.datetime,
) -> tuple[Stay, ...]:
    """Return what people come to that stays ahead, where a date they knew moves."""
    if before is None or not any(one.told and one.rescheduled for one in changed):
        return ()
    others = {one.occurrence for one in changed}
    return tuple(
        Stay(
            occurrence=id_,
            title=_title(after.record, one),
            starts=one.starts,
            why=_why(after.record, one),
        )
        for id_, one in _settled(after).items()
        if id_ not in others and one.starts > now and _is_kept(after.record, one)
    )


def soon(changed: Sequence[Change], *, now: dt.datetime) -> tuple[PersonId, ...]:
    """Return whose calendar is wrong about something that begins within a day."""
    people = {
        person
        for one in changed
        for side in (one.was, one.now)
        if one.told and side and now < side.starts <= now + _SOON
        for person in one.people
    }
    return tuple(sorted(people))


def overtaken(record: Record, *, now: dt.datetime) -> tuple[Stay, ...]:
    """Return what has begun, and is left as it was told where the files now differ."""
    filed = compile_timeline(record, filed_after=_EVER).occurrences
    return tuple(
        Stay(
            occurrence=id_,
            title=_title(record, filed[id_]),
            starts=known.told.starts,
            why="it has begun",
        )
        for id_, known in record.state.announced.items()
        if id_ in filed and known.told.starts <= now and not known.told.cancelled
        if (known.told.starts, known.told.place) != _said(filed[id_])
    )


def _said(one: Occurrence) -> tuple[dt.datetime, str]:
    return one.starts, one.slot.place


def _is_kept(record: Record, one: Occurrence) -> bool:
    """Return whether people have it in their calendars, or will."""
    activity = record.frozen.programme.activity(one.slot.activity)
    if isinstance(activity, Meeting):
        return one.id in record.state.booked
    return isinstance(activity, Gathering)


def _why(record: Record, one: Occurrence) -> Why:
    activity = record.frozen.programme.activity(one.slot.activity)
    if isinstance(activity, Meeting):
        return "booked"
    if (move := record.state.moves.get(one.id)) and move.filed != one.starts:
        return "moved by command"
    if isinstance(activity, Gathering) and dated(record, activity, one.slot.ordinal):
        return "dated in the file"
    return "not touched by it"


@dataclass(frozen=True, slots=True)
class _Side:
    """An occurrence where a cohort stands before a command, or after it."""

    standing: Standing | None
    one: Occurrence | None

    @property
    def appointment(self) -> Appointment | None:
        """When and where it is, if it is."""
        if self.standing is None or self.one is None:
            return None
        return Appointment(
            starts=self.one.starts,
            ends=self.one.ends,
            place=self.standing.record.place(self.one.slot.place),
            audience=self.one.slot.audience,
        )


def _change(id_: OccurrenceId, before: _Side, after: _Side) -> Change | None:
    """Return what becomes of an occurrence, or None where nothing does."""
    was, now = before.appointment, after.appointment
    side = after if after.one else before
    if was == now or side.standing is None or side.one is None:
        return None
    state = before.standing.record.state if before.standing else State()
    told = id_ in state.announced
    return Change(
        occurrence=id_,
        kind=side.one.slot.kind,
        title=_title(side.standing.record, side.one),
        match=side.one.slot.match,
        told=told,
        begun=not told and any(one.startswith(f"{id_}/") for one in state.done),
        overrules=was is not None and now is not None and _is_left(state, id_, now),
        was=was,
        now=now,
    )


def _is_left(state: State, id_: OccurrenceId, now: Appointment) -> bool:
    """Return whether a date that a command gave does not hold any more."""
    move, known = state.moves.get(id_), state.announced.get(id_)
    holding = move and known and holds(move, known.told)
    return bool(holding and known and known.told.starts != now.starts)


def _settled(standing: Standing | None) -> Mapping[OccurrenceId, Occurrence]:
    """Return what is no forecast and was not called off."""
    return {
        id_: one
        for id_, one in (standing.timeline.occurrences.items() if standing else ())
        if not one.off and (one.slot.firm or not one.provisional)
    }


def _title(record: Record, one: Occurrence) -> str:
    language = record.frozen.programme.languages[0]
    slot = one.slot
    return occurrence_title(record, slot.activity, slot.ordinal, language)
