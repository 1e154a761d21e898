"""What HiGHS finds for a question in whole numbers, the same on every run.

It comes with OR-tools, and another copy of it beside them in one process fails. One
thread and a limit of nodes, which are counted and not timed, make it repeat.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from engine.matching.silence import silenced

Model = Any
Expression = Any
"""As MathOpt of OR-tools has them; it has no types to name here."""

_WORK = 50_000
_NODES = range(20, 2_000)
_SLACK = 1e-6


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The best that was found.

    Attributes:
        values: Of the variables that were asked for.
        reached: What the sum came to.
        bound: What the sum cannot exceed.
    """

    values: tuple[int, ...]
    reached: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether nothing is better."""
        return self.bound <= self.reached


def maximised(
    model: Model,
    goal: Expression,
    asked: tuple[Expression, ...],
    *,
    loose: tuple[Expression, ...] = (),
) -> Found | None:
    """Return the answer with the largest sum; None where there is none.

    Args:
        model: What binds the variables.
        goal: The sum.
        asked: Whose values are told.
        loose: What mostly comes out whole without being held to it, which is faster.

    Raises:
        OutOfWorkError: If the work ran out before any answer was found.
    """
    with _parted(loose):
        result = _solved(model, goal, _parameters(model))
    if result is None:
        return None
    known = result.variable_values()
    if any(abs(known[one] - round(known[one])) > _SLACK for one in loose):
        return maximised(model, goal, asked)
    return Found(
        values=tuple(round(known[one]) for one in asked),
        reached=round(result.objective_value()),
        bound=_floor(result.termination.objective_bounds.dual_bound),
    )


@contextmanager
def _parted(variables: Sequence[Expression]) -> Iterator[None]:
    """Let variables be parts of a whole for a while."""
    for one in variables:
        one.integer = False
    try:
        yield
    finally:
        for one in variables:
            one.integer = True


class OutOfWorkError(Exception):
    """The work ran out before any answer was found."""


def relaxed(model: Model, goal: Expression) -> int | None:
    """Return what a sum cannot exceed, also if its parts need not be whole.

    None where there is no answer.

    Raises:
        OutOfWorkError: If the solver gave up.
    """
    with _parted([one for one in model.variables() if one.integer]):
        result = _solved(model, goal, None)
    if result is None:
        return None
    return _floor(result.termination.objective_bounds.dual_bound)


def _solved(model: Model, goal: Expression, parameters: Expression) -> Expression:
    """Return what HiGHS tells, which has an answer; None where there is none.

    Raises:
        OutOfWorkError: If the work ran out before any answer was found.
    """
    from ortools.math_opt.python import mathopt

    model.maximize(goal)
    with silenced():
        result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    if result.has_primal_feasible_solution():
        return result
    # Every sum here has a limit, so that it is never that there is no best one.
    reasons = mathopt.TerminationReason
    if result.termination.reason in (
        reasons.INFEASIBLE,
        reasons.INFEASIBLE_OR_UNBOUNDED,
    ):
        return None
    raise OutOfWorkError(result.termination)


def _parameters(model: Model) -> Expression:
    from ortools.math_opt.python import mathopt
    from ortools.math_opt.solvers import highs_pb2

    options = highs_pb2.HighsOptionsProto()
    options.string_options["parallel"] = "off"
    nodes = _WORK // max(1, model.get_num_variables())
    return mathopt.SolveParameters(
        relative_gap_tolerance=0.0,
        # Sums are whole, so that what is within this of the bound is the bound.
        absolute_gap_tolerance=0.5,
        node_limit=max(_NODES.start, min(_NODES.stop, nodes)),
        highs=options,
    )


def _floor(number: float) -> int:
    """Return the whole number below, or what this is but for a slip in the sums."""
    return math.floor(number + max(_SLACK, abs(number) * 1e-12))
