"""What another partner would cost where no shortest path tells: solved again with each.

Only small problems that were proven best are priced so, and only the few partners that
look best; what is told is exact.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from engine.ids import PersonId
from engine.matching.aims import BALANCE, FIRST, WORST, parse_aims
from engine.matching.assembly import with_alternatives
from engine.matching.excusing import SMALL
from engine.matching.explain import SHOWN
from engine.matching.grid import grid
from engine.matching.insisting import InsistingError, hindrances
from engine.matching.problem import ALIKE, Problem
from engine.matching.result import Alternative, Price, Solution
from engine.matching.shapes import solve


def priced(problem: Problem, solution: Solution, *, seed: bytes) -> Solution:
    """Return an answer with what other partners would cost, where none is told yet.

    Of each person the partners outside their match with the most points are tried, then
    the lower ids. Who cannot be had, or whose price is not proven, is left out.
    """
    told = any(one.alternatives for one in solution.matches)
    # What rules ask for of many is no price that a partner has.
    told = told or any(not one.most for one in problem.rules.quotas)
    few = len(problem.having(problem.placed)) <= SMALL.get(problem.shape, 0)
    if told or not few or solution.status != "optimal" or problem.running:
        return solution
    prices = _prices(problem, solution, seed)
    return replace(
        solution,
        matches=tuple(
            with_alternatives(problem, one, prices) for one in solution.matches
        ),
    )


def _prices(
    problem: Problem, solution: Solution, seed: bytes
) -> Mapping[PersonId, tuple[Alternative, ...]]:
    found: dict[PersonId, list[Alternative]] = {}
    known: dict[frozenset[PersonId], Price | None] = {}
    for person, partner, points in _candidates(problem, solution):
        two = frozenset((person, partner))
        if two not in known:
            known[two] = _price(problem, solution, (partner, person), seed)
        if (price := known[two]) is not None:
            one = Alternative(
                person=person, partner=partner, points=points, price=price
            )
            found.setdefault(person, []).append(one)
    return {person: tuple(those) for person, those in found.items()}


def _candidates(
    problem: Problem, solution: Solution
) -> Iterator[tuple[PersonId, PersonId, int]]:
    """Yield whom each could have instead, with the points of the two."""
    table = grid(problem)
    free = problem.sides == ALIKE
    matches = [
        {one for those in match.members.values() for one in those}
        for match in solution.matches
    ]
    for column, one in enumerate(table.seconds):
        own = next((match for match in matches if one.person in match), set())
        ranked = sorted(
            (-table.points[row][column], row)
            for row, other in enumerate(table.firsts)
            if own
            and other.person not in own
            and (row, column) not in table.barriers
            and (free or problem.places(other.person))
        )
        for points, row in ranked[:SHOWN]:
            yield one.person, table.firsts[row].person, -points


def _price(
    problem: Problem, solution: Solution, two: tuple[PersonId, PersonId], seed: bytes
) -> Price | None:
    """Return what it costs to insist on these two; None where that is not known."""
    forced = replace(problem, pins=problem.pins | {two})
    if hindrances(forced):
        return None
    with suppress(InsistingError):
        then = solve(forced, seed=seed)
        if then.status == "optimal":
            return _difference(problem, solution, then)
    return None


def _difference(problem: Problem, now: Solution, then: Solution) -> Price:
    """Return what is lost; of groups whose worst one does not count, nothing of it."""
    counts = problem.shape != "groups" or WORST in parse_aims(problem.aim)
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
