"""How a moment and its time zone are written so that every client shows one hour."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import ZoneInfo

from integrations.ical.errors import MomentError, ZoneRuleError

HOUR = dt.timedelta(hours=1)
UTC_NAMES = frozenset({"UTC", "Etc/UTC"})
# tzdata lists every change up to 2037; from then on a zone keeps its standing rule.
STANDING_RULE_YEAR = 2038

VTIMEZONE = """\
BEGIN:VTIMEZONE
TZID:{zone}
BEGIN:STANDARD
DTSTART:19701025T{autumn:%H%M%S}
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:{winter_name}
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T{spring:%H%M%S}
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:{summer_name}
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
END:DAYLIGHT
END:VTIMEZONE
"""
UTC_VTIMEZONE = """\
BEGIN:VTIMEZONE
TZID:UTC
BEGIN:STANDARD
DTSTART:19700101T000000
TZNAME:UTC
TZOFFSETFROM:+0000
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


def shown(moment: dt.datetime) -> dt.datetime:
    """Return the same instant in the zone that it is to be written in.

    That is its own zone, or UTC where the wall time comes twice or never: RFC 5545
    3.3.5 says which one is meant, but clients differ over it by an hour.

    Raises:
        MomentError: If it is naive or has a fixed offset.
    """
    zone = moment.tzinfo
    if zone is dt.UTC or (isinstance(zone, ZoneInfo) and zone.key in UTC_NAMES):
        return moment.astimezone(dt.UTC)
    if not isinstance(zone, ZoneInfo) or not zone.key:
        raise MomentError(moment=moment.isoformat())
    if moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset():
        return moment.astimezone(dt.UTC)
    return moment


def utc(moment: dt.datetime) -> dt.datetime:
    """Return the same instant in UTC, as stamps must be (RFC 5545 3.8.7.2, 3.8.7.3).

    Raises:
        MomentError: If it is naive.
    """
    if moment.utcoffset() is None:
        raise MomentError(moment=moment.isoformat())
    return moment.astimezone(dt.UTC)


def timezones(moments: Iterable[dt.datetime]) -> bytes:
    """Return a VTIMEZONE for each zone of these shown moments, in order of name.

    Raises:
        ZoneRuleError: If a zone breaks the European rule in a year that is used.
    """
    years: dict[str, set[int]] = {}
    for moment in moments:
        if isinstance(moment.tzinfo, ZoneInfo):
            years.setdefault(moment.tzinfo.key, set()).add(moment.year)
    return b"".join(_timezone(ZoneInfo(name), years[name]) for name in sorted(years))


def standing_timezone(zone: str) -> bytes:
    """Return what a calendar without entries holds: RFC 5545 3.6 wants a component."""
    if zone in UTC_NAMES:
        return _lines(UTC_VTIMEZONE)
    return _timezone(ZoneInfo(zone), {STANDING_RULE_YEAR})


def _timezone(zone: ZoneInfo, years: set[int]) -> bytes:
    """Return the zone as two constant yearly rules (RFC 5545 3.6.5).

    Never a list of RDATEs: Outlook ignores them, and ical.js reads only the first.
    """
    january = dt.datetime(min(years), 1, 1, tzinfo=zone)
    july = january.replace(month=7)
    winter = january.utcoffset() or dt.timedelta()
    for year in sorted(years):
        if not _is_european(zone, year, winter):
            raise ZoneRuleError(zone=zone.key, year=year)
    onset = dt.datetime(1970, 1, 1, 1) + winter  # noqa: DTZ001
    text = VTIMEZONE.format(
        zone=zone.key,
        winter=january.strftime("%z"),
        summer=july.strftime("%z"),
        winter_name=january.tzname(),
        summer_name=july.tzname(),
        spring=onset,
        autumn=onset + HOUR,
    )
    return _lines(text)


@lru_cache(maxsize=256)
def _is_european(zone: ZoneInfo, year: int, winter: dt.timedelta) -> bool:
    """Tell whether summer time is on exactly between the two last Sundays, 01:00 UTC.

    Directive 2000/84/EC, articles 2 and 3. Asked once a day and just before each
    change. Further west than the Azores it falls on a Saturday, which BYDAY would miss.
    """
    spring, autumn = _last_sunday(year, 3), _last_sunday(year, 10)
    first = dt.datetime(year, 1, 1, 1, tzinfo=dt.UTC)
    moments = [first + dt.timedelta(days=day) for day in range(365)]
    moments += [change - dt.timedelta(seconds=1) for change in (spring, autumn)]
    return winter >= -HOUR and all(
        moment.astimezone(zone).utcoffset()
        == winter + (HOUR if spring <= moment < autumn else dt.timedelta())
        for moment in moments
    )


def _last_sunday(year: int, month: int) -> dt.datetime:
    last = dt.datetime(year, month, 31, 1, tzinfo=dt.UTC)
    return last - dt.timedelta(days=last.isoweekday() % 7)


def _lines(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()
