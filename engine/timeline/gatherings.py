"""When gatherings take place: a single one, or a series with its weekday kept."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from engine.ids import MatchId, PersonId
from engine.matches import Match
from engine.record import Record
from engine.spec.activities import Edition, Gathering, PlacedMeeting
from engine.spec.closed import WEEKDAYS
from engine.spec.model import Audience
from engine.spec.moments import Anchor, LocalDate, Moment, Within
from engine.spec.spans import Span
from engine.timeline.compile import Compiler, Point, TimelineError
from engine.timeline.model import Occurrence, Slot

_LONGEST_SERIES = 60


def gathering_slots(gathering: Gathering, compiler: Compiler) -> Iterator[Slot]:
    """Yield the slots of a gathering, in order."""
    for match in _matches(gathering, compiler):
        series = Series(gathering=gathering, compiler=compiler, match=match)
        for ordinal, point in series.days():
            yield series.slot(ordinal, point)


def edition_of(gathering: Gathering, ordinal: int) -> Edition:
    """Return what is special about one of a series; nothing beyond the last told.

    Nor of what has no number any more.
    """
    if 0 < ordinal <= len(gathering.editions):
        return gathering.editions[ordinal - 1]
    return Edition()


def dated(record: Record, gathering: Gathering, ordinal: int) -> LocalDate | None:
    """Return the date that the cohort file gives for one of a series, if any."""
    dates = record.frozen.cohort.dates
    alone = None if gathering.is_series else dates.get(gathering.name)
    return dates.get(f"{gathering.name} {ordinal}", alone)


def _matches(gathering: Gathering, compiler: Compiler) -> tuple[Match | None, ...]:
    """Return the matches whose members gather apart; else one that is none."""
    if not isinstance(gathering, PlacedMeeting) or gathering.with_ is None:
        return (None,)
    living = compiler.matches(gathering.with_, gathering)
    return living or (None,)


@dataclass(frozen=True, kw_only=True)
class Series:
    """The days of a gathering: for everyone, or for the members of one match."""

    gathering: Gathering
    compiler: Compiler
    match: Match | None

    def days(self) -> Iterator[tuple[int, Point]]:
        """Yield the number and the day of each."""
        gathering = self.gathering
        if gathering.about_every is not None:
            yield from self._counted(gathering.about_every)
        elif gathering.when is not None and gathering.when.anchor.several:
            for ordinal, source in enumerate(self._sources, start=1):
                day = self._beside(gathering.when, source)
                yield ordinal, self._told(ordinal) or Point(date=day)
        else:
            yield 1, self._single()

    def slot(self, ordinal: int, point: Point) -> Slot:
        """Return one of them."""
        gathering, zone = self.gathering, self.compiler.days.zone
        edition = edition_of(gathering, ordinal)
        starts = point.instant or zone.at(point.date, self._start_time(ordinal))
        return Slot(
            phase=self.compiler.phase_of(gathering),
            activity=gathering.slug,
            kind=gathering.kind,
            series=self.match.id if self.match else "",
            ordinal=ordinal,
            starts=starts,
            ends=self._ends(starts, edition.lasts or gathering.lasts),
            place=self._place(ordinal),
            audience=self._audience(edition),
            match=self._match,
            firm=self._firm,
        )

    def _single(self) -> Point:
        gathering = self.gathering
        told = self._told(1)
        if told is not None:
            return told
        if gathering.is_the_cohorts or gathering.when is None:
            raise TimelineError(
                activity=gathering.name,
                problem="the cohort file gives no date for it",
                remedy=f"dates: {{{gathering.name}: 2027-11-17 13:00}}",
            )
        if isinstance(gathering.when, Within):
            source = self.compiler.anchored(gathering.when.anchor)
            return Point(date=self._beside(gathering.when, source))
        return Point(date=self._open_day(self.compiler.point(gathering.when).date))

    def _counted(self, distance: Span) -> Iterator[tuple[int, Point]]:
        """Yield the days of a series, each counted from where it begins."""
        gathering, days = self.gathering, self.compiler.days
        until = self.compiler.point(gathering.until).date if gathering.until else None
        first, begun = self._beginning()
        for ordinal in range(1, (gathering.times or _LONGEST_SERIES - 1) + 1):
            steps = ordinal - 1 if begun else ordinal
            span = Span(distance.count * steps, distance.unit)
            day = self._open_day(days.add(first, span))
            if until is not None and day > until:
                return
            yield ordinal, self._told(ordinal) or Point(date=day)

    def _beginning(self) -> tuple[dt.date, bool]:
        """Return from when a series is counted, and whether its first is then."""
        if isinstance(self.gathering, PlacedMeeting) and self.gathering.from_:
            return self.compiler.point(self.gathering.from_).date, True
        phase = self.compiler.phase(self.gathering)
        begins = phase.from_ or Moment(Anchor("kick-off"))
        return self.compiler.point(begins).date, False

    @property
    def _sources(self) -> tuple[Occurrence, ...]:
        when = self.gathering.when
        return self.compiler.each(when.anchor) if when else ()

    def _beside(self, when: Moment | Within, source: Occurrence) -> dt.date:
        if isinstance(when, Moment):
            return self._open_day(self.compiler.point(when, source).date)
        for day in self.compiler.window(when, source):
            if self._fits(day):
                return day
        return self._open_day(next(self.compiler.window(when, source)))

    def _fits(self, day: dt.date) -> bool:
        weekday = self.gathering.on
        kept = weekday is None or WEEKDAYS.index(weekday) == day.weekday()
        return kept and self.compiler.days.is_open(day, self._length)

    def _open_day(self, date: dt.date) -> dt.date:
        days, weekday = self.compiler.days, self.gathering.on
        if weekday is None:
            return days.next_open(date, self._length)
        return days.nearest(date, WEEKDAYS.index(weekday), self._length)

    @property
    def _length(self) -> int:
        """How many days it lasts."""
        lasts = self.gathering.lasts
        return 1 if lasts.exact else lasts.count

    def _told(self, ordinal: int) -> Point | None:
        """Return the day that the cohort file gives, as it stands there."""
        told = dated(self.compiler.record, self.gathering, ordinal)
        if told is None:
            return None
        zone, time = self.compiler.days.zone, told.time
        return Point(date=told.date, instant=zone.at(told.date, time) if time else None)

    def _start_time(self, ordinal: int) -> dt.time:
        gathering = self.gathering
        if gathering.starts is not None:
            closes = self.compiler.record.frozen.programme.calendar.working_hours
            return gathering.starts.time or dt.time(closes.last_hour)
        if gathering.when is None or gathering.is_the_cohorts:
            raise TimelineError(
                activity=gathering.name,
                problem="nothing says at what time of day it starts",
                remedy="starts: 13:00",
            )
        several = gathering.when.anchor.several
        source = (
            self._sources[ordinal - 1]
            if several
            else self.compiler.anchored(gathering.when.anchor)
        )
        return self.compiler.days.zone.time(source.starts)

    def _ends(self, starts: dt.datetime, lasts: Span) -> dt.datetime:
        """Return when it ends: of several days, at its time of the last one."""
        if lasts.exact or self.gathering.ends is None:
            return starts + dt.timedelta(minutes=lasts.minutes)
        zone = self.compiler.days.zone
        last = zone.date(starts) + dt.timedelta(days=lasts.count - 1)
        return zone.at(last, self.gathering.ends.time)

    def _place(self, ordinal: int) -> str:
        places, name = self.compiler.record.frozen.cohort.places, self.gathering.name
        return places.get(f"{name} {ordinal}", places.get(name, ""))

    def _audience(self, edition: Edition) -> tuple[PersonId, ...]:
        if self.match is not None:
            return self.match.people
        return self.compiler.audience(self.gathering, self._invited(edition))

    def _invited(self, edition: Edition) -> Audience:
        gathering = self.gathering
        if isinstance(gathering, PlacedMeeting) and gathering.with_ is not None:
            kind = self.compiler.record.frozen.programme.matches[gathering.with_]
            return tuple(f"{role}s" for role in kind.everybody)
        return edition.for_ or gathering.for_

    @property
    def _match(self) -> MatchId | None:
        return self.match.id if self.match else None

    @cached_property
    def _firm(self) -> bool:
        """Whether it is no forecast: members of a match have to have agreed first."""
        if isinstance(self.gathering, PlacedMeeting) and self.gathering.with_:
            return self.match is not None and self.match.agreed is not None
        return True
