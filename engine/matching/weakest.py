"""How many points the worst group can have at most, by who leads the weakest ones.

These few have everybody to choose from, as if no other group came about. Mostly they
hold the worst group down, and what they can have is possible beside all others.
"""

from contextlib import suppress
from dataclasses import replace

from engine.matching.binding import seating
from engine.matching.highs import OutOfWorkError, maximised, relaxed
from engine.matching.leading import Leading
from engine.matching.seating import Plan, Seating

_FEW = 6


def highest_floor(question: Seating, plan: Plan) -> int | None:
    """Return what the worst group cannot exceed; None where the plan is not possible.

    Raises:
        OutOfWorkError: If the work ran out before that was known.
    """
    if plan.groups == len(question.used):
        with suppress(OutOfWorkError):
            return _of_the_weakest(question.leading, plan)
    return relaxed(question.model, question.worst)


def _of_the_weakest(leading: Leading, plan: Plan) -> int | None:
    """Return the same where all groups come about, the weakest of them alone."""
    problem, table = leading.problem, leading.table
    alone = dict.fromkeys(leading.leaders, 0)
    for row, those in zip(leading.leaders, leading.allowed, strict=True):
        points = sorted((table.points[row][one] for one in those), reverse=True)
        alone[row] = sum(points[: plan.most])
    weakest = {
        table.firsts[row].person
        for row in sorted(alone, key=lambda row: (alone[row], row))[:_FEW]
    }
    places = {
        one.person: problem.places(one.person) if one.person in weakest else 0
        for one in table.firsts
    }
    few = replace(problem, capacity=places, pins=frozenset())
    question = seating(Leading(problem=few, seed=leading.seed))
    question.keep(replace(plan, placed=0, groups=len(question.used)))
    found = maximised(question.model, question.worst, ())
    return None if found is None else found.bound
