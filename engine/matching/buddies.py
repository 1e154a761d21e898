"""The solver of the shape `buddies`: people in twos, one three where they are odd."""

from engine.ids import PersonId
from engine.matching.aims import (
    EVERYONE,
    TOTAL,
    Aim,
    parse_aims,
    priorities,
    with_running,
)
from engine.matching.assembly import Filled, assembled, left_over
from engine.matching.blossom import best_twos, twos_of
from engine.matching.circle import Circle, circle_of
from engine.matching.problem import Problem
from engine.matching.result import Solution
from engine.matching.trebling import asked


def solve_buddies(problem: Problem, *, seed: bytes) -> Solution:
    """Return the best twos, the same for the same people, rules and seed.

    One three is formed where those who may be placed are odd in number, and no other.
    """
    circle = circle_of(problem, seed)
    order = priorities(parse_aims(problem.aim))
    order = with_running(order, moving=True) if problem.running else order
    filled = _filled(circle, order)
    return assembled(
        problem,
        filled,
        count=_most_placed,
        left_over=left_over(problem, filled.matches),
    )


def most_buddies(problem: Problem) -> tuple[tuple[PersonId, PersonId], ...]:
    """Return as many as can be placed, after the first of their match.

    Raises:
        OutOfWorkError: If the work ran out before that was proven.
    """
    return _fullest(problem).placed(problem)


def _most_placed(problem: Problem) -> int:
    return sum(len(one[problem.placed]) for one in _fullest(problem).matches)


def _fullest(problem: Problem) -> Filled:
    return _filled(circle_of(problem, b""), (EVERYONE,))


def _filled(circle: Circle, order: tuple[Aim, ...]) -> Filled:
    """Return what a matching of twos finds where that is exact, or else a search."""
    problem = circle.problem
    if circle.odd or problem.rules.quotas:
        return asked(circle, order)
    outcome = best_twos(twos_of(circle), order)
    return Filled(
        matches=[
            {
                problem.placed: tuple(
                    circle.members[one].person for one in (arc.first, arc.second)
                )
            }
            for arc in outcome.arcs
        ],
        bound=outcome.value(TOTAL),
        proven=True,
    )
