"""Which slot is which occurrence: the ids that were given, and those that would be."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.facts import Allocated
from engine.ids import OccurrenceId
from engine.record import Record
from engine.timeline.align import align
from engine.timeline.model import Occurrence, Slot


class Identities:
    """The ids that the occurrences of a cohort have, and what was told of each."""

    def __init__(self, record: Record, *, announced: bool) -> None:
        """Gather what was given.

        Args:
            record: The cohort.
            announced: Whether what people were told holds, or what the files now say.
        """
        self._record = record
        self._announced = announced
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
            # A date that was told may have put the second before the first.
            places = sorted(firm, key=lambda i: slots[i].starts)
            new = {slots[i].ordinal: slots[i].starts for i in firm}
            old = self._living(slug, series, new)
            paired = align(
                [starts for _, starts in old], [slots[i].starts for i in places]
            )
            for place, index in zip(places, paired, strict=True):
                ids[place] = None if index is None else old[index][0]
        return ids

    def _living(
        self, slug: str, series: str, new: Mapping[int, dt.datetime]
    ) -> list[tuple[OccurrenceId, dt.datetime]]:
        """Return what was there before with its time; never told, its place counts."""
        state = self._record.state
        old = []
        for one in self.given(slug, series):
            announcement = state.announced.get(one.occurrence)
            if announcement is None and one.ordinal in new:
                old.append((one.occurrence, new[one.ordinal]))
            elif announcement and not announcement.told.cancelled:
                old.append((one.occurrence, announcement.told.starts))
        return sorted(old, key=lambda pair: pair[1])

    def _occurrence(
        self, id_: OccurrenceId, slot: Slot, *, provisional: bool
    ) -> Occurrence:
        announcement = self._record.state.announced.get(id_)
        if announcement is None or not self._announced:
            return Occurrence(id=id_, slot=slot, provisional=provisional)
        told = announcement.told
        as_told = (told.starts, told.ends, told.place, told.audience)
        if as_told != (slot.starts, slot.ends, slot.place, slot.audience):
            starts, ends, place, audience = as_told
            slot = replace(
                slot, starts=starts, ends=ends, place=place, audience=audience
            )
        return Occurrence(id=id_, slot=slot, provisional=provisional, fixed=True)


def _fresh_numbers(slug: str, record: Record) -> Iterator[int]:
    used = [
        int(one.occurrence.rpartition("-")[2])
        for one in record.state.allocated.values()
        if one.activity == slug
    ]
    return iter(range(max(used, default=0) + 1, 1_000_000))
