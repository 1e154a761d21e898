"""What goes wrong in a simulated year, how often, and who decides it."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

T = TypeVar("T")

RATES: Mapping[str, float] = {
    "killed": 0.01,  # At each boundary that the code names.
    "paused": 0.01,  # At each boundary of a sending, up to two hours.
    "overtaken": 0.02,  # Between deciding and appending.
    "database gone": 0.002,  # Before or after a transaction.
    "relay gone": 0.002,
    "refused for now": 0.03,
    "refused for good": 0.002,
    "dropped in the body": 0.01,
    "refused at the dot": 0.005,
    "reply lost": 0.01,
    "dot lost": 0.005,
    "both workers": 0.3,
    "clicks twice": 0.1,
    "tries again": 0.8,
}
ALWAYS = ("both workers", "clicks twice", "tries again")
"""What is no fault, and goes on when faults have ended."""


class KilledError(BaseException):
    """The process is gone, and everything that it had in memory."""


class Fortune(Protocol):
    """Who decides what goes wrong: a seed, or a search for the smallest failure."""

    def happens(self, what: str) -> bool:
        """Return whether it happens this time."""
        ...

    def whole(self, what: str, least: int, most: int) -> int:
        """Return a number between both, included."""
        ...

    def calm(self) -> None:
        """Let nothing go wrong from now on."""
        ...


@dataclass
class Seeded:
    """Draws from a seed, in a stream of its own for each question."""

    seed: int
    rates: Mapping[str, float] = field(default_factory=lambda: RATES)
    _streams: dict[str, random.Random] = field(default_factory=dict)

    def happens(self, what: str) -> bool:
        return self._of(what).random() < self.rates.get(what, 0)

    def whole(self, what: str, least: int, most: int) -> int:
        return self._of(what).randint(least, most)

    def calm(self) -> None:
        self.rates = {name: self.rates.get(name, 0) for name in ALWAYS}

    def _of(self, what: str) -> random.Random:
        # Seeded with text, which is hashed alike in every process.
        return self._streams.setdefault(what, random.Random(f"{self.seed}/{what}"))


@dataclass
class Armed:
    """Nothing goes wrong but what was ordered, the nth time that it can."""

    orders: dict[str, list[int]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def order(self, what: str, nth: int) -> None:
        self.orders.setdefault(what, []).append(nth)

    def happens(self, what: str) -> bool:
        left = [nth - 1 for nth in self.orders.get(what, ())]
        self.orders[what] = [nth for nth in left if nth > 0]
        return 0 in left

    def whole(self, what: str, least: int, most: int) -> int:
        return min(max(self.numbers.get(what, least), least), most)

    def calm(self) -> None:
        self.orders.clear()


def pick(fortune: Fortune, what: str, choices: Sequence[T]) -> T:
    """Return one of the choices."""
    return choices[fortune.whole(what, 0, len(choices) - 1)]
