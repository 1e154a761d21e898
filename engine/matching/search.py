"""The best answer by several aims, one after the other."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import product
from operator import itemgetter
from typing import Protocol

from engine.matching.aims import EVERYONE, TOTAL, WORST, Aim, parse_aims
from engine.matching.choosing import best
from engine.matching.flow import Arc, Network, Outcome
from engine.matching.problem import Problem
from engine.matching.residual import Residual, residual
from engine.matching.scoring import Cell, Table


class Search(Protocol):
    """Finds the best choice when aims count in this order."""

    def __call__(self, given: Network, order: tuple[Aim, ...]) -> Outcome:
        """Return the best choice among the pairs of a network."""


@dataclass(frozen=True, kw_only=True)
class Solved:
    """A problem with its best choice, and all that led to it: what is explained."""

    problem: Problem
    table: Table
    network: Network
    order: tuple[Aim, ...]
    outcome: Outcome

    @cached_property
    def floor(self) -> int:
        """Points of the worst match, where it counts before the total."""
        late = self.order.index(WORST) > self.order.index(TOTAL)
        return 0 if late else self.outcome.value(WORST)

    @property
    def weighed(self) -> tuple[Aim, ...]:
        """The aims by which a price is told; the worst match where the spec lists it.

        Where it does not, it only decides between answers that are as good.
        """
        listed = parse_aims(self.problem.aim)
        return tuple(aim for aim in self.order if aim != WORST or aim in listed)

    @property
    def places(self) -> Sequence[int]:
        """Matches that each of the first side may have."""
        return self.network.places

    def partners(self, second: int) -> set[int]:
        """Return whom somebody of the second side may have who has any place."""
        able = self.by_second[second]
        return {arc.first for arc in able if self.network.places[arc.first] > 0}

    def possible(self, first: int) -> set[int]:
        """Return who of the second side may have somebody of the first."""
        return {arc.second for arc in self._by_first[first]}

    def exceptions(
        self, firsts: Collection[int], seconds: Collection[int], *, most: int
    ) -> Sequence[Cell]:
        """Return forbidden pairs of some people, the cheapest to allow first.

        Those that break the fewest rules, then of most points, then of the lowest ids;
        where somebody said no nothing is allowed.
        """
        table, cells = self.table, []
        for cell in product(firsts, seconds):
            barriers = table.barriers.get(cell, ())
            if barriers and not any(isinstance(one, str) for one in barriers):
                points = table.points[cell[0]][cell[1]]
                cells.append((len(barriers), -points, cell))
        return [cell for _, _, cell in sorted(cells, key=itemgetter(0, 1, 2))[:most]]

    @cached_property
    def _by_first(self) -> Sequence[Sequence[Arc]]:
        found: list[list[Arc]] = [[] for _ in self.network.places]
        for arc in self.network.arcs:
            found[arc.first].append(arc)
        return found

    @cached_property
    def by_second(self) -> Sequence[Sequence[Arc]]:
        """The pairs of each of the second side."""
        found: list[list[Arc]] = [[] for _ in range(self.network.seconds)]
        for arc in self.network.arcs:
            found[arc.second].append(arc)
        return found

    @cached_property
    def residual(self) -> Residual:
        """How the choice could be changed without a match below the floor."""
        return residual(self.network, self.outcome, floor=self.floor)

    @cached_property
    def lower(self) -> "Lower":
        """The best choices with a worse worst match, as far as they were asked for."""
        points = {arc.points for arc in self.network.arcs if arc.points < self.floor}
        return Lower(solved=self, floors=tuple(sorted(points, reverse=True)))

    @property
    def fullest(self) -> bool:
        """Whether no choice at all would match more people."""
        if self.order[0] == EVERYONE:
            return True
        most = best(self.network, (EVERYONE,)).value(EVERYONE)
        return self.outcome.value(EVERYONE) == most


@dataclass(frozen=True, kw_only=True)
class Lower:
    """The best choices above floors that are lower than that of the best of all.

    Attributes:
        floors: Which there are, from the highest.
    """

    solved: Solved
    floors: tuple[int, ...]
    _known: dict[int, tuple[Outcome, Residual]] = field(default_factory=dict)

    def above(self, floor: int) -> tuple[Outcome, Residual]:
        """Return the best choice above a floor, and how it could be changed."""
        if floor not in self._known:
            given = self.solved.network
            outcome = best(given, self.solved.order, floor=floor)
            left_open = residual(given, outcome, floor=floor)
            self._known[floor] = (outcome, left_open)
        return self._known[floor]


class Best(Protocol):
    """Finds the best choice among pairs of at least so many points."""

    def __call__(self, order: tuple[Aim, ...], *, floor: int = 0) -> Outcome:
        """Return the best choice."""


def optimum(
    given: Network, order: tuple[Aim, ...], *, rival: Outcome | None = None
) -> Outcome:
    """Return the best choice when aims count in this order.

    Args:
        given: The pairs to choose from.
        order: As `priorities` returns it.
        rival: The best choice where nothing was forced. Nothing can be better: when
            all before the worst match is kept, the search starts at its floor.
    """
    if not given.arcs:
        return best(given, order)
    return optimum_of(partial(best, given), floors_in(given), order, rival=rival)


def optimum_of(
    find: Best,
    floors: tuple[int, ...],
    order: tuple[Aim, ...],
    *,
    rival: Outcome | None = None,
) -> Outcome:
    """Return the same, whatever finds the best choice above one of these floors.

    The worst match is made as good as possible by the highest floor under every pair
    that leaves what comes before it as good as without a floor.
    """
    free = find(order)
    if not free.arcs:
        return free
    kept = order[: order.index(WORST)]
    if rival is not None and values_of(rival, kept) == values_of(free, kept):
        floors = tuple(one for one in floors if one <= rival.value(WORST))
    goal, worst = values_of(free, kept), free.value(WORST)
    floor = highest_floor(find, kept, goal, floors, known=worst)
    return free if floor is None or floor == worst else find(order, floor=floor)


def highest_floor(
    find: Best,
    kept: tuple[Aim, ...],
    goal: tuple[int, ...],
    floors: tuple[int, ...],
    *,
    known: int | None = None,
) -> int | None:
    """Return the highest floor above which these aims reach these values.

    Raising the floor takes pairs away, so what can be reached above one floor can be
    reached above every lower one. The top is tried first: with a rival it mostly holds.

    Args:
        find: What finds the best choice above a floor.
        kept: The aims.
        goal: Their values.
        floors: Which there are, from the lowest.
        known: A floor above which they are reached, if one is known.
    """
    low = 0 if known is None else bisect_right(floors, known)
    high = len(floors) - 1
    probe = high
    while low <= high:
        attempt = find(kept, floor=floors[probe])
        if values_of(attempt, kept) == goal:
            known = max(floors[probe], attempt.value(WORST))
            low = bisect_right(floors, known)
        else:
            high = probe - 1
        probe = (low + high) // 2
    return known


def floors_in(given: Network) -> tuple[int, ...]:
    """Return what the worst pair could have, from the lowest."""
    points = {arc.points for arc in (*given.arcs, *given.fixed)}
    ceiling = min((arc.points for arc in given.fixed), default=max(points))
    return tuple(sorted(one for one in points if one <= ceiling))


def values_of(outcome: Outcome, aims: tuple[Aim, ...]) -> tuple[int, ...]:
    """Return what a choice is worth by each aim."""
    return tuple(outcome.value(aim) for aim in aims)
