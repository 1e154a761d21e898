"""What forcing a pair costs, of pairs of many people: the cheapest circle.

Somebody who is forced on a new partner leaves a place, which another may take, who
leaves one as well, until whoever had to make room has found one. Prices that prove the
choice the best tell what each step loses; the shortest way is the exact price, equal to
solving again, for as long as pairs below the floor stay out of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from engine.matching.pool import Pool
from engine.matching.prices import Edges, Prices
from engine.matching.tagging import Numbers
from engine.matching.weights import Weights

_FAR = 1 << 28
"""What is lost at most if small numbers are to do, four of which can be added up."""


@dataclass(frozen=True, kw_only=True)
class Circles:
    """How a best choice could be changed.

    Attributes:
        pairs: The best choice, among pairs of at least `floor` points.
    """

    pool: Pool
    pairs: Edges
    weights: Weights
    floor: int

    def losses(self, second: int, *, most: int) -> Mapping[int, int]:
        """Return what is lost by forcing the cheapest pairs of somebody.

        Args:
            second: Who is forced.
            most: How many are told; all that cost the same as the last come too.

        Returns:
            The loss, in the unit of the weights, by the first side. Whom they have
            costs nothing.
        """
        own = self._own[second : second + 1]
        return next(self._nearest(self._ways(int(own[0]))[None, :], own, second, most))

    def all_losses(self, *, most: int) -> Iterator[Mapping[int, int]]:
        """Yield the same of everybody in turn: all ways are found at once."""
        return self._nearest(self._everywhere[self._own], self._own, 0, most)

    def _nearest(
        self, ways: Numbers, own: Numbers, start: int, most: int
    ) -> Iterator[Mapping[int, int]]:
        """Yield the cheapest pairs of some people, a row of ways for each."""
        lost = ways[:, :-1] + self._slack[:, start : start + len(ways)].T
        placed = np.flatnonzero(own < lost.shape[1])
        lost[placed, own[placed]] = 0
        last = lost.max(axis=1)
        if most < lost.shape[1]:
            last = np.partition(lost, most - 1, axis=1)[:, most - 1]
        rows, firsts = np.nonzero((lost <= last[:, None]) & (lost < self._never))
        ends = np.cumsum(np.bincount(rows, minlength=len(ways))).tolist()
        names, costs = firsts.tolist(), lost[rows, firsts].tolist()
        for begin, end in pairwise([0, *ends]):
            yield dict(zip(names[begin:end], costs[begin:end], strict=True))

    def _ways(self, start: int) -> Numbers:
        """Return the lengths of the shortest ways from one place (E. W. Dijkstra)."""
        steps = self._steps
        ways = np.full(len(steps), self._never, dtype=steps.dtype)
        ways[start] = 0
        waiting = np.ones(len(ways), dtype=np.bool_)
        while True:
            nearest = ways.min(where=waiting, initial=self._never)
            if nearest >= self._never:
                return ways
            here = waiting & (ways == nearest)
            waiting &= ~here
            np.minimum(ways, nearest + steps[here].min(axis=0), out=ways)

    @cached_property
    def _everywhere(self) -> Numbers:
        """The same from every place (R. W. Floyd, Algorithm 97, CACM 5, 1962)."""
        ways = self._steps.copy()
        np.fill_diagonal(ways, 0)
        further = np.empty_like(ways)
        for via in range(len(ways)):
            np.add(ways[:, via, None], ways[via], out=further)
            np.minimum(ways, further, out=ways)
        return ways

    @property
    def _never(self) -> int:
        """Further than any way."""
        return _FAR * 2 if self._type is np.int32 else 1 << 60

    @cached_property
    def _type(self) -> type[np.signedinteger[Any]]:
        prices = self._prices
        most = max(int(one.max(initial=0)) for one in (prices.firsts, prices.seconds))
        return np.int32 if 4 * most < _FAR else np.int64

    @cached_property
    def _prices(self) -> Prices:
        return self.pool.proof(self.pairs, self.weights, self.floor)

    @cached_property
    def _own(self) -> Numbers:
        """Who of the first side each of the second has; beyond all, where nobody."""
        own = np.full(self.pool.shape[1], self.pool.shape[0])
        own[self.pairs.seconds] = self.pairs.firsts
        return own

    @cached_property
    def _slack(self) -> Numbers:
        """What each pair is worth less than its two people."""
        prices = self._prices
        worths = self.pool.all_worths(self.weights)
        slack = prices.firsts[:, None] + prices.seconds[None, :] - worths
        slack[self.pool.points < max(0, self.floor)] = self._never
        return slack.astype(self._type)

    @cached_property
    def _steps(self) -> Numbers:
        """What it costs that a place goes from one to another of the first side.

        Last comes nobody: a place stays empty, or is found; somebody gets a first
        place, or loses their only one.
        """
        rows = self.pool.shape[0]
        order = np.argsort(self._own, kind="stable")
        holders, starts = np.unique(self._own[order], return_index=True)
        steps = np.full((rows + 1, rows + 1), self._never, dtype=self._type)
        steps[:rows, holders] = np.minimum.reduceat(
            self._slack[:, order], starts, axis=1
        )
        steps[:rows, rows] = np.minimum(steps[:rows, rows], self._prices.firsts)
        used = np.bincount(self._own, minlength=rows + 1)[:rows]
        losing = np.minimum.reduceat(self._prices.seconds[order], starts)
        steps[rows, holders] = losing
        steps[rows, np.flatnonzero(used < self.pool.places)] = 0
        return steps
