"""What a place with each person is worth: prices that prove a choice of pairs the best.

A choice is the best where every pair is worth at most what its two people cost, and the
chosen ones exactly that: the duals of a linear programme. Any pair beyond those that
were looked at can be weighed against them without solving anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.matching.tagging import Numbers

Truths = NDArray[np.bool_]

_SECONDS = 32


@dataclass(frozen=True, kw_only=True)
class Edges:
    """Pairs in the order of the first side, then of the second."""

    firsts: Numbers
    seconds: Numbers

    @classmethod
    def of(cls, found: Truths) -> Self:
        """Return the pairs that are marked in a table of all."""
        firsts, seconds = np.nonzero(found)
        return cls(firsts=firsts, seconds=seconds)

    @classmethod
    def listed(cls, cells: Sequence[tuple[int, int]]) -> Self:
        """Return pairs that are told one by one, in their order."""
        found = np.array(cells, dtype=np.int64).reshape(-1, 2)
        return cls(firsts=found[:, 0], seconds=found[:, 1])

    def where(self, kept: Truths | Numbers) -> "Edges":
        """Return some of them, as marked or in another order."""
        return Edges(firsts=self.firsts[kept], seconds=self.seconds[kept])

    def joined(self, others: "Edges") -> "Edges":
        """Return these and others, each once."""
        codes = np.union1d(self.codes, others.codes)
        return Edges(firsts=codes >> _SECONDS, seconds=codes & ((1 << _SECONDS) - 1))

    def among(self, others: "Edges") -> Truths:
        """Return which of them are among others."""
        return np.isin(self.codes, others.codes)

    @cached_property
    def codes(self) -> Numbers:
        """A number for each pair, in their order."""
        return (self.firsts.astype(np.int64) << _SECONDS) + self.seconds


@dataclass(frozen=True, kw_only=True)
class Prices:
    """What a place with each person is worth; nothing where they have a free one."""

    firsts: Numbers
    seconds: Numbers

    def gains(self, edges: Edges, worths: Numbers) -> Numbers:
        """Return what pairs are worth beyond their two people."""
        return worths - self.firsts[edges.firsts] - self.seconds[edges.seconds]


def prices_of(
    edges: Edges, worths: Numbers, chosen: Truths, shape: tuple[int, int]
) -> Prices:
    """Return prices that no pair exceeds, where the chosen ones are the best of them.

    A place of the first side is worth what somebody would gain by it, who would leave
    another place to somebody else, and so on: the longest such way (R. E. Bellman).

    Raises:
        AssertionError: If another choice of these pairs is worth more.
    """
    rows, columns = shape
    own, held = np.full(columns, rows), np.zeros(columns, dtype=np.int64)
    own[edges.seconds[chosen]] = edges.firsts[chosen]
    held[edges.seconds[chosen]] = worths[chosen]
    # Nobody holds whom nobody has: a row of its own, which is worth nothing.
    prices = np.zeros(rows + 1, dtype=np.int64)
    starts = np.flatnonzero(np.diff(edges.firsts, prepend=-1))
    here = edges.firsts[starts]
    gained, holders = worths - held[edges.seconds], own[edges.seconds]
    for _ in range(rows + 2):
        before = prices.copy()
        if len(starts):
            ways = np.maximum.reduceat(gained + prices[holders], starts)
            prices[here] = np.maximum(prices[here], ways)
        if np.array_equal(before, prices):
            return Prices(firsts=prices[:rows], seconds=held - prices[own])
    raise AssertionError("the flow was not the best of its pairs")
