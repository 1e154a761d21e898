"""Where a moment stands on a circle that runs clockwise from the top."""

import datetime as dt
from dataclasses import dataclass
from math import cos, pi, radians, sin

from flows.rehearsal.report.drawing import Point

GAP = 8.0
"""Degrees at the top that tell the end from the beginning."""

HALF = 180.0
_QUARTER = 90.0

Ring = tuple[float, float]
"""Inner and outer radius."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dial:
    """The moments from first to last around a centre; angles in degrees."""

    first: dt.datetime
    last: dt.datetime
    centre: Point

    def angle(self, moment: dt.datetime) -> float:
        """Return where a moment stands; what is outside stands at the edge."""
        whole = (self.last - self.first) / dt.timedelta(seconds=1)
        part = (moment - self.first) / dt.timedelta(seconds=1)
        share = min(max(part / whole, 0.0), 1.0) if whole else 0.0
        return GAP / 2 + share * (2 * HALF - GAP)

    def point(self, angle: float, radius: float) -> Point:
        """Return a point of the picture."""
        x, y = self.centre
        return (x + radius * sin(radians(angle)), y - radius * cos(radians(angle)))

    def sector(self, ring: Ring, start: float, end: float) -> str:
        """Return the outline of a piece of a ring."""
        inner, outer = ring
        large = int(end - start > HALF)
        return (
            f"M{told(self.point(start, outer))}"
            f"A{outer:g} {outer:g} 0 {large} 1 {told(self.point(end, outer))}"
            f"L{told(self.point(end, inner))}"
            f"A{inner:g} {inner:g} 0 {large} 0 {told(self.point(start, inner))}Z"
        )

    def ray(self, ring: Ring, angle: float) -> str:
        """Return a stroke across a ring."""
        return "M" + "L".join(told(self.point(angle, radius)) for radius in ring)

    def arc(self, radius: float, start: float, end: float) -> str:
        """Return a line along the circle."""
        large, sweep = int(abs(end - start) > HALF), int(end > start)
        return (
            f"M{told(self.point(start, radius))}"
            f"A{radius:g} {radius:g} 0 {large} {sweep} {told(self.point(end, radius))}"
        )

    def baseline(self, ring: Ring, start: float, end: float, size: float) -> str:
        """Return the line on which words stand upright, read from left to right."""
        middle, lowered = sum(ring) / 2, 0.36 * size
        if _QUARTER < (start + end) / 2 < 3 * _QUARTER:
            return self.arc(middle + lowered, end, start)
        return self.arc(middle - lowered, start, end)


def length(radius: float, degrees: float) -> float:
    """Return how long an arc is."""
    return radius * degrees * pi / HALF


def degrees(radius: float, along: float) -> float:
    """Return the angle of an arc of a length."""
    return along * HALF / (radius * pi)


def told(point: Point) -> str:
    """Return a point as a path has it."""
    return f"{point[0]:.1f} {point[1]:.1f}"
