"""Which solver answers for which shape of match."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from engine.matching.buddies import most_buddies, solve_buddies
from engine.matching.groups import most_in_groups, solve_groups
from engine.matching.insisting import InsistingError, refuse_parted
from engine.matching.networks import most_in_networks, solve_networks
from engine.matching.pairs import most_pairs, solve_pairs
from engine.matching.problem import Problem
from engine.matching.recruiting import Place
from engine.matching.result import Solution
from engine.matching.trios import most_trios, solve_trios


class Solver(Protocol):
    """Finds the best matches of one shape."""

    def __call__(self, problem: Problem, *, seed: bytes) -> Solution:
        """Return the best matches, the same for the same problem and seed."""


SOLVERS: Mapping[str, Solver] = {
    "pairs": solve_pairs,
    "groups": solve_groups,
    "trios": solve_trios,
    "buddies": solve_buddies,
    "networks": solve_networks,
}
"""By the word that the spec has for the shape."""


PLACES: Mapping[str, Place] = {
    "pairs": most_pairs,
    "groups": most_in_groups,
    "trios": most_trios,
    "buddies": most_buddies,
    "networks": most_in_networks,
}
"""As many placed as can be, by the word for the shape."""


def solve(problem: Problem, *, seed: bytes) -> Solution:
    """Return the best matches of the problem's shape.

    Raises:
        InsistingError: If none was found in which all are together who are to be.
    """
    solution = SOLVERS[problem.shape](problem, seed=seed)
    refuse_parted(problem, solution)
    return solution


def solve_anyway(problem: Problem, *, seed: bytes) -> Solution:
    """Return the same, or the best with nobody insisted on where that has no answer.

    `check` then tells who is apart.
    """
    try:
        return solve(problem, seed=seed)
    except InsistingError:
        return solve(replace(problem, pins=frozenset()), seed=seed)
