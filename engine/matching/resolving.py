"""What another partner would cost, by solving the whole again with the two together."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from engine.ids import PersonId
from engine.matching.aims import BALANCE, FIRST, WORST, parse_aims
from engine.matching.grid import grid
from engine.matching.insisting import InsistingError, hindrances
from engine.matching.problem import ALIKE, Problem, work_of
from engine.matching.result import Price, Solution
from engine.matching.scoring import Table
from engine.matching.shapes import solve

Option = tuple[PersonId, int]
"""A partner whom somebody could have, and the points of the two."""


class Pricing(Protocol):
    """Tells what a best answer loses where two are insisted on."""

    @property
    def work(self) -> int:
        """What a price takes, in twos that are looked at."""

    def options(self, person: PersonId) -> Sequence[Option]:
        """Return whom somebody could have instead: the most points, the lower ids."""

    def price(self, two: tuple[PersonId, PersonId]) -> Price | None:
        """Return what it costs to insist on these two; None where it is not known."""


@dataclass(frozen=True, kw_only=True)
class Resolving:
    """A problem with its best answer, to be solved again for each price."""

    problem: Problem
    solution: Solution
    seed: bytes

    @property
    def work(self) -> int:
        """What a price takes, in twos that are looked at."""
        return work_of(self.problem)

    def options(self, person: PersonId) -> Sequence[Option]:
        """Return whom somebody could have instead: the most points, the lower ids."""
        table, column = self._table, self._columns[person]
        own = {
            one
            for match in self.solution.matches
            if any(person in those for those in match.members.values())
            for those in match.members.values()
            for one in those
        }
        ranked = sorted(
            (-table.points[row][column], row)
            for row, other in enumerate(table.firsts)
            if own
            and other.person not in own
            and (row, column) not in table.barriers
            and (self.problem.sides == ALIKE or self.problem.places(other.person))
        )
        return [(table.firsts[row].person, -points) for points, row in ranked]

    def price(self, two: tuple[PersonId, PersonId]) -> Price | None:
        """Return what it costs to insist on these two; None where it is not known."""
        forced = replace(self.problem, pins=self.problem.pins | {two})
        if hindrances(forced):
            return None
        with suppress(InsistingError):
            then = solve(forced, seed=self.seed)
            if then.status == "optimal":
                return _difference(self.problem, self.solution, then)
        return None

    @cached_property
    def _table(self) -> Table:
        return grid(self.problem)

    @cached_property
    def _columns(self) -> dict[PersonId, int]:
        return {one.person: column for column, one in enumerate(self._table.seconds)}


def _difference(problem: Problem, now: Solution, then: Solution) -> Price:
    """Return what is lost; of a worst match that does not count, nothing of it."""
    counts = problem.sides == ALIKE or WORST in parse_aims(problem.aim)
    return Price(
        pairs=_placed(problem, now) - _placed(problem, then),
        worst=(now.worst or 0) - (then.worst or 0) if counts else 0,
        total=now.total - then.total,
        first=_first(problem, now) - _first(problem, then),
        load=_uneven(problem, then) - _uneven(problem, now),
    )


def _first(problem: Problem, solution: Solution) -> int:
    """Return how many are placed of those who go before others, where that counts."""
    if FIRST not in problem.aim:
        return 0
    return sum(
        one in problem.waited
        for match in solution.matches
        for one in match.members[problem.placed]
    )


def _uneven(problem: Problem, solution: Solution) -> int:
    """Return the sum of squared loads, where it counts."""
    loads = Counter(problem.held)
    for match in solution.matches:
        for one in match.members.get(problem.sides[0], ()):
            loads[one] += len(match.members[problem.placed])
    counts = BALANCE in problem.aim
    return sum(load * load for load in loads.values()) if counts else 0


def _placed(problem: Problem, solution: Solution) -> int:
    return sum(len(one.members[problem.placed]) for one in solution.matches)
