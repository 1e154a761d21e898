"""Which groups are best among all that the rules leave, in whole numbers and proven."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress

from engine.matching.aims import BALANCE, FIRST, TOTAL, WORST, Aim
from engine.matching.binding import seating
from engine.matching.highs import Expression, Found, OutOfWorkError, maximised
from engine.matching.insisting import InsistingError
from engine.matching.leading import Leading
from engine.matching.quotas import buckets
from engine.matching.raising import raise_floor
from engine.matching.scoring import Cell
from engine.matching.seating import Plan, Seating, can_be, evenly, ideal
from engine.matching.weakest import highest_floor


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """The best groups that were found.

    Attributes:
        cells: Each group with whoever is in it.
        bound: What the total cannot exceed.
        proven: Whether no others are better.
    """

    cells: tuple[Cell, ...]
    bound: int
    proven: bool


def weighed(leading: Leading, order: tuple[Aim, ...]) -> Weighed:
    """Return the best groups by these aims, after everyone matched.

    As many as can be are placed; where the size leaves a choice, in as many groups as
    can be, and these as even as can be. Only then is anything weighed.

    Raises:
        InsistingError: If not all can be together who are to be.
        OutOfWorkError: If the work ran out before any answer was found.
    """
    question, plan = promised(leading), ideal(leading)
    if plan is not None and can_be(leading, plan):
        with suppress(OutOfWorkError):
            if found := _weighed(question, order, plan):
                return found
    plan = _planned(question)
    if not plan.placed:
        return Weighed(cells=(), bound=0, proven=plan.proven)
    best = _weighed(question, order, plan)
    if best is None:
        raise AssertionError(plan)
    return best


def most_placed(leading: Leading) -> int:
    """Return how many can be placed.

    Raises:
        InsistingError: If not all can be together who are to be.
        OutOfWorkError: If the work ran out before any answer was found.
    """
    return _fullest(promised(leading)).placed


def promised(leading: Leading) -> Seating:
    """Return the question in which is kept what comes before sizes and points.

    That is how many of some are placed, as rules ask for, who stays with whom, and who
    goes before others.
    """
    question, problem = seating(leading), leading.problem
    add = question.model.add_linear_constraint
    if any(bucket.least for bucket in buckets(problem)):
        _fullest(question)
        enough = question.enough
        if found := maximised(question.model, enough, ()):
            add(expr=enough, lb=found.reached)
    if problem.running:
        question.everyone.lower_bound = _fullest(question).placed
        if found := maximised(question.model, question.kept, ()):
            add(expr=question.kept, lb=found.reached)
    if FIRST in problem.aim and problem.waited:
        question.everyone.lower_bound = _fullest(question).placed
        waited = question.among(problem.waited)
        if found := maximised(question.model, waited, ()):
            add(expr=waited, lb=found.reached)
    return question


def _planned(question: Seating) -> Plan:
    """Return the best plan that is possible."""
    plan = _fullest(question)
    if plan.least == plan.most or not plan.placed:
        return replace(plan, groups=plan.placed // plan.least)
    question.everyone.lower_bound = plan.placed
    many = maximised(question.model, question.count, (), loose=question.loose)
    if many is None:
        raise AssertionError(plan)
    plan = replace(plan, groups=many.reached, proven=plan.proven and many.proven)
    proven = plan.proven
    for one in _windows(plan):
        possible = can_be(question.leading, one) and _possible(question, one)
        if possible:
            return replace(one, proven=proven)
        proven = proven and possible is False
    return replace(plan, proven=proven)


def _fullest(question: Seating) -> Plan:
    """Return the plan that places the most, in any number of groups of any size."""
    problem = question.leading.problem
    free = Plan(placed=0, groups=0, least=problem.least, most=problem.most)
    question.keep(free)
    question.groups.upper_bound = len(question.used)
    found = maximised(question.model, question.placed, (), loose=question.loose)
    if found is None:
        raise InsistingError
    return replace(free, placed=found.reached, proven=found.proven)


def _windows(plan: Plan) -> Iterator[Plan]:
    """Yield every range of sizes that could be, the narrowest first."""
    even = evenly(plan.placed, plan.groups)
    for width in range(plan.most - plan.least + 1):
        for least in range(even.most - width, even.least + 1):
            if plan.least <= least and least + width <= plan.most:
                yield replace(plan, least=least, most=least + width)


def _possible(question: Seating, plan: Plan) -> bool | None:
    """Return whether there is such an answer; None where the work ran out."""
    question.keep(plan)
    try:
        found = maximised(question.model, question.placed, (), loose=question.loose)
    except OutOfWorkError:
        return None
    return found is not None


def _weighed(question: Seating, order: tuple[Aim, ...], plan: Plan) -> Weighed | None:
    """Return the best groups that come to a plan; None where it is not possible.

    Where the work runs out, what was reached before counts, and is not proven.
    """
    question.keep(plan)
    best = Weighed(cells=(), bound=question.leading.ceiling, proven=plan.proven)
    for step in _steps(question, order, plan):
        try:
            found = step(question)
        except OutOfWorkError:
            if not best.cells:
                raise
            return replace(best, proven=False)
        if found is None:
            return None
        best = Weighed(
            cells=tuple(compress(question.cells, found.values)),
            bound=found.bound if step in (_total, _total_and_ties) else best.bound,
            proven=best.proven and (found.proven or step is _ties),
        )
    return best


Step = Callable[[Seating], Found | None]


def _steps(question: Seating, order: tuple[Aim, ...], plan: Plan) -> tuple[Step, ...]:
    """Return how the aims are met in turn, and what decides between equals."""
    counted = (TOTAL, WORST) if question.loaded(plan) else (TOTAL, WORST, BALANCE)
    aims = [aim for aim in order if aim in counted]
    worst = partial(_worst, plan=plan)
    if BALANCE in aims:
        by_aim: dict[Aim, Step] = {WORST: worst, TOTAL: _total, BALANCE: _balance}
        return (*(by_aim[aim] for aim in aims), _ties)
    if aims == [WORST, TOTAL]:
        return worst, _total_and_ties
    if aims == [TOTAL, WORST]:
        return _total, worst, _ties
    return (_total_and_ties,)


def _worst(question: Seating, *, plan: Plan) -> Found | None:
    """Raise the floor under every group as high as it goes, and keep it there."""
    limit = highest_floor(question, plan)
    raised = None if limit is None else raise_floor(question, plan, limit=limit)
    if raised is None:
        return None
    return replace(raised.found, reached=0, bound=int(not raised.proven))


def _total(question: Seating) -> Found | None:
    """Make the total as high as it can be, and keep it there."""
    found = _loosely(question, question.total)
    if found is not None:
        row = question.model.add_linear_constraint
        row(expr=question.total, lb=found.reached)
    return found


def _balance(question: Seating) -> Found | None:
    """Make loads as alike as they can be, and keep them so."""
    even = question.even
    found = maximised(question.model, even, question.asked)
    if found is not None:
        question.model.add_linear_constraint(expr=even, lb=found.reached)
    return found


def _total_and_ties(question: Seating) -> Found | None:
    """Make the total as high as it can be, and let ties decide between equals."""
    unit = question.unit
    goal = question.total * unit + question.ties
    found = _loosely(question, goal)
    if found is None:
        return None
    return replace(found, reached=found.reached // unit, bound=found.bound // unit)


def _ties(question: Seating) -> Found | None:
    """Let ties decide between equals."""
    return maximised(question.model, question.ties, question.asked)


def _loosely(question: Seating, goal: Expression) -> Found | None:
    return maximised(question.model, goal, question.asked, loose=question.loose)
