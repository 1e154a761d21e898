"""Which solver answers for which shape of match."""

from collections.abc import Mapping
from typing import Protocol

from engine.matching.pairs import solve_pairs
from engine.matching.problem import Problem
from engine.matching.result import Solution


class Solver(Protocol):
    """Finds the best matches of one shape."""

    def __call__(self, problem: Problem, *, seed: bytes) -> Solution:
        """Return the best matches, the same for the same problem and seed."""


SOLVERS: Mapping[str, Solver] = {"pairs": solve_pairs}
"""By the word that the spec has for the shape."""


def solve(problem: Problem, *, shape: str, seed: bytes) -> Solution:
    """Return the best matches of this shape."""
    return SOLVERS[shape](problem, seed=seed)
