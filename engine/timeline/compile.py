"""What should take place, when and for whom, by the spec, the people and what happened.

Activities are compiled in the order in which they count from each other: an occurrence
that others hang on has its id and its time before they ask.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.facts import Allocated
from engine.ids import OccurrenceId
from engine.record import Record
from engine.spec.activities import ActivityPart
from engine.spec.moments import Anchor, Moment
from engine.spec.programme import Phase
from engine.timeline.align import align
from engine.timeline.days import Days
from engine.timeline.model import Occurrence, Slot, Span, Timeline

_END_OF_DAY = dt.time(23, 59)


class TimelineError(Exception):
    """A year that cannot be: an anchor without a date, or a circle of anchors.

    Attributes:
        activity: Whose time cannot be told.
        problem, remedy: What is wrong, and what to write instead.
    """

    def __init__(self, *, activity: str, problem: str, remedy: str) -> None:
        self.activity = activity
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{activity}: {problem}; {remedy}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A moment found: a date, and the instant where one was told."""

    date: dt.date
    instant: dt.datetime | None = None


class Compiler:
    """Slots of every activity, each computed once, what others count from first."""

    def __init__(
        self,
        record: Record,
        kinds: Mapping[str, "SlotsOf"],
        *,
        announced: bool = True,
    ) -> None:
        """Prepare to compile a record.

        Args:
            record: The cohort.
            kinds: How slots of each kind of activity come about.
            announced: Whether what people were told holds, or what the files now say.
        """
        self.record = record
        self.days: Days = record.days
        self._kinds = kinds
        self._announced = announced
        self._found: dict[str, tuple[Occurrence, ...]] = {}
        self._asking: list[str] = []
        self._allocated: dict[tuple[str, str], list[Allocated]] = {}
        for one in record.state.allocated.values():
            self._allocated.setdefault((one.activity, one.series), []).append(one)
        self._phase_of = {
            activity.slug: phase.phase
            for phase, activity in record.frozen.programme.activities()
        }

    def timeline(self) -> Timeline:
        """Return the whole year."""
        programme = self.record.frozen.programme
        found = [
            one
            for _, activity in programme.activities()
            for one in self.occurrences(activity.slug)
        ]
        ordered = sorted(found, key=lambda one: (one.starts, one.slot.ends, one.id))
        return Timeline(
            phases=tuple(self._span(phase) for phase in programme.phases),
            occurrences={one.id: one for one in ordered},
        )

    def occurrences(self, name: str) -> tuple[Occurrence, ...]:
        """Return the occurrences of an activity, in the order of its slots."""
        activity = self.record.frozen.programme.activity(name)
        if activity is None:
            raise TimelineError(
                activity=name,
                problem="no activity has this name",
                remedy="see its name",
            )
        slug = activity.slug
        if slug in self._asking:
            circle = [*self._asking[self._asking.index(slug) :], slug]
            raise TimelineError(
                activity=slug,
                problem=" counts from ".join(circle),
                remedy="count one of them from something else",
            )
        if slug not in self._found:
            self._asking.append(slug)
            try:
                slots = tuple(self._kinds[activity.kind](activity, self))
                self._found[slug] = self._identify(slug, slots)
            finally:
                self._asking.pop()
        return self._found[slug]

    def allocated(self, slug: str, series: str = "") -> Sequence[Allocated]:
        """Return what has an id in a series of an activity, in the order of giving."""
        return self._allocated.get((slug, series), ())

    def phase_of(self, activity: ActivityPart) -> str:
        """Return the name of the phase that an activity stands in."""
        return self._phase_of[activity.slug]

    def phase(self, activity: ActivityPart) -> Phase:
        """Return the phase that an activity stands in."""
        name = self._phase_of[activity.slug]
        return next(
            one for one in self.record.frozen.programme.phases if one.phase == name
        )

    def anchored(self, anchor: Anchor) -> Occurrence:
        """Return the one occurrence that a moment is counted from."""
        found = self.occurrences(anchor.activity)
        number = max(anchor.number, 1)
        if number > len(found):
            raise TimelineError(
                activity=anchor.activity,
                problem=f"there is no {anchor}",
                remedy=f"there are {len(found)} of them",
            )
        return found[number - 1]

    def point(self, moment: Moment, source: Occurrence | None = None) -> Point:
        """Return when a moment is, counted from `source` where there are several."""
        source = source or self.anchored(moment.anchor)
        from_end = moment.side == "after"
        instant = source.ends if from_end else source.starts
        if moment.span is None:
            return Point(date=self.days.zone.date(instant), instant=instant)
        sign = 1 if from_end else -1
        if moment.span.exact:
            moved = instant + sign * dt.timedelta(minutes=moment.span.minutes)
            return Point(date=self.days.zone.date(moved), instant=moved)
        return Point(
            date=self.days.add(self.days.zone.date(instant), moment.span, sign)
        )

    def opening(self, point: Point) -> dt.datetime:
        """Return when something that is told by mail happens: in sending hours."""
        if point.instant is not None:
            return self.days.sending(point.instant)
        return self.days.morning(point.date)

    def deadline(self, date: dt.date) -> dt.datetime:
        """Return the last minute of a date, or of the working day before it."""
        return self.days.zone.at(self.days.last_open(date), _END_OF_DAY)

    def date(self, instant: dt.datetime) -> dt.date:
        """Return the local date of an instant."""
        return self.days.zone.date(instant)

    def _span(self, phase: Phase) -> Span:
        inside = [
            one
            for activity in phase.activities
            for one in self.occurrences(activity.slug)
        ]
        starts = [self._edge(phase.from_)] if phase.from_ else []
        ends = [self._edge(phase.until)] if phase.until else []
        earliest = starts or [one.starts for one in inside]
        latest = ends or [one.ends for one in inside]
        return Span(phase=phase.phase, starts=min(earliest), ends=max(latest))

    def _edge(self, moment: Moment) -> dt.datetime:
        point = self.point(moment)
        return point.instant or self.days.zone.at(point.date, dt.time())

    def _identify(self, slug: str, slots: Sequence[Slot]) -> tuple[Occurrence, ...]:
        """Return the slots with the ids that they had, or would get; forecasts last."""
        known = self._known(slug, slots)
        numbers = _fresh_numbers(slug, self.record)
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
        state = self.record.state
        old = []
        for one in self.allocated(slug, series):
            announcement = state.announced.get(one.occurrence)
            if announcement is None and one.ordinal in new:
                old.append((one.occurrence, new[one.ordinal]))
            elif announcement and not announcement.told.cancelled:
                old.append((one.occurrence, announcement.told.starts))
        return sorted(old, key=lambda pair: pair[1])

    def _occurrence(
        self, id_: OccurrenceId, slot: Slot, *, provisional: bool
    ) -> Occurrence:
        announcement = self.record.state.announced.get(id_)
        if announcement is None or not self._announced:
            return Occurrence(id=id_, slot=slot, provisional=provisional)
        told = announcement.told
        slot = replace(
            slot,
            starts=told.starts,
            ends=told.ends,
            place=told.place,
            audience=told.audience,
        )
        return Occurrence(id=id_, slot=slot, provisional=provisional, fixed=True)


SlotsOf = Callable[[ActivityPart, Compiler], Iterable[Slot]]
"""How the slots of one kind of activity come about."""


def _fresh_numbers(slug: str, record: Record) -> Iterator[int]:
    used = [
        int(one.occurrence.rpartition("-")[2])
        for one in record.state.allocated.values()
        if one.activity == slug
    ]
    return iter(range(max(used, default=0) + 1, 1_000_000))
