"""What a year wheel is asked to show, and what is drawn of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """A phase."""

    title: str
    starts: dt.datetime
    ends: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What gets a mark and a label.

    Attributes:
        when: As it is written on the label.
    """

    kind: str
    title: str
    when: str
    starts: dt.datetime
    ends: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a wheel is to show.

    Attributes:
        months: The first moment of each month, and its names, the longest first.
        bars: Weeks by their first moment, and how much takes place in each.
    """

    first: dt.datetime
    last: dt.datetime
    months: Sequence[tuple[dt.datetime, Sequence[str]]] = ()
    stages: Sequence[Stage] = ()
    items: Sequence[Item] = ()
    breaks: Sequence[tuple[dt.datetime, dt.datetime]] = ()
    holidays: Sequence[dt.datetime] = ()
    bars: Sequence[tuple[dt.datetime, int]] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Arc:
    """A piece of a ring, with the words along it where they fit.

    Attributes:
        baseline: The path that the words stand on; empty without words.
    """

    path: str
    words: str = ""
    baseline: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A sign on the wheel, and a tail where it lasts."""

    kind: str
    at: Point
    tail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """Where something stands."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Return whether the two share a place."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """Words in a column, with the sign of their mark and the line that leads there.

    Attributes:
        sign: The middle of the sign.
        x: Where words begin, or end at an `anchor` of `end`.
        lines: Each with its baseline; the first says when.
    """

    kind: str
    sign: Point
    x: float
    anchor: str
    lines: tuple[tuple[float, str], ...]
    leader: str
    box: Box


@dataclass(frozen=True, kw_only=True, slots=True)
class Wheel:
    """Everything to draw, back to front, in the coordinates of the picture."""

    width: float
    height: float
    centre: Point
    months: tuple[Arc, ...]
    stages: tuple[Arc, ...]
    breaks: tuple[str, ...]
    holidays: tuple[str, ...]
    bars: tuple[str, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
