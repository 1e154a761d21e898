"""Pairs of thousands of people: the best of the few pairs that count, proven for all.

Each keeps the partners with the most points. What that leaves out is weighed against
the prices that the answer puts on people: a pair worth more than its two people could
make the answer better, and is taken in before all is solved again. When there is none,
nothing that was left out can be part of anything better.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.derive import derive
from engine.matching.aims import EVERYONE, Aim
from engine.matching.flow import TIE_BITS
from engine.matching.matrix import matrix
from engine.matching.problem import Problem
from engine.matching.tagging import Numbers

KEPT = 50
"""How many partners of each person are looked at first."""

_ROWS = 500
_FORBIDDEN = -1
_COST_BITS = 60
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SPREAD = 64


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The best pairs, by index into the two sides."""

    firsts: Numbers
    seconds: Numbers
    points: Numbers


@dataclass(frozen=True, kw_only=True)
class Edges:
    """Pairs in the order of the first side."""

    firsts: Numbers
    seconds: Numbers


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """How points and ties are put into one cost.

    Attributes:
        scale: What a point counts beside a pair.
        size: What outweighs all ties.
        tie_bits: How many bits of a tie are left.
    """

    scale: int
    size: int
    tie_bits: int


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Every pair of two large sides.

    Attributes:
        points: Of each pair, a row for each of the first side; -1 if it is forbidden.
        places: Matches that each of the first side may have.
        marks: What ties derive from, of each person of either side.
    """

    points: Numbers
    places: Numbers
    marks: tuple[NDArray[np.uint64], NDArray[np.uint64]]

    @cached_property
    def most(self) -> int:
        """An upper bound of the number of pairs."""
        return int(min(self.places.sum(), self.points.shape[1]))

    @cached_property
    def kept(self) -> Edges:
        """The pairs with the most points of each person of either side."""
        rows, columns = self.points.shape
        found = np.zeros((rows, columns), dtype=np.bool_)
        keys = self.points.astype(np.int64) * _SPREAD
        for start in range(0, rows, _ROWS):
            part = slice(start, start + _ROWS)
            keys[part] += (self.ties(part, slice(None)) >> np.uint64(58)).astype(int)
        for axis, length in enumerate((rows, columns)):
            if length > KEPT:
                best = np.argpartition(keys, length - KEPT, axis=axis)
                top = np.take(best, np.arange(length - KEPT, length), axis=axis)
                np.put_along_axis(found, top, values=True, axis=axis)
            else:
                found[:] = True
        return _edges(found & (self.points >= 0))

    def ties(self, firsts: Any, seconds: Any) -> NDArray[np.uint64]:  # noqa: ANN401
        """Return what decides between pairs of equal worth, in 64 bits."""
        ones, others = self.marks[0][firsts], self.marks[1][seconds]
        if isinstance(firsts, slice):
            ones = ones[:, None]
        mixed = (ones ^ others) * _MIX
        return np.asarray((mixed ^ (mixed >> np.uint64(29))) * _MIX, dtype=np.uint64)

    def best(self, *, lead: Aim, floor: int = 0) -> Chosen:
        """Return the best pairs of at least `floor` points, proven among all."""
        edges = self.kept
        while True:
            chosen = self._flow(edges, lead, floor)
            better = self._better(edges, chosen, lead, floor)
            if not len(better.firsts):
                return chosen
            edges = _joined(edges, better, self.points.shape[1])

    def _flow(self, edges: Edges, lead: Aim, floor: int) -> Chosen:
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

        points = self.points[edges.firsts, edges.seconds]
        above = points >= floor
        firsts, seconds, points = (
            edges.firsts[above],
            edges.seconds[above],
            points[above],
        )
        rows, columns = self.points.shape
        source, sink = rows + columns, rows + columns + 1
        flow = SimpleMinCostFlow()
        add = flow.add_arcs_with_capacity_and_unit_cost
        arcs = add(
            firsts,
            rows + seconds,
            np.ones_like(firsts),
            self._costs(firsts, seconds, points, lead),
        )
        add(np.full(rows, source), np.arange(rows), self.places, np.zeros(rows, int))
        ends = np.arange(rows, source)
        add(ends, np.full(columns, sink), np.ones_like(ends), np.zeros_like(ends))
        if lead != EVERYONE:
            flow.add_arc_with_capacity_and_unit_cost(source, sink, columns, 0)
        flow.set_node_supply(source, columns)
        flow.set_node_supply(sink, -columns)
        status = flow.solve_max_flow_with_min_cost()
        if status != flow.OPTIMAL:
            problem = f"the flow ended as {status}"
            raise AssertionError(problem)
        used = flow.flows(arcs) > 0 if len(arcs) else np.zeros(0, dtype=np.bool_)
        return Chosen(firsts=firsts[used], seconds=seconds[used], points=points[used])

    def _costs(
        self, firsts: Numbers, seconds: Numbers, points: Numbers, lead: Aim
    ) -> Numbers:
        unit = self._unit(lead)
        ties = self.ties(firsts, seconds) >> np.uint64(64 - TIE_BITS)
        ties = ties >> np.uint64(TIE_BITS - unit.tie_bits)
        worths = points.astype(np.int64) * unit.scale + 1
        return -(worths * unit.size + ties.astype(np.int64))

    def _unit(self, lead: Aim) -> Unit:
        """Return the unit with as many bits of a tie as the solver can add up."""
        scale = 1 if lead == EVERYONE else self.most + 1
        worth = int(self.points.max(initial=0)) * scale + 2
        nodes = sum(self.points.shape) + 4
        bits = _COST_BITS - (worth * self.most * nodes).bit_length()
        if bits < 0:
            problem = f"pairs of {worth} points are too much for one flow"
            raise OverflowError(problem)
        kept = min(bits, TIE_BITS)
        return Unit(scale=scale, size=self.most << kept, tie_bits=kept)

    def _better(self, edges: Edges, chosen: Chosen, lead: Aim, floor: int) -> Edges:
        """Return pairs beyond these that are worth more than their two people."""
        scale = self._unit(lead).scale
        highest = int(self.points.max(initial=0)) * scale + 1
        reward = 1 + (self.most * highest if lead == EVERYONE else 0)
        first, second = self._prices(edges, chosen, scale, reward, floor)
        found = []
        for start in range(0, len(first), _ROWS):
            part = slice(start, start + _ROWS)
            points = self.points[part].astype(np.int64)
            worth = points * scale + reward - first[part, None] - second[None, :]
            rows, columns = np.nonzero((worth > 0) & (points >= max(0, floor)))
            most = np.argsort(-worth[rows, columns], kind="stable")[: _ROWS * KEPT]
            found.append((rows[most] + start, columns[most]))
        return Edges(
            firsts=np.concatenate([rows for rows, _ in found]),
            seconds=np.concatenate([columns for _, columns in found]),
        )

    def _prices(
        self, edges: Edges, chosen: Chosen, scale: int, reward: int, floor: int
    ) -> tuple[Numbers, Numbers]:
        """Return what a place with each person is worth, which no pair exceeds.

        A place of the first side is worth what somebody would gain by it, who would
        leave another place to somebody else, and so on: the longest such way.
        """
        rows, columns = self.points.shape
        points = self.points[edges.firsts, edges.seconds]
        above = points >= floor
        firsts, seconds = edges.firsts[above], edges.seconds[above]
        worth = points[above].astype(np.int64) * scale + reward
        own, held = np.full(columns, rows), np.zeros(columns, dtype=np.int64)
        own[chosen.seconds] = chosen.firsts
        held[chosen.seconds] = chosen.points.astype(np.int64) * scale + reward
        # Nobody holds whom nobody has: a row of its own, which is worth nothing.
        prices = np.zeros(rows + 1, dtype=np.int64)
        starts = np.flatnonzero(np.diff(firsts, prepend=-1))
        gained = worth - held[seconds]
        for _ in range(rows + 2):
            before = prices.copy()
            if len(starts):
                ways = np.maximum.reduceat(gained + prices[own[seconds]], starts)
                here = firsts[starts]
                prices[here] = np.maximum(prices[here], ways)
            if np.array_equal(before, prices):
                return prices[:rows], held - prices[own]
        raise AssertionError("the flow was not the best of its pairs")


def pool_of(problem: Problem, seed: bytes) -> Pool:
    """Return every pair of a problem, looked at some rows at a time."""
    firsts, seconds = (problem.having(role) for role in problem.sides)
    points = np.empty((len(firsts), len(seconds)), dtype=np.int32)
    places = np.array([problem.places(one.person) for one in firsts], dtype=np.int64)
    for start in range(0, len(firsts), _ROWS):
        part = slice(start, start + _ROWS)
        found = matrix(problem, part)
        possible = found.allowed & (places[part, None] > 0)
        points[part] = np.where(possible, found.points, _FORBIDDEN)
    return Pool(
        points=points,
        places=places,
        marks=(
            np.array([_mark(seed, "first", one.id) for one in firsts], np.uint64),
            np.array([_mark(seed, "second", one.id) for one in seconds], np.uint64),
        ),
    )


def _mark(seed: bytes, side: str, id_: str) -> int:
    return int(derive(seed, "mark", side, id_)[:16], 16)


def _edges(found: NDArray[np.bool_]) -> Edges:
    firsts, seconds = np.nonzero(found)
    return Edges(firsts=firsts, seconds=seconds)


def _joined(some: Edges, others: Edges, columns: int) -> Edges:
    codes = np.unique(
        np.concatenate(
            [
                some.firsts * columns + some.seconds,
                others.firsts * columns + others.seconds,
            ]
        )
    )
    return Edges(firsts=codes // columns, seconds=codes % columns)
