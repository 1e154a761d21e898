"""What it costs the total to change one place: shortest paths in what a flow left open.

Forcing somebody into a place sends one unit around a circle: to the new partner, and by
way of whoever has to move back to where it started. The cheapest circle is the exact
price, equal to solving again, for as long as pairs below the floor stay out of it.
"""

import heapq
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.matching.flow import Arc, Network, Outcome

Edge = tuple[int, int, int]
"""From, to, and what it costs to send a unit there."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, kw_only=True, slots=True)
class Residual:
    """How an optimal choice could still be changed.

    Attributes:
        firsts: Nodes below this are the first side; of pairs comes the second side,
            and last the node that everybody comes from and goes to.
        reward: What placing one more outweighs: more than any total.
        reduced: Of each node where its edges lead, and what they cost beyond what the
            potentials account for, which is nothing or more.
        potential: Of each node.
    """

    firsts: int
    reward: int
    reduced: Sequence[Sequence[tuple[int, int]]]
    potential: Sequence[int]


def residual(given: Network, outcome: Outcome, *, floor: int) -> Residual:
    """Return the ways to change a choice of most pairs and best total above a floor."""
    arcs = tuple(arc for arc in given.arcs if arc.points >= floor)
    reward = 2 * given.most * max((arc.points for arc in arcs), default=0) + 1
    size = len(given.places) + given.seconds + 1
    edges = _edges(given, outcome, arcs, reward)
    return left_open(edges, size=size, firsts=len(given.places), reward=reward)


def left_open(
    edges: Iterator[Edge], *, size: int, firsts: int, reward: int
) -> Residual:
    """Return what these edges between so many nodes leave open."""
    leaving: list[list[Edge]] = [[] for _ in range(size)]
    for edge in edges:
        leaving[edge[0]].append(edge)
    height = _potential(leaving)
    reduced = [
        [(other, cost + height[one] - height[other]) for one, other, cost in those]
        for those in leaving
    ]
    return Residual(firsts=firsts, reward=reward, reduced=reduced, potential=height)


def totals_lost(
    given: Residual, choices: Sequence[Arc], *, most: int | None = None
) -> Mapping[Arc, int]:
    """Return what the total loses by forcing each of one person's pairs.

    A pair that cannot be forced without placing fewer is left out. With `most`, only
    so many are looked for, the cheapest, and all that cost the same as the last.
    """
    lost = losses(given, choices, most=most)
    return {arc: total for arc, (pairs, total) in lost.items() if not pairs}


def losses(
    given: Residual, choices: Sequence[Arc], *, most: int | None = None
) -> Mapping[Arc, tuple[int, int]]:
    """Return how many pairs fewer there are, and what the total loses besides."""
    if not choices:
        return {}
    found = cheapest(
        given,
        given.firsts + choices[0].second,
        {arc: (arc.first, given.reward + arc.points) for arc in choices},
        most=len(choices) if most is None else most,
    )
    pairs = {
        arc: (2 * one + given.reward) // (2 * given.reward)
        for arc, one in found.items()
    }
    return {
        arc: (pairs[arc], one - pairs[arc] * given.reward) for arc, one in found.items()
    }


def cheapest(
    given: Residual,
    start: int,
    choices: Mapping[Key, tuple[int, int]],
    *,
    most: int,
) -> Mapping[Key, int]:
    """Return the prices of the cheapest circles through `start`.

    The search ends when no other circle can be as cheap.

    Args:
        given: What may be changed.
        start: Where whoever is forced stands.
        choices: The edges that lead there: where each begins, and what it is worth.
        most: How many are looked for; all that cost the same as the last come too.
    """
    potential = given.potential
    closing: dict[int, list[tuple[Key, int]]] = {}
    for key, (node, worth) in choices.items():
        slack = potential[node] - potential[start] - worth
        closing.setdefault(node, []).append((key, slack))
    found: dict[Key, int] = {}
    prices: list[int] = []
    for length, node in _reached(given, start):
        if len(prices) >= most and length > prices[most - 1]:
            break
        for key, slack in closing.get(node, ()):
            found[key] = length + slack
            prices = sorted([*prices, length + slack])[:most]
    return found


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
    # imported here: numpy takes longer than a small programme
    import numpy as np

    flat = [edge for leaving in edges for edge in leaving]
    lengths = np.zeros(len(edges), dtype=np.int64)
    if not flat:
        return [0] * len(edges)
    ones, others, costs = np.array(flat, dtype=np.int64).T
    while True:
        before = lengths.copy()
        np.minimum.at(lengths, others, lengths[ones] + costs)
        if np.array_equal(before, lengths):
            return [int(length) for length in lengths]


def _reached(given: Residual, start: int) -> Iterator[tuple[int, int]]:
    """Yield each node that can be reached with the length of the way, nearest first."""
    nearest = {start: 0}
    waiting = [(0, start)]
    while waiting:
        length, node = heapq.heappop(waiting)
        if length > nearest[node]:
            continue
        yield length, node
        for other, cost in given.reduced[node]:
            if other not in nearest or length + cost < nearest[other]:
                nearest[other] = length + cost
                heapq.heappush(waiting, (length + cost, other))
