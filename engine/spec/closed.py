"""Which days a programme rests: breaks by week or by date, and sending hours."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from engine.spec.spans import Written, refuse

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
_WEEKS = re.compile(r"weeks? (\d{1,2})(?: ?(?:-|to) ?(\d{1,2}))?")
_DAY = r"(\d{1,2}) ([A-Z][a-z]+)"
_DATES = re.compile(rf"{_DAY}(?: (?:-|to) {_DAY})?")
_WORKING = re.compile(r"(\d{1,2})-(\d{1,2})")
_HOURS = re.compile(r"(working days|every day) (\d{1,2})-(\d{1,2})")
_LAST_WEEK = 53
_HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Break(Written):
    """Weeks or days of rest each year: `week 7`, `24 December - 1 January`.

    Attributes:
        weeks: First and last ISO week, or None.
        days: First and last (month, day), which may run over New Year, or None.
    """

    weeks: tuple[int, int] | None = None
    days: tuple[tuple[int, int], tuple[int, int]] | None = None

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        if self.weeks:
            first, last = self.weeks
            return f"week {first}" if first == last else f"weeks {first}-{last}"
        first_day, last_day = self.days or ((1, 1), (1, 1))
        shown = [f"{day} {MONTHS[month - 1]}" for month, day in (first_day, last_day)]
        return shown[0] if first_day == last_day else " - ".join(shown)

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the break of a phrase."""
        if found := _WEEKS.fullmatch(phrase):
            first, last = int(found[1]), int(found[2] or found[1])
            if not 1 <= first <= last <= _LAST_WEEK:
                raise refuse(
                    f"{phrase!r} are not weeks of a year",
                    "write, for example, `weeks 28-31`",
                )
            return cls(weeks=(first, last))
        if found := _DATES.fullmatch(phrase):
            first_day = _month_day(found[1], found[2], phrase)
            last_day = _month_day(found[3] or found[1], found[4] or found[2], phrase)
            return cls(days=(first_day, last_day))
        raise refuse(
            f"{phrase!r} is not a break",
            "for example week 7, weeks 28-31 or 24 December - 1 January",
        )

    def days_in(self, year: int) -> Iterator[dt.date]:
        """Yield the days of the break that begins in `year`."""
        if self.weeks:
            first, last = self.weeks
            for week in range(first, last + 1):
                yield from _week(year, week)
            return
        (month, day), (last_month, last_day) = self.days or ((1, 1), (1, 1))
        current = _date(year, month, day)
        over_new_year = (last_month, last_day) < (month, day)
        end = _date(year + over_new_year, last_month, last_day)
        while current <= end:
            yield current
            current += dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SendingHours(Written):
    """When mail may leave: `working days 8-16`."""

    first_hour: int
    last_hour: int
    any_day: bool = False

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        days = "every day" if self.any_day else "working days"
        return f"{days} {self.first_hour}-{self.last_hour}"

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the sending hours of a phrase."""
        found = _HOURS.fullmatch(phrase)
        if not found or not 0 <= int(found[2]) < int(found[3]) <= _HOURS_A_DAY:
            raise refuse(
                f"{phrase!r} are not sending hours",
                "write, for example, `working days 8-16`",
            )
        return cls(int(found[2]), int(found[3]), found[1] == "every day")


@dataclass(frozen=True, slots=True)
class WorkingHours(Written):
    """From when to when people work on a working day: `8-16`."""

    first_hour: int
    last_hour: int

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        return f"{self.first_hour}-{self.last_hour}"

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the hours of a phrase."""
        found = _WORKING.fullmatch(phrase)
        if not found or not 0 <= int(found[1]) < int(found[2]) < _HOURS_A_DAY:
            raise refuse(
                f"{phrase!r} are not working hours", "write, for example, `8-16`"
            )
        return cls(int(found[1]), int(found[2]))


def _week(year: int, week: int) -> Iterator[dt.date]:
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return  # most years have no week 53
    yield from (monday + dt.timedelta(days=day) for day in range(7))


def _month_day(day: str, month: str, phrase: str) -> tuple[int, int]:
    try:
        number = MONTHS.index(month) + 1
        dt.date(2028, number, int(day))  # a leap year, so that 29 February passes
    except ValueError:
        raise refuse(
            f"{phrase!r} names no day", "for example 24 December - 1 January"
        ) from None
    return number, int(day)


def _date(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return dt.date(year, month, 28)  # 29 February in other years
