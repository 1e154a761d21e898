"""What CP-SAT finds, aim after aim, the same on every run.

One worker and a limit of work, which is counted and not timed, make it so. What an
earlier aim has reached is kept by the later ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.matching.insisting import InsistingError

Expression = Any
"""A sum of variables, as OR-tools has them; it has no types to name here."""

WORK = 1.5
"""How much work one aim may take, in the solver's own measure of some seconds."""

_TIDYING = 0.3
_PLAIN = 2500


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """A sum to be made as large as it can be.

    Attributes:
        total: Whether it is the total, whose bound is told.
        tidies: Whether it only picks one of several answers that are equally good.
    """

    sum: Expression
    total: bool = False
    tidies: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """The best that was found.

    Attributes:
        values: Of the variables that were asked for.
        bound: What the total cannot exceed.
        proven: Whether each goal but those that tidy was proven to be best.
    """

    values: tuple[int, ...]
    bound: int
    proven: bool


def maximise(
    model: Expression,
    goals: Sequence[Goal],
    asked: Sequence[Expression],
    *,
    known: Chosen,
) -> Chosen:
    """Return the best answer by these goals, the first one first.

    The search begins with the answer that is known. Where the work runs out before it
    finds one by itself, that is the answer, and it is not proven.
    """
    found = known
    model.clear_hints()
    for one, value in zip(asked, known.values, strict=True):
        model.add_hint(one, value)
    for goal in goals:
        solver = _solved(model, goal)
        if solver is None:
            return replace(found, proven=found.proven and goal.tidies)
        reached = round(solver.objective_value)
        found = replace(found, values=tuple(solver.value(one) for one in asked))
        bound = round(solver.best_objective_bound)
        if goal.total:
            found = replace(found, bound=bound)
        if not goal.tidies:
            found = replace(found, proven=found.proven and bound == reached)
        model.add(goal.sum >= reached)
        _hint(model, solver)
    return found


def _solved(model: Expression, goal: Goal) -> Expression:
    """Return a solver that has found something, or None."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    work = _TIDYING if goal.tidies else WORK
    solver.parameters.max_deterministic_time = work * _scale(model)
    model.maximize(goal.sum)
    status = solver.solve(model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return solver
    if status == cp_model.UNKNOWN:
        return None
    if status == cp_model.INFEASIBLE:
        # Without anything to insist on, nobody in any match is an answer.
        raise InsistingError
    raise AssertionError(solver.status_name(status))


def _scale(model: Expression) -> float:
    """Return how much more work a large model gets; to begin at all takes some."""
    return float(min(4.0, max(1.0, len(model.proto.variables) / _PLAIN)))


def _hint(model: Expression, solver: Expression) -> None:
    """Begin the next search with this answer, in every variable."""
    model.clear_hints()
    for index, value in enumerate(solver.response_proto.solution):
        model.add_hint(model.get_int_var_from_proto_index(index), value)
