"""The best way to place people: one flow that meets several aims in their order.

Every aim but the worst match is a sum over the arcs of a flow. Each weighs more than
all that the later ones can come to together, so that one flow meets them all.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import gcd
from typing import Any

from engine.matching.aims import (
    BALANCE,
    EVERYONE,
    FIRST,
    KEPT,
    NUMBERS,
    TOTAL,
    WORST,
    Aim,
)
from engine.matching.flow import TIE_BITS, Arc, Network, Outcome

# OR-tools refuses a flow when |cost| x nodes reaches 2^62; a spare factor of 4.
_COST_BITS = 60


def best(given: Network, order: tuple[Aim, ...], *, floor: int = 0) -> Outcome:
    """Return the best choice among pairs of at least `floor` points.

    The aims count in their order, but for the worst match: that is what the floor is
    for. With `everyone matched` in the lead as many as can be are placed; otherwise
    nobody at the expense of what leads.
    """
    arcs = tuple(arc for arc in given.arcs if arc.points >= floor)
    weights = Weights(given=given, arcs=arcs, order=order)
    chosen = _Flow(weights=weights).chosen() if arcs else ()
    return Outcome(arcs=tuple(sorted(chain(given.fixed, chosen))), given=given)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What a unit of each aim is worth, such that each outweighs all later ones.

    Attributes:
        given: What there is to choose from.
        arcs: Those of it that may be chosen.
        order: The aims.
    """

    given: Network
    arcs: tuple[Arc, ...]
    order: tuple[Aim, ...]

    def costs(self) -> tuple[int, ...]:
        """Return what each arc costs; ties keep as many bits as can be added up."""
        unit, lost = self.given.most << self._tie_bits, TIE_BITS - self._tie_bits
        return tuple(
            -(worth * unit + (arc.tie >> lost))
            for worth, arc in zip(self._worths, self.arcs, strict=True)
        )

    def cost(self, aim: Aim, units: int) -> int:
        """Return what so many units of an aim cost that is no matter of arcs."""
        return -self.of.get(aim, 0) * units * (self.given.most << self._tie_bits)

    @cached_property
    def of(self) -> dict[Aim, int]:
        """The weight of a unit, by aim; where everyone leads, the flow sees to it."""
        found: dict[Aim, int] = {}
        later = 0
        for aim in reversed(self._summed):
            found[aim] = later + 1
            later += found[aim] * self._range(aim)
        return found

    @property
    def _summed(self) -> tuple[Aim, ...]:
        led = (EVERYONE,) if self.lead == EVERYONE else ()
        return tuple(aim for aim in self.order if aim not in (WORST, *led))

    @property
    def lead(self) -> Aim:
        """What comes first; that nothing is parted leaves as many to be placed."""
        return next(aim for aim in self.order if aim != KEPT)

    def _range(self, aim: Aim) -> int:
        """Return by how much two answers can differ in an aim at most."""
        given = self.given
        if aim == TOTAL:
            most = max((arc.points for arc in self.arcs), default=0)
            return given.most * (most // self._step)
        if aim == BALANCE:
            return self._highest_load * (given.most + given.loads().total())
        if aim == NUMBERS:
            return sum(share.least for share in given.shares)
        return given.most

    @cached_property
    def _step(self) -> int:
        """By what points differ at least: smaller numbers leave room for more aims."""
        return gcd(*(arc.points for arc in self.arcs)) or 1

    @cached_property
    def _highest_load(self) -> int:
        loads, places = self.given.loads(), enumerate(self.given.places)
        return max((loads[first] + room for first, room in places), default=0)

    @cached_property
    def _worths(self) -> tuple[int, ...]:
        """What each arc is worth by itself."""
        aims: tuple[Aim, ...] = (EVERYONE, TOTAL, FIRST, KEPT)
        one, point, early, kept = (self.of.get(aim, 0) for aim in aims)
        step = self._step
        return tuple(
            one + point * (arc.points // step) + early * arc.early + kept * arc.kept
            for arc in self.arcs
        )

    @cached_property
    def _tie_bits(self) -> int:
        given = self.given
        highest = max(
            *self._worths,
            self.of.get(BALANCE, 0) * 2 * self._highest_load,
            self.of.get(NUMBERS, 0),
        )
        nodes = len(given.places) + given.seconds + len(given.shares) + 4
        bits = _COST_BITS - ((highest + 1) * given.most * nodes).bit_length()
        if bits < 0:
            problem = f"{len(self.arcs)} pairs of so many points are too much"
            raise OverflowError(f"{problem} for one flow")
        return min(bits, TIE_BITS)


class _Flow:
    """The flow itself: from a source by way of firsts, seconds and shares to a sink."""

    def __init__(self, *, weights: Weights) -> None:
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

        self._weights, self._given = weights, weights.given
        self._flow: Any = SimpleMinCostFlow()
        self._source = len(self._given.places) + self._given.seconds
        self._sink = self._source + 1

    def chosen(self) -> tuple[Arc, ...]:
        """Return the arcs through which the best flow goes."""
        arcs, given = self._weights.arcs, self._given
        for arc, cost in zip(arcs, self._weights.costs(), strict=True):
            self._add(arc.first, len(given.places) + arc.second, 1, cost)
        self._add_places()
        self._add_shares()
        if self._weights.lead != EVERYONE:
            # A way around, so that no place is filled at the expense of what leads.
            self._add(self._source, self._sink, given.all_rooms, 0)
        flow = self._flow
        flow.set_node_supply(self._source, given.all_rooms)
        flow.set_node_supply(self._sink, -given.all_rooms)
        status = flow.solve_max_flow_with_min_cost()
        if status != flow.OPTIMAL:
            problem = f"the flow ended as {status}"
            raise AssertionError(problem)
        return tuple(arc for index, arc in enumerate(arcs) if flow.flow(index))

    def _add_places(self) -> None:
        """Let each of the first side have as many as they have places.

        Where loads are to be alike, each more costs what it adds to a square.
        """
        loads, of = self._given.loads(), self._weights
        for first, places in enumerate(self._given.places):
            if BALANCE not in of.of:
                self._add(self._source, first, max(0, places), 0)
                continue
            for load in range(loads[first], loads[first] + places):
                self._add(self._source, first, 1, of.cost(BALANCE, -(2 * load + 1)))

    def _add_shares(self) -> None:
        """Let each of the second side be placed once, and no more of a share."""
        given, done = self._given, self._given.shared()
        base = len(given.places)
        shared: dict[int, int] = {}
        for number, share in enumerate(given.shares):
            node = self._sink + 1 + number
            shared |= dict.fromkeys(share.seconds, node)
            least = max(0, share.least - done[number])
            many = sum(given.room(one) for one in share.seconds)
            most = many + done[number] if share.most is None else share.most
            most = max(0, most - done[number])
            reward = self._weights.cost(NUMBERS, 1)
            self._add(node, self._sink, min(least, most), reward)
            self._add(node, self._sink, max(0, most - least), 0)
        for second in range(given.seconds):
            end = shared.get(second, self._sink)
            self._add(base + second, end, max(0, given.room(second)), 0)

    def _add(self, start: int, end: int, most: int, cost: int) -> None:
        self._flow.add_arc_with_capacity_and_unit_cost(start, end, most, cost)
