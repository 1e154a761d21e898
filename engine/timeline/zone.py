"""What time it is somewhere, by frozen answers that never change by themselves."""

import bisect
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UTC = dt.UTC
_DAY = dt.timedelta(days=1)
_STRIDE = dt.timedelta(days=7)
"""No zone of our years changes and changes back within it: Morocco takes a month."""
_MINUTE = dt.timedelta(minutes=1)


class UnknownZoneError(LookupError):
    """No time zone has this name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Zone:
    """A time zone over the years of a programme.

    Attributes:
        name: IANA name, which calendars show.
        changes: Instants in UTC from which on an offset in minutes holds; ascending,
            the first before every date that is asked for.
    """

    name: str
    changes: Sequence[tuple[dt.datetime, int]]
    _instants: dict[tuple[dt.date, dt.time], dt.datetime] = field(
        default_factory=dict, compare=False, repr=False
    )
    _from: list[dt.datetime] = field(init=False, compare=False, repr=False)
    _offsets: list[dt.timedelta] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Put the changes as they are looked up, which happens all the time."""
        minutes = [offset for _, offset in self.changes]
        offsets = [dt.timedelta(minutes=offset) for offset in minutes]
        object.__setattr__(self, "_from", [instant for instant, _ in self.changes])
        object.__setattr__(self, "_offsets", offsets)

    def offset(self, instant: dt.datetime) -> dt.timedelta:
        """Return how far local time is ahead of UTC at an instant."""
        found = bisect.bisect_right(self._from, instant)
        return self._offsets[max(found - 1, 0)]

    def local(self, instant: dt.datetime) -> dt.datetime:
        """Return the local time of an instant, naming the zone."""
        wall = instant.astimezone(UTC) + self.offset(instant)
        return wall.replace(tzinfo=ZoneInfo(self.name), fold=self._fold(instant))

    def wall(self, instant: dt.datetime) -> dt.datetime:
        """Return the local date and time of an instant, naming no zone."""
        return (instant.astimezone(UTC) + self.offset(instant)).replace(tzinfo=None)

    def date(self, instant: dt.datetime) -> dt.date:
        """Return the local date of an instant."""
        return (instant.astimezone(UTC) + self.offset(instant)).date()

    def time(self, instant: dt.datetime) -> dt.time:
        """Return the local time of day of an instant."""
        return (instant.astimezone(UTC) + self.offset(instant)).time()

    def at(self, date: dt.date, time: dt.time) -> dt.datetime:
        """Return the instant of a local date and time, in UTC.

        A time that does not exist moves to the first later minute that does; of one
        that comes twice the first is meant.
        """
        if (date, time) not in self._instants:
            self._instants[(date, time)] = self._find(date, time)
        return self._instants[(date, time)]

    def _find(self, date: dt.date, time: dt.time) -> dt.datetime:
        wall = dt.datetime.combine(date, time, tzinfo=UTC)
        offsets = {self.offset(wall - _DAY), self.offset(wall + _DAY)}
        fitting = [wall - o for o in offsets if self.offset(wall - o) == o]
        if fitting:
            return min(fitting)
        return next(
            instant
            for instant, _ in self.changes
            if wall - _DAY < instant < wall + _DAY
        )

    def _fold(self, instant: dt.datetime) -> int:
        before = self.offset(instant - dt.timedelta(hours=3))
        shift = before - self.offset(instant)
        if shift <= dt.timedelta(0):
            return 0
        return int(self.offset(instant - shift) != self.offset(instant))


def zone_between(name: str, first: dt.date, last: dt.date) -> Zone:
    """Return the zone with the answers that today's time zone data gives.

    Raises:
        UnknownZoneError: If no zone has that name.
    """
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        # A folder of zones, such as Europe, cannot be read as one.
        raise UnknownZoneError(name) from error
    current = dt.datetime.combine(first, dt.time(), tzinfo=UTC)
    end = dt.datetime.combine(last, dt.time(), tzinfo=UTC)
    changes = [(current, _offset(zone, current))]
    while current < end:
        following = min(current + _STRIDE, end)
        if _offset(zone, following) != changes[-1][1]:
            changed = _change_in(zone, current, following)
            changes.append((changed, _offset(zone, changed)))
        current = following
    return Zone(name=name, changes=tuple(changes))


def _offset(zone: ZoneInfo, instant: dt.datetime) -> int:
    offset = instant.astimezone(zone).utcoffset() or dt.timedelta()
    return int(offset.total_seconds() // 60)


def _change_in(zone: ZoneInfo, low: dt.datetime, high: dt.datetime) -> dt.datetime:
    """Return the first minute with another offset than `low` has, by bisection."""
    before = _offset(zone, low)
    while high - low > _MINUTE:
        middle = low + (high - low) // 2 // _MINUTE * _MINUTE
        if _offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high
