"""Closed days and dates, worked out without the engine that is to be judged."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator

DAY = dt.timedelta(days=1)
WEDNESDAY, THURSDAY, TUESDAY = 2, 3, 1
# Days from Easter Sunday.
_MAUNDY_THURSDAY, _GOOD_FRIDAY, _EASTER_MONDAY = -3, -2, 1
_ASCENSION, _WHIT_MONDAY = 39, 50
_MOVING = (_MAUNDY_THURSDAY, _GOOD_FRIDAY, 0, _EASTER_MONDAY, _ASCENSION, _WHIT_MONDAY)
_FIXED = {
    "DK": ((1, 1), (12, 25), (12, 26)),
    "NO": ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26)),
}
_WEEKS = {"DK": (7, 28, 29, 30, 31, 42), "NO": (8, 28, 29, 30, 31, 40)}
_FURTHEST = 200


def is_open(day: dt.date, country: str, length: int = 1) -> bool:
    """Return whether so many days from one on are working days, breaks left out."""
    return all(_works(day + DAY * step, country) for step in range(length))


def nearest(day: dt.date, weekday: int, country: str, length: int = 1) -> dt.date:
    """Return the nearest open day of a weekday; of two the earlier."""
    around = sorted(range(-_FURTHEST, _FURTHEST), key=lambda step: (abs(step), step))
    return next(
        near
        for near in (day + DAY * step for step in around)
        if near.weekday() == weekday and is_open(near, country, length)
    )


def last_open(day: dt.date, country: str) -> dt.date:
    """Return the day, or the working day before it."""
    return next(one for one in _back(day) if is_open(one, country))


def next_open(day: dt.date, country: str) -> dt.date:
    """Return the day, or the working day after it."""
    ahead = (day + DAY * step for step in range(_FURTHEST))
    return next(one for one in ahead if is_open(one, country))


def months(day: dt.date, count: int) -> dt.date:
    """Return the same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weeks(day: dt.date, count: int) -> dt.date:
    """Return the same weekday so many weeks later."""
    return day + 7 * count * DAY


def _works(day: dt.date, country: str) -> bool:
    christmas = (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)
    resting = day.isocalendar().week in _WEEKS[country] or christmas
    moving = (day - _easter(day.year)).days in _MOVING
    fixed = (day.month, day.day) in _FIXED[country]
    return day.weekday() < 5 and not (resting or moving or fixed)


def _easter(year: int) -> dt.date:
    """Return Easter Sunday, by the rule of Meeus for the Gregorian calendar."""
    golden, century = year % 19, year // 100
    lunar = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = lunar - (lunar // 28) * (
        1 - (lunar // 28) * (29 // (lunar + 1)) * ((21 - golden) // 11)
    )
    leap = year + year // 4 + moon + 2 - century + century // 4
    sunday = moon - leap % 7
    month = 3 + (sunday + 40) // 44
    return dt.date(year, month, sunday + 28 - 31 * (month // 4))


def _back(day: dt.date) -> Iterator[dt.date]:
    return (day - DAY * step for step in range(_FURTHEST))
