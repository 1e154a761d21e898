"""Whether a year that has its dates hangs together."""

from collections.abc import Collection, Iterator, Sequence

from engine.checks.anchors import hung_in
from engine.checks.findings import Finding
from engine.checks.grounds import Grounds
from engine.checks.places import Placed, called, placed_activities, placed_phases
from engine.checks.work import check_time
from engine.checks.years import Year, beyond_in_phases, times
from engine.spec.activities import Gathering, Meeting
from engine.spec.faults import Path
from engine.spec.programme import Phase
from engine.spec.wording import listed, quoted
from engine.timeline.model import Occurrence

MOST = 59
"""Occurrences of a series; more are not reckoned."""

YEARS_AHEAD = 3
"""Years after the last date of a cohort file whose closed days are known."""


def check_year(year: Year) -> Iterator[Finding]:
    """Yield what is wrong with the activities and phases that have a date."""
    yield from year.findings
    yield from beyond_in_phases(year)
    programme = year.record.frozen.programme
    for one in placed_activities(programme):
        found = year.occurrences.get(one.activity.slug)
        if found is None or _later_of_that_name(one, year):
            continue
        if isinstance(one.activity, Gathering) and one.activity.is_series:
            yield from _series(one, one.activity, found)
        if isinstance(one.activity, Meeting):
            yield from _meetings(one, one.activity, found)
        yield from _too_late(one, found, year)
        yield from check_time(one, found, year)
    for path, phase in placed_phases(programme):
        yield from _phase(path, phase, year)


def check_days(year: Year) -> Iterator[Finding]:
    """Yield the series of which two are on the same day."""
    for one in placed_activities(year.record.frozen.programme):
        found = year.occurrences.get(one.activity.slug)
        if (
            isinstance(one.activity, Gathering)
            and one.activity.is_series
            and found is not None
            and not _later_of_that_name(one, year)
        ):
            yield from _same_day(one, one.activity, found, year)


def _later_of_that_name(one: Placed, year: Year) -> bool:
    programme = year.record.frozen.programme
    return programme.activity(one.activity.slug) is not one.activity


def _series(
    one: Placed, gathering: Gathering, found: Sequence[Occurrence]
) -> Iterator[Finding]:
    path = (*one.path, "when" if gathering.when else gathering.EVERY)
    if not found:
        problem = f"{quoted(gathering.name)} never takes place"
        remedy = "write a shorter distance, or a later `until`"
        yield Finding(path, problem, remedy)
    elif len(found) >= MOST:
        problem = f"{quoted(gathering.name)} takes place {MOST} times or more"
        yield Finding(path, problem, "write a longer distance")
    elif len(gathering.editions) > len(found):
        problem = f"{quoted(gathering.name)} takes place {times(len(found))} only"
        remedy = "leave this edition out, or write a shorter distance"
        yield Finding((*one.path, "editions", len(found)), problem, remedy)


def _same_day(
    one: Placed, gathering: Gathering, found: Sequence[Occurrence], year: Year
) -> Iterator[Finding]:
    days = [year.day(occurrence.starts) for occurrence in found]
    for number in range(1, len(days)):
        if days[number] == days[number - 1]:
            name = one.activity.name
            problem = f"{name} {number} and {number + 1} are both on {days[number]}"
            remedy = (
                f"write a longer distance, or a date for `{name} {number + 1}` in "
                "the cohort file"
            )
            key = "when" if gathering.when else gathering.EVERY
            yield Finding((*one.path, key), problem, remedy)
            return


def _meetings(
    one: Placed, meeting: Meeting, found: Sequence[Occurrence]
) -> Iterator[Finding]:
    name = quoted(meeting.name)
    if not found:
        problem = f"{name} ends before its first window opens"
        yield Finding((*one.path, "first"), problem, "write an earlier window")
    elif len(found) >= MOST:
        problem = f"{name} takes place {MOST} times or more"
        yield Finding((*one.path, "then every"), problem, "write a longer distance")
    elif meeting.times is not None and len(found) < meeting.times:
        problem = f"there is time for {len(found)} of {name} only"
        remedy = "write fewer, or a shorter distance"
        yield Finding((*one.path, "times"), problem, remedy)


def _too_late(
    one: Placed, found: Sequence[Occurrence], year: Year
) -> Iterator[Finding]:
    frozen = year.record.frozen
    last = max(one.date.year for one in frozen.cohort.dates.values()) + YEARS_AHEAD
    if any(year.day(occurrence.ends).year > last for occurrence in found):
        problem = (
            f"{quoted(called(one.activity))} comes more than {YEARS_AHEAD} years on"
        )
        remedy = "count it from something nearer"
        yield Finding(one.name_path, problem, remedy)


def _phase(path: Path, phase: Phase, year: Year) -> Iterator[Finding]:
    begins, ends = year.edges(path, phase)
    if begins is not None and ends is not None and ends < begins:
        problem = f"the phase {quoted(phase.phase)} ends before it begins"
        remedy = "exchange or correct `from` and `until`"
        yield Finding((*path, "until"), problem, remedy)
    silent = [key for key in _VERBS if (*path, key) not in _edges(path, phase)]
    if silent and _is_empty(phase, year):
        verbs = listed([_VERBS[key] for key in silent], last="and")
        problem = f"nothing says when the phase {quoted(phase.phase)} {verbs}"
        examples = listed([f"`{key}: {_EXAMPLES[key]}`" for key in silent], last="and")
        remedy = f"write, for example, {examples}"
        grounds = Grounds(gaps=(path, (*path, "activities")))
        yield Finding((*path, "phase"), problem, remedy, grounds=grounds)


def _edges(path: Path, phase: Phase) -> Collection[Path]:
    return [hung.path for hung in hung_in(phase, path)]


_VERBS = {"from": "begins", "until": "ends"}
_EXAMPLES = {"from": "kick-off", "until": "closing"}


def _is_empty(phase: Phase, year: Year) -> bool:
    """Return whether it is known that nothing in a phase has a date yet."""
    return all(
        year.occurrences.get(activity.slug) == () for activity in phase.activities
    )
