"""The best way to place people: one flow that meets several aims in their order.

Every aim but the worst match is a sum over the arcs of a flow, each weighed so that one
flow meets them all.
"""

from collections.abc import Sequence
from itertools import chain
from math import gcd
from typing import Any

from engine.matching.aims import BALANCE, EVERYONE, FIRST, KEPT, NUMBERS, TOTAL, Aim
from engine.matching.flow import Arc, Network, Outcome, solve_flow
from engine.matching.ties import TIE_BITS
from engine.matching.weights import Weights


def best(given: Network, order: tuple[Aim, ...], *, floor: int = 0) -> Outcome:
    """Return the best choice among pairs of at least `floor` points.

    The aims count in their order, but for the worst match: that is what the floor is
    for. With `everyone matched` in the lead as many as can be are placed; otherwise
    nobody at the expense of what leads.
    """
    arcs = tuple(arc for arc in given.arcs if arc.points >= floor)
    chosen = _Flow(given, arcs, weights_of(given, arcs, order)).chosen() if arcs else ()
    return Outcome(arcs=tuple(sorted(chain(given.fixed, chosen))), given=given)


def weights_of(given: Network, arcs: Sequence[Arc], order: tuple[Aim, ...]) -> Weights:
    """Return the weights of aims where these pairs may be chosen."""
    loads = given.loads()
    return Weights(
        order=order,
        most=max(1, given.most),
        highest=max((arc.points for arc in arcs), default=0),
        step=gcd(*(arc.points for arc in arcs)) or 1,
        nodes=len(given.places) + given.seconds + len(given.shares) + 4,
        load=max(
            (loads[one] + more for one, more in enumerate(given.places)), default=0
        ),
        loads=given.most + loads.total(),
        least=sum(share.least for share in given.shares),
    )


def cost_of(arc: Arc, weights: Weights) -> int:
    """Return what an arc costs; ties keep as many bits as can be added up."""
    of, lost = weights.of.get, TIE_BITS - weights.tie_bits
    points = of(TOTAL, 0) * (arc.points // weights.step)
    extra = of(FIRST, 0) * arc.early + of(KEPT, 0) * arc.kept
    worth = of(EVERYONE, 0) + points + extra
    return -(worth * weights.unit + (arc.tie >> lost))


class _Flow:
    """The flow itself: from a source by way of firsts, seconds and shares to a sink."""

    def __init__(self, given: Network, arcs: Sequence[Arc], weights: Weights) -> None:
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

        self._given, self._arcs, self._weights = given, arcs, weights
        self._flow: Any = SimpleMinCostFlow()
        self._source = len(self._given.places) + self._given.seconds
        self._sink = self._source + 1

    def chosen(self) -> tuple[Arc, ...]:
        """Return the arcs through which the best flow goes."""
        arcs, given = self._arcs, self._given
        for arc in arcs:
            cost = cost_of(arc, self._weights)
            self._add(arc.first, len(given.places) + arc.second, 1, cost)
        self._add_places()
        self._add_shares()
        if self._weights.lead != EVERYONE:
            # A way around, so that no place is filled at the expense of what leads.
            self._add(self._source, self._sink, given.all_rooms, 0)
        flow = self._flow
        solve_flow(flow, self._source, self._sink, given.all_rooms)
        return tuple(arc for index, arc in enumerate(arcs) if flow.flow(index))

    def _reward(self, aim: Aim, units: int) -> int:
        """Return what so many units of an aim cost that is no matter of arcs."""
        return -self._weights.of.get(aim, 0) * units * self._weights.unit

    def _add_places(self) -> None:
        """Let each of the first side have as many as they have places.

        Where loads are to be alike, each more costs what it adds to a square.
        """
        loads, of = self._given.loads(), self._weights.of
        for first, places in enumerate(self._given.places):
            if BALANCE not in of:
                self._add(self._source, first, max(0, places), 0)
                continue
            for load in range(loads[first], loads[first] + places):
                self._add(
                    self._source, first, 1, self._reward(BALANCE, -(2 * load + 1))
                )

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
            reward = self._reward(NUMBERS, 1)
            self._add(node, self._sink, min(least, most), reward)
            self._add(node, self._sink, max(0, most - least), 0)
        for second in range(given.seconds):
            end = shared.get(second, self._sink)
            self._add(base + second, end, max(0, given.room(second)), 0)

    def _add(self, start: int, end: int, most: int, cost: int) -> None:
        self._flow.add_arc_with_capacity_and_unit_cost(start, end, most, cost)
