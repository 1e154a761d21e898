"""The slow but obvious solver of pairs that the tests compare with."""

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.ids import PersonId
from engine.matching import (
    Problem,
    Solution,
)
from engine.matching.aims import (
    BALANCE,
    EVERYONE,
    FIRST,
    NUMBERS,
    TOTAL,
    WORST,
    parse_aims,
    priorities,
)
from engine.matching.quotas import with_numbers
from engine.matching.scoring import Cell, Table, tabulate

Choice = tuple[Cell, ...]
"""Chosen pairs, as indexes into the two sides."""

Values = Mapping[str, int]
"""What a choice is worth by each aim."""


@dataclass(frozen=True)
class Search:
    """Every answer to a problem, one by one."""

    problem: Problem

    @cached_property
    def table(self) -> Table:
        return tabulate(self.problem)

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(self.with_extra(()))

    def with_extra(self, extra: Sequence[Cell]) -> Iterator[Choice]:
        """Return every way to match when these forbidden pairs are allowed as well."""
        allowed = (*self.table.allowed, *extra)
        partners = [
            [
                some
                for count in range(self.problem.room(one.person) + 1)
                for some in itertools.combinations(
                    [first for first, other in allowed if other == second], count
                )
            ]
            for second, one in enumerate(self.table.seconds)
        ]
        places = [self.problem.places(one.person) for one in self.table.firsts]
        for chosen in itertools.product(*partners):
            taken = [first for some in chosen for first in some]
            choice = tuple(
                (first, second) for second, some in enumerate(chosen) for first in some
            )
            fits = all(taken.count(first) <= places[first] for first in set(taken))
            if fits and not self.crowded(choice):
                yield choice

    def values(self, choice: Choice) -> Values:
        """Return what a choice is worth by each aim."""
        scores = [self.table.points[first][second] for first, second in choice]
        loads = Counter(
            {
                row: self.problem.held.get(one.person, 0)
                for row, one in enumerate(self.table.firsts)
            }
        )
        loads.update(first for first, _ in choice)
        placed = {self.table.seconds[second].person for _, second in choice}
        return {
            EVERYONE: len(scores),
            WORST: min(scores, default=0),
            TOTAL: sum(scores),
            FIRST: len(placed & self.problem.waited),
            BALANCE: -sum(load**2 for load in loads.values()),
            NUMBERS: self.required(placed),
        }

    def required(self, placed: frozenset[PersonId] | set[PersonId]) -> int:
        """Return how many are placed of those of whom so many are to be."""
        counted = 0
        if self.problem.rules.several:
            return len(placed - self.problem.had.keys())
        for rule in self.problem.rules.quotas:
            for value, had in self.departments(placed).items():
                counted += min(had, rule.count) if value and not rule.most else 0
        return counted

    def departments(self, placed: Collection[PersonId]) -> Counter[str]:
        """Return how many of each department are placed, or were before."""
        return Counter(
            one.department
            for one in self.problem.participants
            if one.person in placed or one.person in self.problem.kept
        )

    def crowded(self, choice: Choice) -> bool:
        """Return whether more of a department are placed than may be."""
        placed = {self.table.seconds[second].person for _, second in choice}
        most = [one.count for one in self.problem.rules.quotas if one.most]
        before, after = self.departments(()), self.departments(placed)
        # Who is placed already stays so, also where that is too many.
        return any(after[one] > max(before[one], *most) for one in after if most)

    def worth(self, values: Values) -> tuple[int, ...]:
        """Return the values by which answers are compared, the first one first."""
        order = priorities(parse_aims(self.problem.aim))
        return tuple(values[aim] for aim in with_numbers(self.problem, order))

    def best(self, cell: Cell | None = None) -> Values:
        """Return what the best choice is worth, with `cell` in it if given."""
        return max(
            (self.values(one) for one in self.choices if cell is None or cell in one),
            key=self.worth,
        )

    def cell(self, mentor: PersonId, mentee: PersonId) -> Cell:
        """Return the two as indexes."""
        firsts = [one.person for one in self.table.firsts]
        seconds = [one.person for one in self.table.seconds]
        return firsts.index(mentor), seconds.index(mentee)

    def chosen(self, solution: Solution) -> Choice:
        """Return the matches of a solution as a choice."""
        return tuple(
            self.cell(match.members["mentor"][0], match.members["mentee"][0])
            for match in solution.matches
        )
