"""Bars that lean to the side that people lean to, from the middle of the scale."""

from collections.abc import Sequence
from dataclasses import dataclass

Counts = tuple[int, ...]
"""How many chose each step of the scale, the lowest first."""

_LEAST_SIDE = 0.12
_ROOM_FOR_A_NUMBER = 6.0


@dataclass(frozen=True, slots=True)
class Scale:
    """How far the bars reach to either side of the middle, in parts of all answers."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """Where the middle of the scale stands, in percent."""
        return round(100 * self.left / (self.left + self.right), 2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """Those who chose one step; from where and how wide, in percent.

    Attributes:
        roomy: Whether the number fits inside, also on a phone.
    """

    step: int
    count: int
    start: float
    width: float
    roomy: bool

    @property
    def middle(self) -> float:
        """Where the number stands."""
        return round(self.start + self.width / 2, 2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """The answers to one question."""

    segments: tuple[Segment, ...]
    middle: float


def scale_of(rated: Sequence[Counts]) -> Scale:
    """Return a scale on which all of these have room."""
    sides = [_sides(counts) for counts in rated if sum(counts)]
    return Scale(
        max([_LEAST_SIDE, *(left for left, _ in sides)]),
        max([_LEAST_SIDE, *(right for _, right in sides)]),
    )


def _sides(counts: Counts) -> tuple[float, float]:
    """Return how much stands left and right of the middle of the middle step."""
    half = len(counts) // 2
    middle = counts[half] / 2
    total = sum(counts)
    return (sum(counts[:half]) + middle) / total, (
        sum(counts[half + 1 :]) + middle
    ) / total


def bar(counts: Counts, scale: Scale) -> Bar:
    """Return the bar of a question; nobody at a step gives no segment."""
    total, whole = sum(counts), scale.left + scale.right
    at = scale.left - _sides(counts)[0]
    segments = []
    for step, count in enumerate(counts, start=1):
        part = count / total
        wide = round(100 * part / whole, 2)
        if count:
            segments.append(
                Segment(
                    step=step,
                    count=count,
                    start=round(100 * at / whole, 2),
                    width=wide,
                    roomy=wide >= _ROOM_FOR_A_NUMBER,
                )
            )
        at += part
    return Bar(segments=tuple(segments), middle=scale.middle)
