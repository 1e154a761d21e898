"""What time it is: the only place in Stafet that asks the machine."""

import datetime as dt


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        """Return the time in UTC."""
        return dt.datetime.now(dt.UTC)


class FixedClock:
    """A clock that stands where it was put; rehearsals move it by hand."""

    def __init__(self, now: dt.datetime) -> None:
        """Put the clock at an instant."""
        self._now = now

    def now(self) -> dt.datetime:
        """Return where the clock stands."""
        return self._now

    def move(self, now: dt.datetime) -> None:
        """Put the clock elsewhere, never back."""
        self._now = max(now, self._now)
