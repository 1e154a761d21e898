"""A clock that tests turn."""

import datetime as dt
from dataclasses import dataclass

from tests.fakes.samples import NOW


@dataclass
class Clock:
    """A clock that stands until it is turned."""

    time: dt.datetime = NOW

    def now(self) -> dt.datetime:
        return self.time

    def turn(self, **by: float) -> None:
        self.time += dt.timedelta(**by)
