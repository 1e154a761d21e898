"""Breaks and public holidays as the report shows them."""

import datetime as dt
from dataclasses import dataclass

from engine.letters.texts import Words
from engine.spec.closed import Break
from flows.rehearsal.report.material import Material
from flows.rehearsal.report.wording import shown

_MONTH = dt.timedelta(days=31)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rest:
    """A break of one year, from its first day to its last."""

    first: dt.date
    last: dt.date
    name: str


def rests(material: Material, *, first: dt.date, last: dt.date) -> tuple[Rest, ...]:
    """Return the breaks that touch the days from first to last, in order."""
    breaks = material.record.frozen.programme.calendar.breaks
    found = [
        Rest(first=days[0], last=days[-1], name=_named(one, days, material.words))
        for one in breaks
        for year in range(first.year - 1, last.year + 1)
        if (days := sorted(one.days_in(year)))
        if days[-1] >= first and days[0] <= last
    ]
    return tuple(sorted(found, key=lambda rest: (rest.first, rest.last)))


def _named(one: Break, days: list[dt.date], words: Words) -> str:
    """Return a break by its dates, after its weeks where it is told by these."""
    first, last = shown(words, days[0], "day"), shown(words, days[-1], "day")
    dates = words.get("format.span", first=first, last=last)
    if one.weeks is None:
        return dates if first != last else first
    start, end = one.weeks
    name = "year.week" if start == end else "year.weeks-of"
    return f"{words.get(name, first=str(start), last=str(end))} ({dates})"


def holidays(
    material: Material, *, first: dt.date, last: dt.date
) -> tuple[tuple[dt.date, str], ...]:
    """Return the public holidays from first to last, those within a break too."""
    frozen = material.record.frozen
    breaks = {str(one) for one in frozen.programme.calendar.breaks}
    return tuple(
        (day, name)
        for day, name in sorted(frozen.closed.items())
        if first <= day <= last and name not in breaks
    )


def closed_lines(material: Material, month: dt.date) -> tuple[str, ...]:
    """Return the breaks that begin in a month, by name and dates."""
    found = rests(material, first=month, last=last_of(month))
    return tuple(rest.name for rest in found if rest.first >= month)


def holiday_lines(material: Material, month: dt.date) -> tuple[str, ...]:
    """Return the public holidays of a month, each with its date."""
    return tuple(
        f"{shown(material.words, day, 'day')} {name}"
        for day, name in holidays(material, first=month, last=last_of(month))
    )


def last_of(month: dt.date) -> dt.date:
    """Return the last day of the month that begins on a date."""
    return (month + _MONTH).replace(day=1) - _DAY
