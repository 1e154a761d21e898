"""Which twos are best among people of one role: a matching by Edmonds' blossoms.

It needs no search, and what it finds is proven best. It knows no three, and no limit on
how many of some are placed.
"""

from dataclasses import dataclass, replace
from functools import cached_property, partial

from engine.matching.aims import EVERYONE, FIRST, KEPT, TOTAL, WORST, Aim
from engine.matching.circle import Circle
from engine.matching.flow import Arc, Network, Outcome
from engine.matching.insisting import InsistingError
from engine.matching.parties import Two
from engine.matching.search import floors_in, optimum_of
from engine.matching.ties import TIE_BITS

_WEIGHT_BITS = 120
"""The library adds up in 128 bits, and doubles what it adds."""


def twos_of(circle: Circle) -> Network:
    """Return each two who may be together, those who are to be as chosen already.

    Raises:
        InsistingError: If not all can be together who are to be.
    """
    members, waited = circle.members, circle.problem.waited
    early = [int(one.person in waited) for one in members]
    given = Network(
        places=(1,) * len(members),
        seconds=len(members),
        arcs=tuple(
            Arc(
                first=one,
                second=other,
                points=points,
                tie=circle.tie((one, other)),
                early=early[one] + early[other],
                kept=circle.kept((one, other)),
            )
            for (one, other), points in sorted(circle.points.items())
        ),
    )
    for two in circle.insisted():
        given = insisting(given, two)
    return given


def insisting(given: Network, two: Two) -> Network:
    """Return what is left to choose where these two are together.

    Raises:
        InsistingError: If one of them is with another, or they must not be together.
    """
    arc = next((one for one in given.arcs if (one.first, one.second) == two), None)
    if arc is None:
        raise InsistingError(two)
    others = (one for one in given.arcs if {one.first, one.second}.isdisjoint(two))
    return replace(given, arcs=tuple(others), fixed=(*given.fixed, arc))


def best_twos(given: Network, order: tuple[Aim, ...]) -> Outcome:
    """Return the best twos when aims count in this order."""
    if WORST not in order or not given.arcs:
        return above(given, order)
    return optimum_of(partial(above, given), floors_in(given), order)


def above(given: Network, order: tuple[Aim, ...], *, floor: int = 0) -> Outcome:
    """Return the best twos of at least so many points each; the worst plays no part."""
    # imported here: only buddies need it
    import rustworkx as rx

    arcs = tuple(arc for arc in given.arcs if arc.points >= floor)
    weights = _Weights(arcs=arcs, order=order, people=given.seconds)
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(given.seconds))
    graph.add_edges_from(
        [
            (arc.first, arc.second, weight)
            for arc, weight in zip(arcs, weights.all(), strict=True)
        ]
    )
    found = rx.max_weight_matching(graph, weight_fn=int)
    chosen = {frozenset(two) for two in found}
    those = (arc for arc in arcs if {arc.first, arc.second} in chosen)
    return Outcome(arcs=tuple(sorted((*given.fixed, *those))), given=given)


@dataclass(frozen=True, kw_only=True)
class _Weights:
    """What each two weigh, such that each aim outweighs all later ones, and then ties.

    Attributes:
        people: How many there are at most.
    """

    arcs: tuple[Arc, ...]
    order: tuple[Aim, ...]
    people: int

    def all(self) -> tuple[int, ...]:
        """Return the weight of each two."""
        units, ties = self._units, self.people << TIE_BITS
        weights = tuple(
            sum(unit * _worth(arc, aim) for aim, unit in units.items()) * ties + arc.tie
            for arc in self.arcs
        )
        if (max(weights, default=0) * self.people).bit_length() > _WEIGHT_BITS:
            problem = f"{len(self.arcs)} pairs of so many points are too much"
            raise OverflowError(problem)
        return weights

    @cached_property
    def _units(self) -> dict[Aim, int]:
        found: dict[Aim, int] = {}
        later = 0
        for aim in reversed([one for one in self.order if one in _SUMMED]):
            found[aim] = later + 1
            most = max((_worth(arc, aim) for arc in self.arcs), default=0)
            later += found[aim] * most * self.people
        return found


_SUMMED: tuple[Aim, ...] = (EVERYONE, FIRST, KEPT, TOTAL)


def _worth(arc: Arc, aim: Aim) -> int:
    if aim == TOTAL:
        return arc.points
    if aim == KEPT:
        return int(arc.kept)
    return arc.early if aim == FIRST else 1
