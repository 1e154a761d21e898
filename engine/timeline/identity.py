"""Which slot is which occurrence: the ids that were given, and those that would be."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.facts import Allocated, Announced, CalledOff, Rescheduled
from engine.ids import OccurrenceId
from engine.record import Record
from engine.timeline.align import align
from engine.timeline.model import Occurrence, Slot

ATTENDANCE = "attendance"
"""The step that is done about a gathering once it is over."""


class Identities:
    """The ids that the occurrences of a cohort have, and what was told of each."""

    def __init__(
        self, record: Record, *, filed_after: dt.datetime | None = None
    ) -> None:
        """Gather what was given.

        Args:
            record: The cohort.
            filed_after: Of what begins later than this holds what the files now say; of
                the rest, and of all where it is None, what people were told.
        """
        self._record = record
        self._filed_after = filed_after
        self._given: dict[tuple[str, str], list[Allocated]] = {}
        for one in record.state.allocated.values():
            self._given.setdefault((one.activity, one.series), []).append(one)

    def given(self, slug: str, series: str = "") -> Sequence[Allocated]:
        """Return what has an id in a series of an activity, in the order of giving."""
        return self._given.get((slug, series), ())

    def occurrences(self, slug: str, slots: Sequence[Slot]) -> tuple[Occurrence, ...]:
        """Return the slots with the ids that they had, or would get; forecasts last."""
        known = self._known(slug, slots)
        numbers = _fresh_numbers(slug, self._record)
        fresh = [place for place, id_ in enumerate(known) if id_ is None]
        for place in sorted(fresh, key=lambda place: not slots[place].firm):
            known[place] = OccurrenceId(f"{slug}-{next(numbers)}")
        return tuple(
            self._occurrence(id_, slot, provisional=place in fresh)
            for place, (id_, slot) in enumerate(zip(known, slots, strict=True))
            if id_ is not None
        )

    def _known(self, slug: str, slots: Sequence[Slot]) -> list[OccurrenceId | None]:
        ids: list[OccurrenceId | None] = [None] * len(slots)
        firm_of: dict[str, list[int]] = {}
        for place, slot in enumerate(slots):
            firm_of.setdefault(slot.series, []).extend([place] if slot.firm else [])
        for series, firm in firm_of.items():
            over = self._over(slug, series)
            for place in firm:
                ids[place] = over.get(slots[place].ordinal)
            # A date that was told may have put the second before the first.
            places = sorted(
                (i for i in firm if ids[i] is None), key=lambda i: slots[i].starts
            )
            new = {slots[i].ordinal: slots[i].starts for i in places}
            known = self._living(slug, series, new)
            old = [one for one in known if one[0] not in ids]
            paired = align(
                [starts for _, starts in old], [slots[i].starts for i in places]
            )
            for place, index in zip(places, paired, strict=True):
                ids[place] = None if index is None else old[index][0]
        return ids

    def _over(self, slug: str, series: str) -> Mapping[int, OccurrenceId]:
        """Return what is over, by its number, which it keeps whatever is edited."""
        done = self._record.state.done
        return {
            one.ordinal: one.occurrence
            for one in self.given(slug, series)
            if f"{one.occurrence}/{ATTENDANCE}" in done
        }

    def _living(
        self, slug: str, series: str, new: Mapping[int, dt.datetime]
    ) -> list[tuple[OccurrenceId, dt.datetime]]:
        """Return what was there before with its time; never told, its place counts."""
        state = self._record.state
        old = []
        for one in self.given(slug, series):
            announcement = state.announced.get(one.occurrence)
            move = state.moves.get(one.occurrence)
            told = announcement.told if announcement else None
            if isinstance(move, CalledOff) or (move and told and holds(move, told)):
                old.append((one.occurrence, move.filed))
            elif told is None and one.ordinal in new:
                old.append((one.occurrence, new[one.ordinal]))
            elif told and not told.cancelled:
                old.append((one.occurrence, told.starts))
        return sorted(old, key=lambda pair: pair[1])

    def _occurrence(
        self, id_: OccurrenceId, slot: Slot, *, provisional: bool
    ) -> Occurrence:
        announcement = self._record.state.announced.get(id_)
        slot = self._without_the_absent(id_, self._moved(id_, slot))
        off = isinstance(self._record.state.moves.get(id_), CalledOff)
        if announcement is None or self._is_filed(announcement.told):
            return Occurrence(id=id_, slot=slot, provisional=provisional, off=off)
        told = announcement.told
        as_told = (told.starts, told.ends, told.place, told.audience)
        if as_told != (slot.starts, slot.ends, slot.place, slot.audience):
            starts, ends, place, audience = as_told
            slot = replace(
                slot, starts=starts, ends=ends, place=place, audience=audience
            )
        return Occurrence(
            id=id_, slot=slot, provisional=provisional, fixed=True, off=off
        )

    def _moved(self, id_: OccurrenceId, slot: Slot) -> Slot:
        """Return a slot where it was moved to, unless the files say otherwise since."""
        move = self._record.state.moves.get(id_)
        if not isinstance(move, Rescheduled):
            return slot
        announcement = self._record.state.announced.get(id_)
        known = announcement.told if announcement else move
        if slot.starts == move.filed and known.starts == move.starts:
            slot = replace(slot, starts=move.starts, ends=move.ends)
        if slot.place == move.filed_place and known.place == move.place:
            slot = replace(slot, place=move.place)
        return slot

    def _is_filed(self, told: Announced) -> bool:
        """Return whether what the files say of it holds, and not what was told."""
        return self._filed_after is not None and told.starts > self._filed_after

    def _without_the_absent(self, id_: OccurrenceId, slot: Slot) -> Slot:
        """Return a slot without those who are away when it begins.

        Whoever has done or answered it counts all the same.
        """
        state = self._record.state
        absent = state.presence.absent
        if absent.keys().isdisjoint(slot.audience):
            return slot
        away = state.presence.absent_at(slot.starts)
        gone = {
            person
            for person in slot.audience
            if person in away
            and slot.ends > absent[person]
            and person not in state.answered.get(id_, ())
            and person not in state.completed.get(id_, ())
        }
        audience = tuple(one for one in slot.audience if one not in gone)
        return replace(slot, audience=audience)


def holds(move: Rescheduled | CalledOff, told: Announced) -> bool:
    """Return whether people know a move as the latest, and not a later edit."""
    return isinstance(move, Rescheduled) and move.starts == told.starts


def _fresh_numbers(slug: str, record: Record) -> Iterator[int]:
    used = [
        int(one.occurrence.rpartition("-")[2])
        for one in record.state.allocated.values()
        if one.activity == slug
    ]
    return iter(range(max(used, default=0) + 1, 1_000_000))
