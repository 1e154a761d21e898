"""What personas decide, drawn from the seed and from what they decide about."""

import datetime as dt
from dataclasses import dataclass

from engine.derive import derive
from engine.record import Record

_RANGE = 16**12


@dataclass(frozen=True, slots=True)
class Chance:
    """Draws that depend on nothing but the seed and the question.

    So what one persona does never changes because another is added.
    """

    seed: int

    def share(self, *question: str) -> float:
        """Return a number from 0 up to, but not including, 1."""
        digits = derive(str(self.seed).encode(), "chance", *question)[:12]
        return int(digits, 16) / _RANGE

    def whole(self, most: int, *question: str) -> int:
        """Return a whole number from 0 to `most`, both included."""
        return int(self.share(*question) * (most + 1))

    def happens(self, probability: float, *question: str) -> bool:
        """Return whether something of this probability happens."""
        return self.share(*question) < probability

    def pick(self, choices: tuple[str, ...], *question: str) -> str:
        """Return one of the choices."""
        return choices[self.whole(len(choices) - 1, *question)]

    def later(
        self, record: Record, at: dt.datetime, most_days: int, *question: str
    ) -> dt.datetime:
        """Return a moment in working hours, up to so many days later."""
        days = self.whole(most_days, "days", *question)
        minutes = 20 + self.whole(400, "minutes", *question)
        return record.days.sending(at + dt.timedelta(days=days, minutes=minutes))
