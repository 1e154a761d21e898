"""Which gathering a cohort file means by `workshop 2`."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.checks.findings import Finding, unknown
from engine.checks.grounds import names, nature
from engine.checks.years import Year, times
from engine.spec.activities import Activity, Gathering
from engine.spec.faults import Path
from engine.spec.programme import Programme
from engine.spec.wording import article, quoted

_KEY = re.compile(r"(.+?)(?:\s+(\d+))?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A key of `dates` or `places` that was understood.

    Attributes:
        number: Which of a series; 0 for all of it.
    """

    path: Path
    gathering: Gathering
    number: int

    @property
    def key(self) -> str:
        """The key as it is written."""
        return str(self.path[-1])

    @property
    def index(self) -> int:
        """Which of the occurrences is meant, counted from 0."""
        return max(self.number, 1) - 1


def named_in(
    part: str, keys: Collection[str], programme: Programme
) -> tuple[Mapping[str, Named], tuple[Finding, ...]]:
    """Return what the keys of `dates` or `places` mean, and what is wrong with others.

    Only a place may be that of a whole series.
    """
    known: dict[str, Named] = {}
    findings: list[Finding] = []
    for key in keys:
        found = _named((part, key), programme, whole_series=part == "places")
        if isinstance(found, Finding):
            findings.append(found)
        elif found.number == 1 and found.gathering.name in known and _once(found):
            problem = f"{quoted(found.gathering.name)} is told already"
            remedy, known_as = "keep one of them", nature(programme, found.gathering)
            findings.append(
                Finding(found.path, problem, remedy, key=True, in_programme=known_as)
            )
        else:
            known[key] = found
    return known, tuple(findings)


def check_numbers(named: Collection[Named], year: Year) -> Iterator[Finding]:
    """Yield every key that names one more of a series than there are."""
    for one in named:
        found = year.occurrences.get(one.gathering.slug)
        if found and one.index >= len(found):
            name = quoted(one.gathering.name)
            problem = f"there is no {one.key}: {name} takes place {times(len(found))}"
            yield Finding(one.path, problem, "leave it out", key=True)


def _named(path: Path, programme: Programme, *, whole_series: bool) -> Named | Finding:
    key = str(path[-1])
    match = _KEY.fullmatch(key)
    name, digits = (match[1], match[2]) if match else (key, None)
    number = int(digits or 0)
    activity = programme.activity(name)
    if not isinstance(activity, Gathering):
        return _no_gathering(path, name, digits, activity, programme)
    series = activity.is_series
    meant = name if digits is None else f"{name} {max(number, 1)}"
    problem = ""
    if not series and number != 1 and digits is not None:
        problem, meant = f"{quoted(name)} takes place once", name
    elif series and digits is None and not whole_series:
        problem = f"{quoted(name)} takes place several times"
        meant = f"{name} 1"
    elif key != meant:
        problem = f"{quoted(key)} is not how one of a series is named"
    if problem:
        remedy, known = f"write `{meant}`", nature(programme, activity)
        return Finding(path, problem, remedy, key=True, in_programme=known)
    return Named(path=path, gathering=activity, number=number)


def _no_gathering(
    path: Path,
    name: str,
    digits: str | None,
    activity: Activity | None,
    programme: Programme,
) -> Finding:
    if activity is not None:
        problem = f"{quoted(name)} is {article(activity.kind)}"
        what = "a date" if path[0] == "dates" else "a place"
        remedy = f"only gatherings are given {what} here: leave it out"
        known = nature(programme, activity)
        return Finding(path, problem, remedy, key=True, in_programme=known)
    return unknown(
        Finding(
            path,
            f"no gathering is called {quoted(name)}",
            "",
            key=True,
            in_programme=names(programme),
        ),
        name,
        gatherings(programme),
        written=lambda guess: guess if digits is None else f"{guess} {digits}",
    )


def gatherings(programme: Programme) -> tuple[str, ...]:
    """Return the names of the gatherings, in the order of the file."""
    return tuple(
        activity.name
        for _, activity in programme.activities()
        if isinstance(activity, Gathering)
    )


def _once(one: Named) -> bool:
    return not one.gathering.is_series
