"""Whether the dates that a cohort file gives can be kept."""

import datetime as dt
from collections.abc import Iterator, Mapping

from engine.checks.findings import Finding
from engine.checks.grounds import Grounds, nature
from engine.checks.named import Named
from engine.checks.places import cohorts_own, placed_activities
from engine.checks.years import CLOSING, Year
from engine.spec.closed import WEEKDAYS
from engine.spec.cohort import Cohort
from engine.spec.moments import LocalDate, Moment
from engine.spec.programme import Programme
from engine.spec.wording import nearest, quoted
from engine.timeline.compile import Compiler
from engine.timeline.kinds import KINDS

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST = dt.timedelta(days=3 * 366)

_EXAMPLE = "2027-11-17 13:00"
_WORKING_DAYS = 5
_NEAR = 31
_NOON = dt.time(12)


def check_beginning(
    programme: Programme, cohort: Cohort, named: Mapping[str, Named]
) -> Iterator[Finding]:
    """Yield that the day is missing from which the year counts, or its time."""
    own = cohorts_own(programme)
    if own is None:
        return
    key = beginning_in(programme, named)
    if key is None:
        if not any(nearest(other, [own.name]) for other in cohort.dates):
            problem = f"the day of {quoted(own.name)} is missing"
            remedy = f"write, for example, `{own.name}: {_EXAMPLE}`"
            gap = Grounds(gaps=(("dates",),))
            known = nature(programme, own)
            yield Finding(
                ("dates",), problem, remedy, key=True, grounds=gap, in_programme=known
            )
        return
    date = cohort.dates[key]
    if date.time is None and own.starts is None:
        problem = f"nothing says at what time of day {quoted(own.name)} starts"
        remedy, known = f"write, for example, `{date} 13:00`", nature(programme, own)
        yield Finding(("dates", key), problem, remedy, in_programme=known)


def beginning_in(programme: Programme, named: Mapping[str, Named]) -> str | None:
    """Return the key that gives the day from which the year counts."""
    own = cohorts_own(programme)
    for key, one in named.items():
        if own is not None and one.gathering.name == own.name:
            return key
    return None


def check_range(
    programme: Programme, cohort: Cohort, named: Mapping[str, Named]
) -> Iterator[Finding]:
    """Yield the dates that are years away from the beginning, or from today's world."""
    key = beginning_in(programme, named)
    begins = cohort.dates[key].date if key else None
    for name in named:
        date = cohort.dates[name].date
        if not FIRST_YEAR <= date.year < LAST_YEAR:
            problem = f"{date.year:04} is not a year of this century"
        elif begins is not None and abs(date - begins) > LONGEST:
            problem = f"{date} is more than three years from {key}, {begins}"
        else:
            continue
        yield Finding(("dates", name), problem, "correct the year")


def check_open(
    cohort: Cohort, named: Mapping[str, Named], year: Year
) -> Iterator[Finding]:
    """Yield the dates on closed days, with the nearest that is open."""
    for key, one in named.items():
        told = cohort.dates[key]
        if year.days.is_open(told.date):
            continue
        weekday = one.gathering.on
        kept = WEEKDAYS.index(weekday) if weekday else None
        name = year.days.closed.get(told.date) or f"a {_weekday(told.date)}"
        problem = f"{told.date} is closed: {name}"
        open_day = _nearest_open(told.date, kept, year)
        remedy = "write another date"
        if open_day is not None:
            meant = LocalDate(open_day, told.time)
            remedy = f"write `{meant}`, the nearest open "
            remedy += _weekday(open_day) if weekday else f"day, a {_weekday(open_day)}"
        yield Finding(one.path, problem, remedy)


def check_side(
    cohort: Cohort, named: Mapping[str, Named], year: Year
) -> Iterator[Finding]:
    """Yield the dates on the wrong side of what they are counted from."""
    for key, one in named.items():
        date = cohort.dates[key].date
        finding = _against_anchor(one, date, year)
        finding = finding or _against_beginning(one, date, year)
        if finding is not None:
            yield finding


