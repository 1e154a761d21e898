"""Pairs of thousands of people as an answer: what a pool has found, to be told."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np

from engine.matching.aims import EVERYONE, TOTAL, Aim, parse_aims, priorities
from engine.matching.flow import Arc, Network, Outcome
from engine.matching.pool import Pool, pool_of
from engine.matching.problem import Problem
from engine.matching.reporting import reporting_lines
from engine.matching.scoring import Barriers, Cell, Table, barriers_between
from engine.matching.search import Solved, optimum_of
from engine.matching.tagging import Numbers, cells


def pooled(problem: Problem, seed: bytes) -> Solved:
    """Return the best choice among all pairs of two large sides."""
    pool, order = pool_of(problem, seed), priorities(parse_aims(problem.aim))

    places = tuple(pool.places.tolist())
    given = Network(places=places, seconds=pool.points.shape[1], arcs=())

    def best(order: tuple[Aim, ...], *, floor: int = 0) -> Outcome:
        lead = next(aim for aim in order if aim in (EVERYONE, TOTAL))
        chosen = pool.best(lead=lead, floor=floor)
        columns = (chosen.firsts, chosen.seconds, chosen.points)
        found = zip(*(one.tolist() for one in columns), strict=True)
        arcs = tuple(sorted(_arc(*one) for one in found))
        return Outcome(arcs=arcs, given=given)

    outcome = optimum_of(best, _floors(pool), order)
    return Solved(
        problem=problem,
        table=_table(problem, pool.points),
        network=replace(given, arcs=_shown(pool, outcome)),
        order=order,
        outcome=outcome,
    )


def _arc(first: int, second: int, points: int) -> Arc:
    return Arc(first=first, second=second, points=points, tie=0)


def _floors(pool: Pool) -> tuple[int, ...]:
    """Return all points that a possible pair has."""
    points = pool.points[pool.points >= 0]
    return tuple(np.flatnonzero(np.bincount(points)).tolist())


def _shown(pool: Pool, outcome: Outcome) -> tuple[Arc, ...]:
    """Return the chosen pairs, and a possible one of each who has none."""
    rows, columns = pool.points.shape
    busy, placed = (
        {getattr(arc, side) for arc in outcome.arcs} for side in ("first", "second")
    )
    spare = [one for one in range(rows) if one not in busy]
    left = [one for one in range(columns) if one not in placed]
    possible = [(row, int(pool.points[row].argmax())) for row in spare]
    possible += [(int(pool.points[:, column].argmax()), column) for column in left]
    others = (
        _arc(row, column, int(pool.points[row, column]))
        for row, column in possible
        if pool.points[row, column] >= 0
    )
    return tuple(sorted({*outcome.arcs, *others}))


def _table(problem: Problem, points: Numbers) -> Table:
    firsts, seconds = (problem.having(side) for side in problem.sides)
    lines = reporting_lines(problem.participants)
    return Table(
        firsts=firsts,
        seconds=seconds,
        # A value for each would take longer than to find the best of them.
        points=(),
        barriers=Barriers(
            _Forbidden(points),
            lambda cell: barriers_between(
                problem, firsts[cell[0]], seconds[cell[1]], lines
            ),
        ),
    )


@dataclass(frozen=True)
class _Forbidden(Collection[Cell]):
    """Every pair that is out of the question, without a value for each."""

    points: Numbers

    def __contains__(self, cell: object) -> bool:
        return isinstance(cell, tuple) and bool(self.points[cell] < 0)

    def __iter__(self) -> Iterator[Cell]:
        return cells(self.points < 0)

    def __len__(self) -> int:
        return int((self.points < 0).sum())
