"""Whether anybody is asked to be at two things at once."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.checks.findings import Finding
from engine.checks.grounds import Grounds, roles
from engine.checks.named import Named
from engine.checks.places import Placed, placed_activities
from engine.checks.years import Year
from engine.spec.activities import Gathering
from engine.spec.closed import WEEKDAYS
from engine.spec.faults import Path
from engine.spec.moments import LocalDate
from engine.spec.wording import listed, quoted
from engine.timeline.clashes import (
    Clash,
    Engagement,
    clashes_between,
    clashes_within,
    engagements,
    is_free,
)

IN_COHORT = "dates"
"""The part of a cohort file in which a clash is told where that gives the date."""

_NEAR = 60
_STEPS = {
    "before": range(0, -_NEAR, -1),
    "at": sorted(range(-_NEAR, _NEAR), key=lambda step: (abs(step), -step)),
    "after": range(_NEAR),
}
"""In which order other days are tried, by the side of what it is counted from."""

_FEW = 3
"""So many people are named; of more it is told how many they are."""

_TIMES = ("starts", "lasts", "ends", "for", "with", "track", "editions")


def engaged(year: Year) -> tuple[Engagement, ...]:
    """Return when the people of a cohort are asked to be somewhere."""
    programme = year.record.frozen.programme
    return engagements(
        year.record,
        (
            occurrence
            for slug, found in year.occurrences.items()
            if isinstance(programme.activity(slug), Gathering)
            for occurrence in found
        ),
    )


def check_clashes(named: Mapping[str, Named], year: Year) -> Iterator[Finding]:
    """Yield each two activities of a cohort that are at once for somebody.

    It is told of the one that is easier to move: whose date the cohort file gives, or
    else the later one in the programme. Two of a series on one day are told elsewhere.
    """
    known = engaged(year)
    for clash in clashes_within(known):
        if clash.one.activity == clash.other.activity and _same_day(clash, year):
            continue
        two = sorted((clash.one, clash.other), key=lambda one: _ease(one, named, year))
        both = f"{_at(two[1], clash)} and {_at(two[0], clash)}"
        problem = f"{_who(clash)} {both} at once{_when(clash)}"
        free = _free(two[1], year, known) if clash.times == 1 else None
        yield _finding(two[1], problem, free, named, year)


def check_across(
    named: Mapping[str, Named], year: Year, others: Mapping[str, Year]
) -> Iterator[Finding]:
    """Yield each two activities of a cohort and others that are at once for somebody.

    They are told in the cohort file, since the programme may be another's too.

    Args:
        named: The dates that the cohort file gives.
        year: The cohort's year.
        others: The years of others, by the name of the cohort.
    """
    known = engaged(year)
    elsewhere = {name: engaged(other) for name, other in others.items()}
    everything = (*known, *(one for those in elsewhere.values() for one in those))
    for name, those in elsewhere.items():
        for clash in clashes_between(known, those):
            free = _free(clash.one, year, everything) if clash.times == 1 else None
            yield _in_cohort(clash.one, told_elsewhere(clash, name), free, named)


def told_elsewhere(clash: Clash, cohort: str) -> str:
    """Return what is told of a clash with something of another cohort."""
    both = f"{_at(clash.one, clash)} and {_at(clash.other, clash)} of {cohort}"
    return f"{_who(clash)} {both} at once{_when(clash)}"


def _finding(
    one: Engagement,
    problem: str,
    free: LocalDate | None,
    named: Mapping[str, Named],
    year: Year,
) -> Finding:
    grounds = _grounds(year)
    if _is_told(one, named):
        found = _in_cohort(one, problem, free, named)
        return replace(found, in_programme=grounds)
    place = next(it for it in _placed(year) if it.activity is one.told)
    remedy = "write another time of day, or count it from something else"
    if free:
        remedy = f"{remedy}; or in the cohort file `dates: {{{one.name}: {free}}}`"
    return Finding(place.name_path, problem, remedy, grounds=grounds)


def _in_cohort(
    one: Engagement, problem: str, free: LocalDate | None, named: Mapping[str, Named]
) -> Finding:
    told = _date_of(one, named)
    if told is None:
        line = f"`{one.name}: {free}`" if free else f"another date for `{one.name}`"
        remedy = f"write {line}" + ": then they can come" * bool(free)
        return Finding((IN_COHORT,), problem, remedy, key=True)
    remedy = f"write `{free}`: then they can come" if free else "write another date"
    return Finding(told.path, problem, remedy)


def _grounds(year: Year) -> Grounds:
    """Return what it hangs on who is where when: all that gatherings say of it."""
    paths: list[Path] = [one.path for one in _placed(year)]
    values = tuple((*path, key) for path in paths for key in _TIMES)
    who = roles(year.record.frozen.programme)
    return Grounds(
        values=(*values, *who.values, ("tracks",), ("timezone",), ("calendar",)),
        gaps=(*paths, *who.gaps),
    )


def _placed(year: Year) -> Iterator[Placed]:
    for one in placed_activities(year.record.frozen.programme):
        if isinstance(one.activity, Gathering):
            yield one


def _is_told(one: Engagement, named: Mapping[str, Named]) -> bool:
    """Return whether the cohort file chose the date; the year's beginning has none."""
    begins = one.told is not None and one.told.is_the_cohorts
    return not begins and _date_of(one, named) is not None


def _date_of(one: Engagement, named: Mapping[str, Named]) -> Named | None:
    """Return where the cohort file gives the date."""
    for date in named.values():
        if date.gathering is one.told and date.index == one.ordinal - 1:
            return date
    return None


def _ease(
    one: Engagement, named: Mapping[str, Named], year: Year
) -> tuple[bool, bool, Path, int]:
    """Return how easy it is to move: what the year counts from is the hardest."""
    movable = one.told is None or not one.told.is_the_cohorts
    path = next(it.path for it in _placed(year) if it.activity is one.told)
    return movable, _is_told(one, named), path, one.ordinal


def _same_day(clash: Clash, year: Year) -> bool:
    return year.day(clash.one.starts) == year.day(clash.other.starts)


def _free(one: Engagement, year: Year, known: Sequence[Engagement]) -> LocalDate | None:
    """Return the nearest open day, its weekday kept, on which all could come."""
    zone, gathering = year.days.zone, one.told
    begins, time = year.day(one.starts), zone.time(one.starts)
    length = (year.day(one.ends) - begins).days + 1
    kept = gathering.on if gathering is not None else None
    when = gathering.when if gathering is not None else None
    for step in _STEPS[when.side if when is not None else "at"]:
        day = begins + dt.timedelta(days=step)
        if kept is not None and WEEKDAYS[day.weekday()] != kept:
            continue
        if year.days.is_open(day, length) and is_free(one, zone.at(day, time), known):
            return LocalDate(day, time)
    return None


def _who(clash: Clash) -> str:
    people = sorted(
        one.id
        for one in clash.one.record.people.values()
        if one.email.lower() in clash.people
    )
    few = len(people) <= _FEW
    who = listed(people, last="and") if few else f"{len(people)} people"
    return f"{who} {'is' if len(people) == 1 else 'are'} asked to be"


def _at(one: Engagement, clash: Clash) -> str:
    return f"at {quoted(one.activity if clash.times > 1 else one.name)}"


def _when(clash: Clash) -> str:
    zone = clash.one.record.days.zone
    first = zone.local(max(clash.one.starts, clash.other.starts))
    when = f"{first:%Y-%m-%d %H:%M}"
    if clash.times > 1:
        return f", {clash.times} times, the first on {when}"
    return f", on {when}"
