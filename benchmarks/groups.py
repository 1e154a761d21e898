"""Groups around a mentor, by our flow and as CP-SAT is asked."""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from benchmarks import people
from benchmarks.rivals import Answer
from engine.matching import Problem, parse_rules, speech_of
from engine.matching.aims import EVERYONE, TOTAL
from engine.matching.laminar import flow_of_groups
from engine.matching.leading import Leading

EACH = 6
"""Mentees of a group."""

ALIKE = 2
"""No more of them are from one department."""


def groups(mentors: int) -> Problem:
    """Return the question of groups of six, of one mentor each."""
    one = people.pairs(EACH * mentors, each=EACH)
    rules = parse_rules(
        [("mentees of a group", f"at most {ALIKE} from the same department")],
        people.PREFER,
        columns=people.COLUMNS,
        speech=speech_of("groups", people.SIDES),
    )
    return replace(
        one,
        rules=replace(one.rules, together=rules.together),
        capacity={},
        shape="groups",
        least=EACH,
        most=EACH,
        aim=(EVERYONE, TOTAL),
    )


def by_flow(problem: Problem) -> Answer:
    """Return what our flow finds, with points and rules in memory."""
    leading = Leading(problem=problem, seed=b"")
    _ = leading.allowed
    wall, cpu = time.perf_counter(), time.process_time()
    cells = flow_of_groups(leading) or ()
    return Answer(
        pairs=len(cells),
        total=sum(
            leading.table.points[leading.leaders[one]][two] for one, two in cells
        ),
        wall=time.perf_counter() - wall,
        cpu=time.process_time() - cpu,
    )


def by_search(problem: Problem) -> Answer:
    """Return what CP-SAT finds and proves with one worker, with the same in memory.

    That everybody can be placed is told to it, and need not be found.
    """
    from ortools.sat.python import cp_model

    leading = Leading(problem=problem, seed=b"")
    departments, _ = _departments(leading), leading.allowed
    wall, cpu = time.perf_counter(), time.process_time()
    model = cp_model.CpModel()
    cells = _seated(model, leading, departments)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.OPTIMAL:
        raise AssertionError("CP-SAT did not prove its answer")
    return Answer(
        pairs=sum(solver.value(seat) for _, _, seat in cells),
        total=round(solver.objective_value),
        wall=time.perf_counter() - wall,
        cpu=time.process_time() - cpu,
    )


def _seated(
    model: Any,  # noqa: ANN401  # OR-tools has no types to name here.
    leading: Leading,
    departments: Mapping[str, Sequence[int]],
) -> Sequence[tuple[int, int, Any]]:
    """Return whether somebody sits in a group, each of six and by the rules."""
    seats = [
        {one: model.new_bool_var("") for one in those} for those in leading.allowed
    ]
    for one in range(len(leading.table.seconds)):
        model.add_exactly_one(row[one] for row in seats if one in row)
    for row in seats:
        model.add(sum(row.values()) == EACH)
        for those in departments.values():
            model.add(sum(row[one] for one in those if one in row) <= ALIKE)
    cells = [
        (group, one, seat)
        for group, row in enumerate(seats)
        for one, seat in row.items()
    ]
    points, leaders = leading.table.points, leading.leaders
    model.maximize(
        sum(points[leaders[group]][one] * seat for group, one, seat in cells)
    )
    return cells


def _departments(leading: Leading) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for column, one in enumerate(leading.table.seconds):
        found[one.department].append(column)
    return found