def check_order(
    cohort: Cohort, named: Mapping[str, Named], year: Year
) -> Iterator[Finding]:
    """Yield the dates outside their phase, or out of the order of their series."""
    for key, one in named.items():
        date = cohort.dates[key].date
        finding = _against_series(one, date, named, year)
        finding = finding or _against_phase(one, date, year)
        if finding is not None:
            yield finding


def with_times(programme: Programme, cohort: Cohort) -> Cohort:
    """Return the cohort, its beginning at noon where nothing says when it starts."""
    own = cohorts_own(programme)
    if own is None or own.starts is not None:
        return cohort
    timed = {
        key: LocalDate(date.date, _NOON) if date.time is None else date
        for key, date in cohort.dates.items()
        if key in (own.name, f"{own.name} 1")
    }
    return cohort.model_copy(update={"dates": {**cohort.dates, **timed}})


def _against_anchor(one: Named, date: dt.date, year: Year) -> Finding | None:
    when = one.gathering.when
    if not isinstance(when, Moment) or when.span is None or when.anchor.several:
        return None
    if one.gathering.slug not in year.occurrences:
        return None
    source = Compiler(year.record, KINDS).anchored(when.anchor)
    starts, ends = year.day(source.starts), year.day(source.ends)
    wrong = date < ends if when.side == "after" else date > starts
    if not wrong:
        return None
    problem = f"{date} is not {when.side} {when.anchor}, {starts}"
    return Finding(one.path, problem, f"write a date near {_meant(when, year)}")


def _against_beginning(one: Named, date: dt.date, year: Year) -> Finding | None:
    """Return that the year would close before it begins."""
    own = cohorts_own(year.record.frozen.programme)
    begun = year.occurrences.get(own.slug, ()) if own is not None else ()
    if own is None or one.gathering.name != CLOSING or not begun:
        return None
    day = year.day(begun[0].starts)
    if date >= day:
        return None
    problem = f"{date} is before {own.name}, {day}"
    return Finding(one.path, problem, "write a date after that")


def _meant(when: Moment, year: Year) -> dt.date:
    return Compiler(year.record, KINDS).point(when).date


def _against_series(
    one: Named, date: dt.date, named: Mapping[str, Named], year: Year
) -> Finding | None:
    found = year.occurrences.get(one.gathering.slug, ())
    name, place = one.gathering.name, one.index
    before = year.day(found[place - 1].starts) if 0 < place < len(found) else None
    after = year.day(found[place + 1].starts) if place + 1 < len(found) else None
    if before is not None and date <= before:
        problem = f"{date} is not after {name} {place}, {before}"
    elif after is not None and date >= after and f"{name} {place + 2}" not in named:
        problem = f"{date} is not before {name} {place + 2}, {after}"
    else:
        return None
    return Finding(one.path, problem, "write dates in the order of their numbers")


def _against_phase(one: Named, date: dt.date, year: Year) -> Finding | None:
    programme = year.record.frozen.programme
    placed = next(
        placed
        for placed in placed_activities(programme)
        if placed.activity is one.gathering
    )
    begins, ends = year.edges(placed.phase_path, placed.phase)
    name = quoted(placed.phase.phase)
    if begins is not None and date < year.day(begins):
        problem = f"{date} is before the phase {name} begins, {year.day(begins)}"
    elif ends is not None and date > year.day(ends):
        problem = f"{date} is after the phase {name} ends, {year.day(ends)}"
    else:
        return None
    return Finding(one.path, problem, "correct the date, or the phase")


def _nearest_open(date: dt.date, weekday: int | None, year: Year) -> dt.date | None:
    for distance in range(1, _NEAR):
        for step in (-distance, distance):
            day = date + dt.timedelta(days=step)
            if year.days.is_open(day) and weekday in (None, day.weekday()):
                return day
    return None


def _weekday(date: dt.date) -> str:
    return WEEKDAYS[date.weekday()]
