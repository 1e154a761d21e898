"""The solver of the shape `trios`: somebody, their manager and a mentor, proven best.

The manager is given with whoever is placed, so that a trio is a pair to the flow. That
no two managers swap talents is no matter of one pair: it is enforced by branching.
"""

import heapq
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count

from engine.ids import PersonId
from engine.matching.aims import EVERYONE, Aim
from engine.matching.choosing import best
from engine.matching.flow import Arc, Network, Outcome
from engine.matching.pairs import answer, flow_of
from engine.matching.problem import Problem
from engine.matching.result import Relief, Solution
from engine.matching.search import optimum, values_of
from engine.people import Participant


def solve_trios(problem: Problem, *, seed: bytes) -> Solution:
    """Return the best trios, the same for the same people, rules and seed.

    What another mentor would cost is told only where no swap has to be looked out for.
    """
    if problem.rules.swaps is None:
        return answer(flow_of(problem, seed, optimum))
    managers = _Managers(problem=problem)
    solved = flow_of(problem, seed, managers.optimum)
    found = answer(solved, free=False)
    freely = best(solved.network, (EVERYONE,)).value(EVERYONE)
    more = freely - solved.outcome.value(EVERYONE)
    relief = Relief(sentence=problem.rules.swaps.sentence, more=more)
    return replace(found, reliefs=(*found.reliefs, relief)) if more else found


def most_trios(problem: Problem) -> tuple[tuple[PersonId, PersonId], ...]:
    """Return as many talents as can be placed, after their mentors."""
    matches = solve_trios(problem, seed=b"").matches
    mentor, talent = problem.sides
    return tuple((one.members[mentor][0], one.members[talent][0]) for one in matches)


@dataclass(frozen=True, kw_only=True)
class _Managers:
    """Who is whose manager, and what swaps that makes possible."""

    problem: Problem

    def optimum(self, given: Network, order: tuple[Aim, ...]) -> Outcome:
        """Return the best choice without a swap.

        Of each swap that is found, either half is forbidden in turn. Forbidding makes
        nothing better, so that the first choice without one is a best one.
        """
        numbers = count()
        start = optimum(given, order)
        waiting = [(_rank(start, order), 0, next(numbers), given, start)]
        while True:
            _, depth, _, network, outcome = heapq.heappop(waiting)
            swap = self._swap(outcome)
            if swap is None:
                return outcome
            for arc in swap:
                fewer = self._without(network, arc)
                found = optimum(fewer, order)
                entry = (_rank(found, order), depth - 1, next(numbers), fewer, found)
                heapq.heappush(waiting, entry)

    def _swap(self, outcome: Outcome) -> tuple[Arc, Arc] | None:
        """Return two managers, each with a talent of the other, if there are any."""
        chosen = {self._ends(arc): arc for arc in reversed(outcome.arcs)}
        for (mentor, manager), arc in sorted(chosen.items()):
            if (manager, mentor) in chosen:
                return arc, chosen[manager, mentor]
        return None

    def _without(self, given: Network, arc: Arc) -> Network:
        """Return the pairs in which this mentor has no talent of this manager."""
        ends = self._ends(arc)
        kept = tuple(one for one in given.arcs if self._ends(one) != ends)
        return replace(given, arcs=kept)

    def _ends(self, arc: Arc) -> tuple[PersonId, PersonId]:
        mentors, talents = self._sides
        manager = self.problem.managers[talents[arc.second].person]
        return mentors[arc.first].person, manager.person

    @cached_property
    def _sides(self) -> tuple[tuple[Participant, ...], ...]:
        return tuple(self.problem.having(side) for side in self.problem.sides)


def _rank(outcome: Outcome, order: tuple[Aim, ...]) -> tuple[int, ...]:
    return tuple(-value for value in values_of(outcome, order))
