"""The best way to place people as a flow: who gets whom, at most so many each."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from itertools import chain

from engine.derive import derive
from engine.ids import PersonId
from engine.matching.aims import EVERYONE, KEPT, TOTAL, Aim
from engine.matching.scoring import Table

TIE_BITS = 32

# OR-tools refuses a flow when |cost| x nodes reaches 2^62; a spare factor of 4.
_COST_BITS = 60


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Arc:
    """A pair that may be chosen.

    Attributes:
        tie: Decides between answers of equal worth.
        kept: Whether it runs already, and is not parted for points.
    """

    first: int
    second: int
    points: int
    tie: int
    kept: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """Pairs to choose from.

    Attributes:
        places: Matches that each of the first side may have.
        seconds: Number of people on the second side, each with one place.
        arcs: In canonical order.
        fixed: Pairs that are chosen already; their places are not in `places`.
    """

    places: tuple[int, ...]
    seconds: int
    arcs: tuple[Arc, ...]
    fixed: tuple[Arc, ...] = ()

    @property
    def most(self) -> int:
        """An upper bound of the number of pairs."""
        return min(sum(self.places), self.seconds)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """The chosen pairs, in canonical order."""

    arcs: tuple[Arc, ...]

    def value(self, aim: Aim) -> int:
        """Return how well this meets an aim; more is better."""
        points = [arc.points for arc in self.arcs]
        if aim == EVERYONE:
            return len(points)
        if aim == KEPT:
            return sum(arc.kept for arc in self.arcs)
        return sum(points) if aim == TOTAL else min(points, default=0)


def network(
    table: Table,
    places: Iterable[int],
    seed: bytes,
    *,
    running: Container[tuple[PersonId, PersonId]] = (),
) -> Network:
    """Return the allowed pairs as a network.

    Ties derive from the seed and the two ids in the people file, so that they change
    neither with the order of rows nor with how people's surrogates were minted.
    """
    return Network(
        places=tuple(places),
        seconds=len(table.seconds),
        arcs=tuple(
            Arc(
                first=first,
                second=second,
                points=table.points[first][second],
                tie=tie_of(seed, table.firsts[first].id, table.seconds[second].id),
                kept=(table.firsts[first].person, table.seconds[second].person)
                in running,
            )
            for first, second in table.allowed
        ),
    )


def forcing(given: Network, arc: Arc) -> Network:
    """Return the network in which this pair is chosen already."""
    places = list(given.places)
    places[arc.first] -= 1
    others = tuple(
        one for one in given.arcs if one.second != arc.second and places[one.first] > 0
    )
    return replace(given, places=tuple(places), arcs=others, fixed=(*given.fixed, arc))


def keeping(given: Network) -> Network:
    """Return the network in which no more pairs are parted than have to be.

    Who has more that run than places is left with these alone.
    """
    running = Counter(arc.first for arc in given.arcs if arc.kept)
    places = list(given.places)
    crowded = {one for one in running if running[one] > places[one]}
    fixed = tuple(arc for arc in given.arcs if arc.kept and arc.first not in crowded)
    for arc in fixed:
        places[arc.first] -= 1
    taken = {arc.second for arc in fixed}
    others = tuple(
        arc
        for arc in given.arcs
        if arc.second not in taken
        and places[arc.first] > 0
        and (arc.kept or arc.first not in crowded)
    )
    return replace(
        given, places=tuple(places), arcs=others, fixed=(*given.fixed, *fixed)
    )


def best(given: Network, *, lead: Aim, floor: int = 0) -> Outcome:
    """Return the best choice among pairs of at least `floor` points.

    With `everyone matched` in the lead: as many as can be, and then the best total.
    Otherwise the best total, and then as many as can be.
    """
    arcs = tuple(arc for arc in given.arcs if arc.points >= floor)
    chosen = _flow(given, arcs, lead) if arcs else ()
    return Outcome(arcs=tuple(sorted(chain(given.fixed, chosen))))


def costs(given: Network, arcs: tuple[Arc, ...], lead: Aim) -> tuple[int, ...]:
    """Return a cost for each arc, less than 0, such that points outweigh all ties.

    That a pair runs outweighs all points.
    Ties keep as many of their bits as fit into what the solver can add up.
    """
    most = given.most
    scale = 1 if lead == EVERYONE else most + 1
    above = most * (max((arc.points for arc in arcs), default=0) * scale + 1)
    worths = tuple(arc.points * scale + 1 + above * arc.kept for arc in arcs)
    nodes = len(given.places) + given.seconds + 4
    bits = _COST_BITS - ((max(worths, default=0) + 1) * most * nodes).bit_length()
    if bits < 0:
        problem = f"{len(arcs)} pairs of so many points are too much for one flow"
        raise OverflowError(problem)
    kept = min(bits, TIE_BITS)
    unit = most << kept
    return tuple(
        -(worth * unit + (arc.tie >> (TIE_BITS - kept)))
        for worth, arc in zip(worths, arcs, strict=True)
    )


def _flow(given: Network, arcs: tuple[Arc, ...], lead: Aim) -> tuple[Arc, ...]:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    flow = SimpleMinCostFlow()
    source = len(given.places) + given.seconds
    sink = source + 1
    for arc, cost in zip(arcs, costs(given, arcs, lead), strict=True):
        second = len(given.places) + arc.second
        flow.add_arc_with_capacity_and_unit_cost(arc.first, second, 1, cost)
    for first, places in enumerate(given.places):
        flow.add_arc_with_capacity_and_unit_cost(source, first, max(0, places), 0)
    for second in range(len(given.places), source):
        flow.add_arc_with_capacity_and_unit_cost(second, sink, 1, 0)
    if lead != EVERYONE:
        # A way around, so that no place is filled at the expense of the total.
        flow.add_arc_with_capacity_and_unit_cost(source, sink, given.seconds, 0)
    flow.set_node_supply(source, given.seconds)
    flow.set_node_supply(sink, -given.seconds)
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        problem = f"the flow ended as {status}"
        raise AssertionError(problem)
    return tuple(arc for index, arc in enumerate(arcs) if flow.flow(index))


def tie_of(seed: bytes, first: str, second: str) -> int:
    """Return a number of `TIE_BITS` for two ids, the same in every order of rows."""
    return int(derive(seed, "tie", first, second)[: TIE_BITS // 4], 16)
