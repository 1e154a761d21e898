"""What should take place, when and for whom, by the spec, the people and what happened.

Activities are compiled in the order in which they count from each other: an occurrence
that others hang on has its id and its time before they ask.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.ids import PersonId
from engine.matches import Match
from engine.record import Record
from engine.spec.activities import ActivityPart
from engine.spec.model import Audience
from engine.spec.moments import Anchor, Moment, Within
from engine.spec.programme import TRACK, Phase
from engine.timeline.days import Days
from engine.timeline.identity import Identities
from engine.timeline.late import with_late_starts
from engine.timeline.model import Known, Made, Occurrence, Slot, Span, Timeline

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
        kinds: Mapping[type[ActivityPart], "SlotsOf"],
        *,
        filed_after: dt.datetime | None = None,
        known: Known | None = None,
    ) -> None:
        """Prepare to compile a record.

        Args:
            record: The cohort.
            kinds: How slots of each kind of activity come about.
            filed_after: Of what begins later than this holds what the files now say.
            known: The year as it was, of which all is kept where nothing has happened.
        """
        self.record = record
        self.days: Days = record.days
        self._kinds = kinds
        self.identities = Identities(record, filed_after=filed_after)
        self._known = known
        self._made: dict[str, Made] = {}
        self._uses: dict[str, set[str]] = {}
        self._computed: dict[tuple[object, ...], tuple[Slot, ...]] = {}
        self._found: dict[str, tuple[Occurrence, ...]] = {}
        self._asking: list[str] = []
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
            computed=self._computed,
            made=self._made,
        )

    def slots(
        self, key: tuple[object, ...], compute: Callable[[], Iterable[Slot]]
    ) -> tuple[Slot, ...]:
        """Return the slots that hang on what is in `key`, computed if not known."""
        found = self._known.slots(key) if self._known else None
        self._computed[key] = tuple(compute()) if found is None else found
        return self._computed[key]

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
        if self._asking:
            self._uses[self._asking[-1]].add(slug)
        if slug not in self._found:
            self._asking.append(slug)
            self._uses[slug] = set()
            try:
                self._found[slug] = self._kept(slug) or self._new(slug, activity)
            finally:
                self._asking.pop()
            ids = tuple(one.id for one in self._found[slug])
            self._made[slug] = Made(ids=ids, uses=frozenset(self._uses[slug]))
        return self._found[slug]

    def _new(self, slug: str, activity: ActivityPart) -> tuple[Occurrence, ...]:
        slots = tuple(self._kinds[type(activity)](activity, self))
        slots = with_late_starts(slots, activity, self.record)
        return self.identities.occurrences(slug, slots)

    def _kept(self, slug: str) -> tuple[Occurrence, ...] | None:
        """Return what an activity came to before, if that is known to hold."""
        found = self._known.occurrences(slug) if self._known else None
        if self._known and found is not None:
            self._uses[slug] |= self._known.timeline.made[slug].uses
            for key, slots in self._known.timeline.computed.items():
                if key[1] == slug:
                    self._computed[key] = slots
        return found

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

    def lapses(self, moment: Moment) -> bool:
        """Return whether a moment is counted from what was called off.

        What a phase is counted from stays a date of the year, though nobody meets.
        """
        source = self.anchored(moment.anchor)
        milestones = self.record.frozen.programme.milestones
        return source.off and source.slot.activity not in milestones

    def each(self, anchor: Anchor) -> tuple[Occurrence, ...]:
        """Return what `each` stands for; a round is from first start to last end."""
        found = self.occurrences(anchor.activity)
        if anchor.which == "round":
            found = _rounds(found)
        ordinals = [one.slot.ordinal for one in found]
        left_out = {"first": min, "last": max}.get(anchor.but)
        if left_out is None or not ordinals:
            return found
        return tuple(one for one in found if one.slot.ordinal != left_out(ordinals))

    def audience(self, activity: ActivityPart, named: Audience) -> tuple[PersonId, ...]:
        """Return whom an activity means by `everyone` or a role: those of its track."""
        people = self.record.audience(named)
        return tuple(one for one in people if self._on_track(one, activity))

    def matches(self, kind: str, activity: ActivityPart) -> tuple[Match, ...]:
        """Return the living matches of a kind and track, in the order of approval."""
        return tuple(
            match
            for match in self.record.state.matches.values()
            if match.kind == kind
            and not match.dissolved
            and all(self._on_track(one, activity) for one in match.people)
        )

    def _on_track(self, person: PersonId, activity: ActivityPart) -> bool:
        """Return whether an activity is for a person; without a track all are."""
        if activity.track is None:
            return True
        return self.record.people[person].values.get(TRACK) in (activity.track, None)

    def window(self, within: Within, source: Occurrence) -> Iterator[dt.date]:
        """Yield the days of a window, the nearest to its source first."""
        before = within.side == "before"
        sign, edge = (-1, source.starts) if before else (1, source.ends)
        edge_day = self.days.zone.date(edge)
        length = abs((self.days.add(edge_day, within.span, sign) - edge_day).days)
        for step in range(1, length + 1):
            yield edge_day + dt.timedelta(days=sign * step)

    def point(self, moment: Moment, source: Occurrence | None = None) -> Point:
        """Return when a moment is, counted from `source` where there are several."""
        source = source or self.anchored(moment.anchor)
        if moment.until is not None:
            begins, ends = source.starts, self.anchored(moment.until).starts
            return Point(date=self.days.zone.date(begins + (ends - begins) / 2))
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
        waits = phase.waits_for.latest if phase.waits_for else None
        return Span(
            phase=phase.phase,
            starts=min(earliest),
            ends=max(latest),
            latest=self._edge(waits) if waits else None,
        )

    def _edge(self, moment: Moment) -> dt.datetime:
        point = self.point(moment)
        return point.instant or self.days.zone.at(point.date, dt.time())


SlotsOf = Callable[[ActivityPart, Compiler], Iterable[Slot]]
"""How the slots of one kind of activity come about."""


def _rounds(found: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """Return the first ones of all matches as one, the second ones, and so on."""
    rounds: dict[int, Occurrence] = {}
    for one in found:
        known = rounds.setdefault(one.slot.ordinal, one)
        slot = replace(
            known.slot,
            starts=min(known.starts, one.starts),
            ends=max(known.ends, one.ends),
        )
        rounds[one.slot.ordinal] = replace(known, slot=slot)
    return tuple(rounds[ordinal] for ordinal in sorted(rounds))
