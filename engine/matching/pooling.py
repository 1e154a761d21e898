"""Pairs of many people as an answer: what a pool has found, to be told."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, overload

import numpy as np

from engine.ids import PersonId
from engine.matching.aims import EVERYONE, Aim, parse_aims, priorities
from engine.matching.flow import Arc, Network, Outcome
from engine.matching.insisting import sided
from engine.matching.matrix import matrix
from engine.matching.pool import Pool, pool_of
from engine.matching.prices import Edges
from engine.matching.problem import Problem
from engine.matching.reporting import reporting_lines
from engine.matching.scoring import (
    Barrier,
    Barriers,
    Cell,
    Table,
    barriers_between,
    points_between,
)
from engine.matching.search import Solved, optimum_of
from engine.matching.tagging import Numbers, cells

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Pooled(Solved):
    """The best choice among all pairs of many people.

    The network has no arcs: a value for each would take longer than to find the best.
    """

    pool: Pool

    def partners(self, second: int) -> set[int]:
        """Return whom somebody of the second side may have who has any place."""
        return {*np.flatnonzero(self.pool.points[:, second] >= 0).tolist()}

    def possible(self, first: int) -> set[int]:
        """Return who of the second side may have somebody of the first."""
        return {*np.flatnonzero(self.pool.points[first] >= 0).tolist()}

    def exceptions(
        self, firsts: Collection[int], seconds: Collection[int], *, most: int
    ) -> Sequence[Cell]:
        """Return forbidden pairs of some people, the cheapest to allow first."""
        found = matrix(self.problem)
        rows, columns = (np.array(sorted(one), dtype=int) for one in (firsts, seconds))
        part = np.ix_(rows, columns)
        broken, points = found.broken[part], found.points[part]
        row, column = np.nonzero((broken > 0) & found.possible[part])
        order = np.lexsort((-points[row, column], broken[row, column]))[:most]
        cells = zip(rows[row[order]], columns[column[order]], strict=True)
        return [(int(one), int(other)) for one, other in cells]

    @cached_property
    def fullest(self) -> bool:
        """Whether no choice at all would match more people."""
        if self.order[0] == EVERYONE:
            return True
        most = self.pool.best((EVERYONE,))
        return len(self.outcome.arcs) == len(most.firsts)


def pooled(problem: Problem, seed: bytes) -> Pooled:
    """Return the best choice among all pairs of two large sides.

    What is insisted on and what runs is chosen already.
    """
    pool, order = pool_of(problem, seed), priorities(parse_aims(problem.aim))
    fixed: tuple[Arc, ...] = ()
    for twos in (problem.pins, problem.running):
        cells = _cells(problem, pool, twos)
        pairs = Edges.listed(cells)
        fixed += outcome_of(pool, pairs).arcs
        pool = pool.forced(pairs)
    outcome = best_of(pool, order, fixed=fixed)
    return Pooled(
        problem=problem,
        table=_table(problem, pool),
        network=outcome.given,
        order=order,
        outcome=outcome,
        pool=pool,
    )


def _cells(
    problem: Problem, pool: Pool, twos: Collection[tuple[PersonId, PersonId]]
) -> Sequence[Cell]:
    """Return those of the pairs that are allowed, in the order of the first side."""
    firsts, seconds = (
        {one.person: at for at, one in enumerate(problem.having(side))}
        for side in problem.sides
    )
    ends = (sided(problem, two) for two in twos)
    cells = sorted((firsts[two[0]], seconds[two[1]]) for two in ends if two)
    return [cell for cell in cells if pool.points[cell] >= 0]


def best_of(
    pool: Pool,
    order: tuple[Aim, ...],
    *,
    fixed: tuple[Arc, ...] = (),
    rival: Outcome | None = None,
) -> Outcome:
    """Return the best choice when aims count in this order.

    Args:
        pool: What there is to choose from.
        order: As `priorities` returns it.
        fixed: Pairs that are chosen already, whose places the pool has no more.
        rival: The best choice where nothing was.
    """

    def find(order: tuple[Aim, ...], *, floor: int = 0) -> Outcome:
        return outcome_of(pool, pool.best(order, floor=floor), fixed)

    highest = min((arc.points for arc in fixed), default=None)
    floors = pool.kinds.tolist()
    if highest is not None:
        floors = sorted({highest, *(one for one in floors if one < highest)})
    return optimum_of(find, tuple(floors), order, rival=rival)


def outcome_of(pool: Pool, chosen: Edges, fixed: tuple[Arc, ...] = ()) -> Outcome:
    """Return chosen pairs as a choice."""
    columns = (chosen.firsts, chosen.seconds, pool.at(chosen))
    pairs = zip(*(one.tolist() for one in columns), strict=True)
    arcs = (
        Arc(first=one, second=two, points=worth, tie=0, early=bool(pool.early[two]))
        for one, two, worth in pairs
    )
    return Outcome(
        arcs=tuple(sorted((*arcs, *fixed))),
        given=Network(
            places=tuple(pool.places.tolist()), seconds=pool.shape[1], arcs=()
        ),
    )


def _table(problem: Problem, pool: Pool) -> Table:
    """Return points and barriers of each pair, found when they are asked for."""
    firsts, seconds = (problem.having(side) for side in problem.sides)
    lines = reporting_lines(problem.participants)

    def points(row: int) -> Sequence[int]:
        one = firsts[row]
        return _Asked(
            len(seconds), lambda at: points_between(problem, one, seconds[at], lines)
        )

    def barriers(cell: Cell) -> tuple[Barrier, ...]:
        row, column = cell
        return barriers_between(problem, firsts[row], seconds[column], lines)

    return Table(
        firsts=firsts,
        seconds=seconds,
        points=_Asked(len(firsts), points),
        barriers=Barriers(_Forbidden(pool.points), barriers),
    )


class _Asked(Sequence[T]):
    """Values that are found when they are asked for."""

    def __init__(self, length: int, find: Callable[[int], T]) -> None:
        self._length = length
        self._find = find

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...

    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self._find(one) for one in range(*at.indices(self._length))]
        return self._find(range(self._length)[at])

    def __len__(self) -> int:
        return self._length


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
