"""Whether the time zone exists, and any day of a year is open."""

import datetime as dt
import zoneinfo
from collections.abc import Iterator

from engine.checks.findings import Finding
from engine.spec.faults import Path
from engine.spec.programme import Programme
from engine.spec.wording import nearest, quoted
from engine.timeline.days import closed_days
from engine.timeline.zone import UnknownZoneError, zone_between

A_YEAR = 2027
"""Stands for any; breaks are the same each year."""

CLOSED: Path = ("calendar", "breaks")
"""Where breaks stand that may close every day."""

_WORKING_DAYS = 5


def check_zone(programme: Programme) -> Iterator[Finding]:
    """Yield a time zone that does not exist, with the nearest that does."""
    name = programme.timezone
    if not zone_exists(name):
        problem = f"there is no time zone {quoted(name)}"
        remedy = "write, for example, `Europe/Copenhagen`"
        if guess := _nearest_zone(name):
            problem = f"{problem}; did you mean {quoted(guess)}?"
            remedy = f"write `{guess}`"
        yield Finding(("timezone",), problem, remedy)


def check_breaks(programme: Programme) -> Iterator[Finding]:
    """Yield breaks that leave no day open."""
    breaks = programme.calendar.breaks
    years = range(A_YEAR - 1, A_YEAR + 1)
    _, resting = closed_days(country=None, breaks=breaks, years=years)
    days = (dt.date(A_YEAR, 1, 1) + dt.timedelta(days=n) for n in range(365))
    if not any(day.weekday() < _WORKING_DAYS and day not in resting for day in days):
        problem = "the breaks leave no day of the year open"
        remedy = "write fewer, for example `[weeks 28-31]`"
        yield Finding(CLOSED, problem, remedy, stops=True)


def zone_exists(name: str) -> bool:
    """Return whether there is a time zone of a name."""
    try:
        zone_between(name, dt.date(A_YEAR, 1, 1), dt.date(A_YEAR, 1, 2))
    except UnknownZoneError:
        return False
    return True


def _nearest_zone(name: str) -> str | None:
    zones = sorted(zoneinfo.available_timezones())
    if any(zone.startswith(f"{name}/") for zone in zones):
        return None
    cities = {zone.rpartition("/")[2]: zone for zone in zones if "/" in zone}
    city = name.rpartition("/")[2]
    if city not in cities and (guess := nearest(name, zones)):
        return guess
    return cities.get(nearest(city, tuple(cities)) or "")
