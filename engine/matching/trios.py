"""The solver of the shape `trios`: somebody, their manager and a mentor, proven best.

The manager is given with whoever is placed, so that a trio is a pair to the flow. That
no two managers swap talents is no matter of one pair: it is enforced by branching.
"""

import heapq
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from itertools import count

from engine.ids import PersonId
from engine.matching.aims import EVERYONE, Aim
from engine.matching.choosing import best
from engine.matching.explain import SHOWN, price
from engine.matching.flow import Arc, Network, Outcome, forcing
from engine.matching.insisting import InsistingError
from engine.matching.pairs import answer, flow_of, solve_pairs
from engine.matching.problem import Problem
from engine.matching.result import Alternative, Price, Relief, Solution
from engine.matching.search import Solved, optimum, values_of
from engine.people import Participant

SMALL = 40
"""Talents up to which other mentors are priced where nobody may swap."""


def solve_trios(problem: Problem, *, seed: bytes) -> Solution:
    """Return the best trios, the same for the same people, rules and seed.

    Where swaps have to be looked out for, the price of another mentor takes solving
    again. It is told in small programmes, of the mentors with the most points.
    """
    if problem.rules.swaps is None:
        return solve_pairs(problem, seed=seed)
    managers = _Managers(problem=problem)
    solved = flow_of(problem, seed, managers.optimum)
    found = answer(solved, None)
    freely = best(solved.network, (EVERYONE,)).value(EVERYONE)
    more = freely - solved.outcome.value(EVERYONE)
    relief = Relief(sentence=problem.rules.swaps.sentence, more=more)
    priced = zip(found.matches, solved.outcome.arcs, strict=True)
    return replace(
        found,
        matches=tuple(
            replace(match, alternatives=managers.alternatives(solved, arc))
            for match, arc in priced
        ),
        reliefs=(*found.reliefs, relief) if more else found.reliefs,
    )


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
        while waiting:
            _, depth, _, network, outcome = heapq.heappop(waiting)
            swap = self._swap(outcome)
            if swap is None:
                return outcome
            # What is insisted on stays.
            for arc in (one for one in swap if one not in network.fixed):
                fewer = self._without(network, arc)
                found = optimum(fewer, order)
                entry = (_rank(found, order), depth - 1, next(numbers), fewer, found)
                heapq.heappush(waiting, entry)
        raise InsistingError

    def alternatives(self, solved: Solved, arc: Arc) -> tuple[Alternative, ...]:
        """Return what other mentors of the most points would cost somebody."""
        many = solved.network.seconds > SMALL
        if many or not solved.network.plain or self.problem.running:
            return ()
        others = sorted(
            (one for one in solved.by_second[arc.second] if one.first != arc.first),
            key=lambda one: (-one.points, one.first),
        )
        able = [one for one in others if solved.network.places[one.first] > 0][:SHOWN]
        found = [(self._price(solved, one), one) for one in able]
        mentors, talents = self._sides
        told = [
            Alternative(
                person=talents[arc.second].person,
                partner=mentors[one.first].person,
                points=one.points,
                price=lost,
            )
            for lost, one in found
        ]
        return tuple(sorted(told, key=lambda one: (astuple(one.price), -one.points)))

    def _price(self, solved: Solved, arc: Arc) -> Price:
        forced = forcing(solved.network, arc)
        outcome = self.optimum(forced, solved.order)
        return price(solved.outcome, outcome, solved.weighed)

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
