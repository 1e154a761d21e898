"""How groups become better by swaps: worse ones are taken too, ever more rarely."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp
from random import Random

from engine.matching.workshops.seats import Seats

_HOT, _COLD = 0.8, 0.2
_APART = 30
_OFTEN = 10_000
"""After so many steps it is seen whether there is anything left to better."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Weight:
    """How much a repeated encounter counts, and one person out of place."""

    repeats: float
    imbalance: float


def anneal_days(seats: Seats, weight: Weight, *, steps: int, random: Random) -> None:
    """Let two swap on one day at a time."""
    people, days = len(seats.workshop.people), len(seats.group)

    def change(day: Sequence[int], one: int, other: int) -> float:
        (at,) = day
        return (
            weight.repeats * seats.repeats_change(at, one, other)
            + weight.imbalance * seats.imbalance_change(at, one, other)
            + _APART * seats.together_change(at, one, other)
        )

    each = [(day,) for day in range(days)]

    def draw() -> tuple[Sequence[int], int, int]:
        day = each[int(random.random() * days)]
        return day, int(random.random() * people), int(random.random() * people)

    _anneal(seats, draw, change, steps=steps, random=random)


def anneal_places(seats: Seats, *, steps: int, random: Random) -> None:
    """Let two swap all that they do: who meets how often stays as it is."""
    people, days = len(seats.workshop.people), range(len(seats.group))

    def change(those: Sequence[int], one: int, other: int) -> float:
        return sum(
            seats.imbalance_change(day, one, other)
            + _APART * seats.together_change(day, one, other)
            for day in those
        )

    def draw() -> tuple[Sequence[int], int, int]:
        one, other = int(random.random() * people), int(random.random() * people)
        those = [
            day for day in days if seats.group[day][one] != seats.group[day][other]
        ]
        return those, one, other

    _anneal(seats, draw, change, steps=steps, random=random)


def _anneal(
    seats: Seats,
    draw: Callable[[], tuple[Sequence[int], int, int]],
    change: Callable[[Sequence[int], int, int], float],
    *,
    steps: int,
    random: Random,
) -> None:
    group = seats.group
    cooling = (_COLD / _HOT) ** (1 / max(1, steps))
    heat = _HOT
    for step in range(steps):
        if step % _OFTEN == 0 and seats.ideal():
            return
        heat *= cooling
        days, one, other = draw()
        if not days or group[days[0]][one] == group[days[0]][other]:
            continue
        worse = change(days, one, other)
        if worse <= 0 or random.random() < exp(-worse / heat):
            for day in days:
                seats.swap(day, one, other)
