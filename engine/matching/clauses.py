"""The rules of a match as values: what is required, and what is preferred how much."""

from dataclasses import dataclass

POINTS_PER_WEIGHT = 100
"""What a preference of weight 1 gives to a pair that fulfils it in full.

A share of it is rounded to the nearest point, halves upwards.
"""

MAX_WEIGHT = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """Both sides have the same value in a column, or different ones.

    A value that is not told is neither the same as another nor different from it.
    """

    column: str
    same: bool
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Apart:
    """Neither is a manager of the other, nor their manager's manager, and so on."""

    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Above:
    """One side stands at least `steps` above the other; 0 allows the same step.

    Attributes:
        scale: Steps of the scale, lowest first; empty where the column is a number.
    """

    upper: str
    lower: str
    column: str
    steps: int
    scale: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Covers:
    """What the one offers covers what the other wants, in part or in full.

    Who wants nothing gives no points: there is nothing to cover.
    """

    giver: str
    offered: str
    taker: str
    wanted: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Wished:
    """The one wished for the other: in full for the first wish, then linearly less.

    Attributes:
        up_to: Wishes that count; None when the column sets no limit, and then the
            number of wishes that the person named.
    """

    by: str
    column: str
    up_to: int | None
    sentence: str


Condition = Alike | Apart | Above
"""What holds or does not; may be required and may be preferred."""

Clause = Condition | Covers | Wished


@dataclass(frozen=True, kw_only=True, slots=True)
class Preference:
    """A clause and its weight."""

    clause: Clause
    weight: int

    @property
    def most(self) -> int:
        """Points of a pair that fulfils it in full."""
        return self.weight * POINTS_PER_WEIGHT


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """Everything that a match is judged by."""

    require: tuple[Condition, ...] = ()
    prefer: tuple[Preference, ...] = ()
