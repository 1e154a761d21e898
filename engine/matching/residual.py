"""What it costs the total to change one pair: shortest paths in what a flow left open.

Forcing a pair sends one unit around a circle: to the new partner, and by way of whoever
has to move back to where it started. The cheapest circle is the exact price, equal to
solving again, for as long as pairs below the floor stay out of it.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.matching.flow import Arc, Network, Outcome

Edge = tuple[int, int, int]
"""From, to, and what it costs to send a unit there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Residual:
    """How an optimal choice could still be changed.

    Attributes:
        firsts: Nodes below this are the first side, then comes the second side, and
            last the one node that everybody comes from and goes to.
        reward: What placing one more outweighs: more than any total.
        edges: By the node that they leave.
        potential: Of each node; makes every edge cost at least 0.
    """

    firsts: int
    reward: int
    edges: Sequence[Sequence[Edge]]
    potential: Sequence[int]


def residual(given: Network, outcome: Outcome, *, floor: int) -> Residual:
    """Return the ways to change a choice of most pairs and best total above a floor."""
    arcs = tuple(arc for arc in given.arcs if arc.points >= floor)
    reward = 2 * given.most * max((arc.points for arc in arcs), default=0) + 1
    size = len(given.places) + given.seconds + 1
    edges: list[list[Edge]] = [[] for _ in range(size)]
    for edge in _edges(given, outcome, arcs, reward):
        edges[edge[0]].append(edge)
    return Residual(
        firsts=len(given.places),
        reward=reward,
        edges=edges,
        potential=_potential(edges),
    )


def totals_lost(given: Residual, choices: Sequence[Arc]) -> Mapping[Arc, int]:
    """Return what the total loses by forcing each of one person's pairs.

    A pair that cannot be forced without placing fewer is left out.
    """
    if not choices:
        return {}
    reached = _distances(given, given.firsts + choices[0].second)
    lost = {
        arc: reached[arc.first] - given.reward - arc.points
        for arc in choices
        if arc.first in reached
    }
    return {arc: total for arc, total in lost.items() if 2 * total < given.reward}


def _edges(
    given: Network, outcome: Outcome, arcs: Sequence[Arc], reward: int
) -> Iterator[Edge]:
    firsts, root = len(given.places), len(given.places) + given.seconds
    chosen = set(outcome.arcs)
    used = [0] * firsts
    for arc in arcs:
        one, other, worth = arc.first, firsts + arc.second, reward + arc.points
        if arc in chosen:
            used[one] += 1
            yield other, one, worth
        else:
            yield one, other, -worth
    placed = {arc.second for arc in chosen}
    for second in range(given.seconds):
        ends = (firsts + second, root)
        yield (*(ends[::-1] if second in placed else ends), 0)
    for first, places in enumerate(given.places):
        if used[first]:
            yield first, root, 0
        if used[first] < places:
            yield root, first, 0


def _potential(edges: Sequence[Sequence[Edge]]) -> Sequence[int]:
    """Return the length of the shortest path to each node, from anywhere."""
    lengths, changed = [0] * len(edges), True
    while changed:
        changed = False
        for leaving in edges:
            for one, other, cost in leaving:
                if lengths[one] + cost < lengths[other]:
                    lengths[other], changed = lengths[one] + cost, True
    return lengths


def _distances(given: Residual, start: int) -> Mapping[int, int]:
    """Return the length of the shortest path to each node that can be reached."""
    potential = given.potential
    done: dict[int, int] = {}
    waiting = [(0, start)]
    while waiting:
        length, node = heapq.heappop(waiting)
        if node in done:
            continue
        done[node] = length
        for _, other, cost in given.edges[node]:
            if other not in done:
                reduced = cost + potential[node] - potential[other]
                heapq.heappush(waiting, (length + reduced, other))
    return {
        node: length - potential[start] + potential[node]
        for node, length in done.items()
    }
