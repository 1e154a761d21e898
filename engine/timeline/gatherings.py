"""When gatherings take place: a single one, or a series with its weekday kept."""

import datetime as dt
from collections.abc import Iterator

from engine.spec.activities import Edition, Gathering
from engine.spec.closed import WEEKDAYS
from engine.spec.moments import Anchor, Moment
from engine.spec.spans import Span
from engine.timeline.compile import Compiler, Point, TimelineError
from engine.timeline.model import Slot

_LONGEST_SERIES = 60


def gathering_slots(gathering: Gathering, compiler: Compiler) -> Iterator[Slot]:
    """Yield the slots of a gathering, in order."""
    if gathering.when is not None:
        yield _slot(
            gathering, compiler, 1, _single(gathering, compiler, gathering.when)
        )
        return
    for ordinal, point in _series(gathering, compiler):
        yield _slot(gathering, compiler, ordinal, point)


def _single(gathering: Gathering, compiler: Compiler, when: Moment) -> Point:
    told = _told(gathering, compiler, 1)
    if told is not None:
        return told
    if gathering.is_the_cohorts:
        raise TimelineError(
            activity=gathering.name,
            problem="the cohort file gives no date for it",
            remedy=f"dates: {{{gathering.name}: 2027-11-17 13:00}}",
        )
    return Point(date=_open_day(gathering, compiler, compiler.point(when).date))


def _series(gathering: Gathering, compiler: Compiler) -> Iterator[tuple[int, Point]]:
    """Yield the days of a series, each counted from where its phase begins."""
    if gathering.about_every is None or gathering.until is None:
        return
    phase = compiler.phase(gathering)
    begins = phase.from_ or Moment(Anchor("kick-off"))
    first, last = compiler.point(begins).date, compiler.point(gathering.until).date
    for ordinal in range(1, _LONGEST_SERIES):
        distance = Span(
            gathering.about_every.count * ordinal, gathering.about_every.unit
        )
        day = _open_day(gathering, compiler, compiler.days.add(first, distance))
        if day > last:
            return
        yield ordinal, _told(gathering, compiler, ordinal) or Point(date=day)


def _open_day(gathering: Gathering, compiler: Compiler, date: dt.date) -> dt.date:
    if gathering.on is None:
        return compiler.days.next_open(date)
    return compiler.days.nearest(date, WEEKDAYS.index(gathering.on))


def _told(gathering: Gathering, compiler: Compiler, ordinal: int) -> Point | None:
    """Return the day that the cohort file gives, as it stands there."""
    dates = compiler.record.frozen.cohort.dates
    names = [f"{gathering.name} {ordinal}"]
    names += [gathering.name] if gathering.when is not None else []
    for name in names:
        if name in dates:
            date, time = dates[name].date, dates[name].time
            instant = compiler.days.zone.at(date, time) if time else None
            return Point(date=date, instant=instant)
    return None


def _slot(gathering: Gathering, compiler: Compiler, ordinal: int, point: Point) -> Slot:
    edition = edition_of(gathering, ordinal)
    starts = point.instant or compiler.days.zone.at(
        point.date, _start_time(gathering, compiler)
    )
    lasts = edition.lasts or gathering.lasts
    return Slot(
        phase=compiler.phase_of(gathering),
        activity=gathering.slug,
        kind=gathering.kind,
        ordinal=ordinal,
        starts=starts,
        ends=starts + dt.timedelta(minutes=lasts.minutes),
        place=_place(gathering, compiler, ordinal),
        audience=compiler.record.audience(edition.for_ or gathering.for_),
    )


def edition_of(gathering: Gathering, ordinal: int) -> Edition:
    """Return what is special about one of a series; nothing beyond the last told."""
    if ordinal <= len(gathering.editions):
        return gathering.editions[ordinal - 1]
    return Edition()


def _start_time(gathering: Gathering, compiler: Compiler) -> dt.time:
    if gathering.starts is not None:
        return gathering.starts.time
    if gathering.when is None or gathering.is_the_cohorts:
        raise TimelineError(
            activity=gathering.name,
            problem="nothing says at what time of day it starts",
            remedy="starts: 13:00",
        )
    source = compiler.anchored(gathering.when.anchor)
    return compiler.days.zone.time(source.starts)


def _place(gathering: Gathering, compiler: Compiler, ordinal: int) -> str:
    places = compiler.record.frozen.cohort.places
    return places.get(f"{gathering.name} {ordinal}", places.get(gathering.name, ""))
