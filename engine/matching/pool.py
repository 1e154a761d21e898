"""Pairs of many people: the best of the few pairs that count, proven for all.

Each keeps the partners with the most points. What that leaves out is weighed against
the prices that the answer puts on people: a pair worth more than its two people could
make the answer better, and is taken in before all is solved again. When there is none,
nothing that was left out can be part of anything better.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.matching.aims import EVERYONE, FIRST, TOTAL, Aim
from engine.matching.flowing import flowing
from engine.matching.matrix import matrix
from engine.matching.prices import Edges, Prices, Truths, prices_of
from engine.matching.problem import Problem
from engine.matching.tagging import Numbers
from engine.matching.ties import TIE_BITS, WORD, mark, ties_of
from engine.matching.weights import Weights
from engine.people import Participant

KEPT = 24
"""How many partners of each person are looked at first."""

_ROWS = 500
_FORBIDDEN = -1
_SPREAD = 6
_SMALL = 1 << 30
_FEW_KINDS = 1 << 20
_SLIP = 1e-9

Marks = NDArray[np.uint64]


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Every pair of two sides of many people.

    Attributes:
        points: Of each pair, a row for each of the first side; -1 if it is forbidden.
        places: Matches that each of the first side may have.
        marks: What ties derive from, of each person of either side.
        early: Who of the second side goes before others.
    """

    points: Numbers
    places: Numbers
    marks: tuple[Marks, Marks]
    early: Truths

    @property
    def shape(self) -> tuple[int, int]:
        """How many there are on each side."""
        return self.points.shape[0], self.points.shape[1]

    def weights(self, order: tuple[Aim, ...]) -> Weights:
        """Return the weights of aims among all pairs."""
        found = self.kinds
        return Weights(
            order=order,
            most=max(1, int(min(self.places.sum(), self.shape[1]))),
            highest=int(found.max(initial=0)),
            step=int(np.gcd.reduce(found)) or 1 if len(found) else 1,
            nodes=sum(self.shape) + 4,
        )

    @cached_property
    def kinds(self) -> Numbers:
        """All points that a possible pair has, from the fewest."""
        if self.points.max(initial=0) > _FEW_KINDS:
            return np.unique(self.points[self.points >= 0])
        counts = np.bincount(self.points.ravel() - _FORBIDDEN)
        return np.flatnonzero(counts[-_FORBIDDEN:])

    @cached_property
    def kept(self) -> Edges:
        """The pairs with the most points of each person of either side."""
        rows, columns = self.shape
        if min(rows, columns) <= KEPT:
            return Edges.of(self.points >= 0)
        keys = self._keys()
        return Edges.of((_most(keys) | _most(keys.T).T) & (self.points >= 0))

    def _keys(self) -> Numbers:
        """Return points, and for equal ones the first bits of a tie."""
        keys = self.points << _SPREAD
        for start in range(0, len(keys), _ROWS):
            part = slice(start, start + _ROWS)
            ties = self._ties(part, slice(None)) >> np.uint64(WORD - _SPREAD)
            keys[part] += ties.astype(keys.dtype)
        return keys

    def _ties(self, firsts: Any, seconds: Any) -> Marks:  # noqa: ANN401
        """Return what decides between pairs of equal worth, in 64 bits."""
        ones, others = self.marks[0][firsts], self.marks[1][seconds]
        if isinstance(firsts, slice):
            ones = ones[:, None]
        found: Marks = ties_of(ones, others)
        return found

    def best(self, order: tuple[Aim, ...], *, floor: int = 0) -> Edges:
        """Return the best pairs of at least `floor` points, proven among all.

        Where only their number counts any answer will do.
        """
        weights, edges = self.weights(order), self.kept
        edges = edges.where(self.at(edges) >= floor)
        costs = self._costs(edges, weights)
        needed = np.ones(len(costs), dtype=np.bool_)
        while True:
            chosen = np.zeros(len(costs), dtype=np.bool_)
            # That there are most pairs is what the flow sees to.
            gained = costs[needed] - weights.reward * weights.unit
            most = weights.lead == EVERYONE
            some = edges.where(needed)
            chosen[needed] = flowing(
                some, gained, self.places, self.shape[1], most=most
            )
            prices = prices_of(edges, costs, chosen, self.shape)
            better = self._better(prices, weights, floor)
            if not len(better.firsts):
                return edges.where(chosen)
            gains = np.zeros(self.shape[1])
            found = prices.gains(better, self._costs(better, weights))
            np.maximum.at(gains, better.seconds, found)
            edges = edges.joined(better)
            costs = self._costs(edges, weights)
            # Whoever loses more than all can gain is in no better answer.
            needed = prices.gains(edges, costs) >= -gains.sum() * (1 + _SLIP)

    def forced(self, pairs: Edges) -> "Pool":
        """Return what is left to choose from where these pairs are chosen already."""
        points = self.points.copy()
        used = np.bincount(pairs.firsts, minlength=len(self.places))
        places = np.maximum(0, self.places - used)
        points[:, pairs.seconds] = _FORBIDDEN
        points[places == 0] = _FORBIDDEN
        return replace(self, points=points, places=places)

    def at(self, edges: Edges) -> Numbers:
        """Return the points of pairs."""
        return self.points[edges.firsts, edges.seconds]

    def proof(self, pairs: Edges, weights: Weights, floor: int) -> Prices:
        """Return prices, without ties, by which no choice above a floor is better.

        Raises:
            AssertionError: If another choice is worth more.
        """
        edges = self.kept.joined(pairs)
        while True:
            edges = edges.where(self.at(edges) >= floor)
            worths = self.worths(edges, weights)
            mine = edges.among(pairs)
            prices = prices_of(edges, worths, mine, self.shape)
            better = self._better(prices, weights, floor, ties=False)
            if not len(better.firsts):
                return prices
            edges = edges.joined(better)

    def worths(self, edges: Edges, weights: Weights) -> Numbers:
        """Return what pairs are worth by all aims, before ties."""
        return self._worths(self.at(edges), self.early[edges.seconds], weights)

    def all_worths(self, weights: Weights) -> Numbers:
        """Return what every pair is worth; of forbidden ones that says nothing."""
        return self._worths(self.points, self.early, weights)

    @staticmethod
    def _worths(points: Numbers, early: Truths, weights: Weights) -> Numbers:
        of = weights.of.get
        alike = of(EVERYONE, 0) + weights.reward
        steps = points.astype(np.int64) // weights.step
        return steps * of(TOTAL, 0) + early * of(FIRST, 0) + alike

    def _costs(self, edges: Edges, weights: Weights) -> Numbers:
        """Return the same with ties, in a unit that outweighs them."""
        worths = self.worths(edges, weights)
        if not weights.of:
            return worths * weights.unit
        ties = self._ties(edges.firsts, edges.seconds)
        ties = ties >> np.uint64(WORD - TIE_BITS)
        ties >>= np.uint64(TIE_BITS - weights.tie_bits)
        return worths * weights.unit + ties.astype(np.int64)

    def _better(
        self, prices: Prices, weights: Weights, floor: int, *, ties: bool = True
    ) -> Edges:
        """Return pairs that are worth more than their two people."""
        firsts, seconds = [], []
        for start in range(0, self.shape[0], _ROWS):
            part = slice(start, start + _ROWS)
            near = self._near(prices, weights, part, floor, ties=ties)
            rows, columns = np.nonzero(near)
            some = Edges(firsts=rows + start, seconds=columns)
            worths = self._costs(some, weights) if ties else self.worths(some, weights)
            gains = prices.gains(some, worths)
            order = np.argsort(-gains, kind="stable")[: _ROWS * KEPT]
            some = some.where(order[gains[order] > 0])
            firsts.append(some.firsts)
            seconds.append(some.seconds)
        return Edges(firsts=np.concatenate(firsts), seconds=np.concatenate(seconds))

    def _near(
        self, prices: Prices, weights: Weights, part: slice, floor: int, *, ties: bool
    ) -> Truths:
        """Return pairs that may be worth more than their two people, and few others.

        What a point is worth turns prices into points; rounding them down, and taking
        one step more for ties, leaves none out.
        """
        unit, of = weights.unit if ties else 1, weights.of.get
        alike = (of(EVERYONE, 0) + weights.reward) * unit
        ones, others = prices.firsts[part], prices.seconds - alike
        others = others - self.early * (of(FIRST, 0) * unit)
        points = self.points[part]
        if TOTAL not in weights.of:
            cheap = ones[:, None] + others[None, :] < 0
            return cheap & (points >= max(floor, 0))
        point = of(TOTAL, 0) * unit / weights.step
        least = [np.floor(one / point).astype(np.int64) for one in (ones, others)]
        least[1] -= weights.step + 1
        if all(
            abs(int(one)) < _SMALL for side in least for one in (side.min(), side.max())
        ):
            least = [one.astype(np.int32) for one in least]
        needed = least[0][:, None] + least[1][None, :]
        found: Truths = points >= np.maximum(needed, max(floor, 0), out=needed)
        return found


def pool_of(problem: Problem, seed: bytes) -> Pool:
    """Return every pair of a problem."""
    firsts, seconds = (problem.having(role) for role in problem.sides)
    places = np.array([problem.places(one.person) for one in firsts], dtype=np.int64)
    found = matrix(problem)
    points = found.points
    points[~found.allowed] = _FORBIDDEN
    points[places == 0] = _FORBIDDEN
    return Pool(
        points=points,
        places=places,
        marks=(_marks(seed, firsts), _marks(seed, seconds)),
        early=np.array([one.person in problem.waited for one in seconds], np.bool_),
    )


def _marks(seed: bytes, people: Sequence[Participant]) -> Marks:
    return np.array([mark(seed, one.id) for one in people], dtype=np.uint64)


def _most(keys: Numbers) -> Truths:
    """Return which are among the most of their row."""
    found = np.empty(keys.shape, dtype=np.bool_)
    for start in range(0, len(keys), _ROWS):
        part = keys[start : start + _ROWS]
        least = np.partition(part, -KEPT, axis=1)[:, -KEPT]
        found[start : start + _ROWS] = part >= least[:, None]
    return found
