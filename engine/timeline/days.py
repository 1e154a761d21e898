"""Which days are open, and the nearest one where a day is not.

A weekday is kept, a deadline moves earlier, everything else moves to the next working
day.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.spec.closed import Break, SendingHours
from engine.spec.spans import Span
from engine.timeline.zone import Zone

_DAY = dt.timedelta(days=1)
_WORKING_DAYS = 5
_FURTHEST = 400
_AROUND = tuple(
    sorted(range(-_FURTHEST, _FURTHEST), key=lambda step: (abs(step), step))
)


class NoOpenDayError(LookupError):
    """More than a year without an open day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """The calendar of a programme, as frozen when its files were applied.

    Attributes:
        closed: Holidays and days of breaks, each with its name.
        resting: The days of breaks alone.
        hours: When mail may leave.
    """

    zone: Zone
    closed: Mapping[dt.date, str]
    resting: frozenset[dt.date]
    hours: SendingHours
    _sending: dict[dt.date, dt.date] = field(
        default_factory=dict, compare=False, repr=False
    )
    _rested: dict[tuple[dt.date, Span], dt.date] = field(
        default_factory=dict, compare=False, repr=False
    )

    def is_open(self, date: dt.date, length: int = 1) -> bool:
        """Return whether so many days from a date on are working days.

        Days of breaks and holidays are none.
        """
        if length > 1 and not self.is_open(date + _DAY, length - 1):
            return False
        return date.weekday() < _WORKING_DAYS and date not in self.closed

    def next_open(self, date: dt.date, length: int = 1) -> dt.date:
        """Return the date, or the next from which so many days are open."""
        return self._first((date + _DAY * step for step in range(_FURTHEST)), length)

    def last_open(self, date: dt.date) -> dt.date:
        """Return the date, or the working day before it, as deadlines move."""
        return self._first(date - _DAY * step for step in range(_FURTHEST))

    def nearest(self, date: dt.date, weekday: int, length: int = 1) -> dt.date:
        """Return the nearest open `weekday`, 0 for Monday; ties go to the earlier."""
        days = (date + _DAY * step for step in _AROUND)
        return self._first((day for day in days if day.weekday() == weekday), length)

    def sending(self, instant: dt.datetime) -> dt.datetime:
        """Return the first instant, not before this one, at which mail may leave."""
        wall = self.zone.wall(instant)
        date = wall.date()
        if self._sends_on(date):
            if wall.hour < self.hours.first_hour:
                return self._opening(date)
            if wall.hour < self.hours.last_hour:
                return instant
        return self._opening(self._next_sending_day(date + _DAY))

    def morning(self, date: dt.date) -> dt.datetime:
        """Return when mail of a date leaves: in its first sending hour, or later."""
        return self._opening(self._next_sending_day(date))

    def add(self, date: dt.date, span: Span, sign: int = 1) -> dt.date:
        """Return the date a span later, or earlier with a sign of -1.

        Months and years keep the day of the month, or take the month's last.
        """
        count = sign * span.count
        if span.unit in ("day", "week"):
            return date + _DAY * count * (7 if span.unit == "week" else 1)
        months = date.month - 1 + count * (12 if span.unit == "year" else 1)
        year, month = date.year + months // 12, months % 12 + 1
        return dt.date(year, month, min(date.day, _length(year, month)))

    def add_rested(self, date: dt.date, span: Span) -> dt.date:
        """Return the date a span later, days of breaks not counted."""
        if (date, span) not in self._rested:
            self._rested[(date, span)] = self._after_rests(date, span)
        return self._rested[(date, span)]

    def _after_rests(self, date: dt.date, span: Span) -> dt.date:
        left = (self.add(date, span) - date).days
        while left:
            date += _DAY
            left -= date not in self.resting
        return date

    def _sends_on(self, date: dt.date) -> bool:
        return self.is_open(date) or (self.hours.any_day and date not in self.resting)

    def _next_sending_day(self, date: dt.date) -> dt.date:
        if date not in self._sending:
            found = date
            while not self._sends_on(found):
                found += _DAY
            self._sending[date] = found
        return self._sending[date]

    def _opening(self, date: dt.date) -> dt.datetime:
        return self.zone.at(date, dt.time(self.hours.first_hour))

    def _first(self, days: Iterable[dt.date], length: int = 1) -> dt.date:
        for day in days:
            if self.is_open(day, length):
                return day
        raise NoOpenDayError


def closed_days(
    *, country: str | None, breaks: Iterable[Break], years: range
) -> tuple[dict[dt.date, str], frozenset[dt.date]]:
    """Return the closed days with their names, and those of them that are breaks.

    A holiday within a break keeps its name.
    """
    resting = {
        day: str(one) for one in breaks for year in years for day in one.days_in(year)
    }
    return resting | _holidays(country, years), frozenset(resting)


def _holidays(country: str | None, years: range) -> dict[dt.date, str]:
    if country is None:
        return {}
    # imported here: it costs more than everything else that `check` needs
    import holidays

    language = {"DK": "da", "NO": "no"}[country]
    return dict(
        holidays.country_holidays(country, years=years, language=language).items()
    )


def _length(year: int, month: int) -> int:
    first = dt.date(year + month // 12, month % 12 + 1, 1)
    return (first - _DAY).day
