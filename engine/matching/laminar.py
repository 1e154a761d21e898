"""Groups as a flow, where rules are nested: so many of a department, so many of all.

From a member the flow goes to the department in a group, from there to the group. Every
answer of such a flow is whole, and it is proven best many times faster than by search.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from engine.matching.aims import BALANCE, FIRST
from engine.matching.clauses import Spread
from engine.matching.flow import solve_flow
from engine.matching.leading import Leading
from engine.matching.parties import by_value, conflicts
from engine.matching.problem import Problem
from engine.matching.scoring import Cell, Table
from engine.matching.ties import WORD, ties_of

Room = str | int
"""A department as a text, or a member who shares no room, by index."""

Seat = tuple[int, int, Room]
"""A group, somebody by column, and the room of the group that they would be in."""

_TIE_BITS = 16


def flow_of_groups(leading: Leading) -> tuple[Cell, ...] | None:
    """Return the best groups as pairs of group and column; None where it cannot tell.

    It looks at everyone matched and then at the total, and not at the worst group. It
    cannot tell where groups may have several sizes or exceptions, where members have
    more than one rule among them, where not all groups that come about are full, and
    where some are to stay together.
    """
    problem, table = leading.problem, leading.table
    bound = problem.pins or problem.running
    if bound or not (sums_up(problem) and _is_nested(problem, table)):
        return None
    cells = fullest(leading)
    sizes = {group: 0 for group, _ in cells}
    for group, _ in cells:
        sizes[group] += 1
    full = all(size == problem.least for size in sizes.values())
    return cells if full else None


def sums_up(problem: Problem) -> bool:
    """Return whether nothing counts beyond who is in which group, and what for."""
    first = FIRST in problem.aim and problem.waited
    numbers = problem.rules.quotas or problem.rules.several
    return not (numbers or first or BALANCE in problem.aim)


def _is_nested(problem: Problem, table: Table) -> bool:
    rules = problem.rules.together
    spreads = [one for one in rules if isinstance(one, Spread)]
    plain = len(spreads) == len(rules) <= 1 and not any(
        one.exceptions for one in spreads
    )
    return (
        plain
        and problem.least == problem.most
        and not any(conflicts(problem, table.seconds))
    )


def loosened(leading: Leading) -> Leading:
    """Return the same with as much of it left out as keeps a flow from telling.

    Whoever has no place then has none by all rules either.
    """
    problem = leading.problem
    strict = (
        one
        for one in problem.rules.together
        if isinstance(one, Spread) and not one.exceptions
    )
    rules = replace(problem.rules, together=tuple(strict)[:1], quotas=())
    loose = replace(problem, rules=rules, pins=frozenset())
    return replace(leading, problem=loose)


def fullest(leading: Leading) -> tuple[Cell, ...]:
    """Return as many as have a place, as pairs of group and column, the best of those.

    Groups may have fewer than they should; of rules about all in a group one that lets
    only so many of a department into it counts, and no other.
    """
    rooms = _rooms(leading)
    seated = [[one for one in those if one in rooms] for those in leading.allowed]
    return _taken(leading, rooms, seated) if any(seated) else ()


def _taken(
    leading: Leading, rooms: Mapping[int, Room], seated: Sequence[Sequence[int]]
) -> tuple[Cell, ...]:
    # imported here: they take longer than a small programme
    import numpy as np
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    people, groups = len(leading.table.seconds), len(leading.leaders)
    each, everyone = np.arange(groups), np.arange(people)
    columns = np.fromiter(chain.from_iterable(seated), dtype=int)
    inside = np.repeat(each, [len(those) for those in seated])
    kinds = {room: kind for kind, room in enumerate(dict.fromkeys(rooms.values()))}
    codes = np.zeros(people, dtype=int)
    codes[list(rooms)] = [kinds[room] for room in rooms.values()]
    where = inside * len(kinds) + codes[columns]
    known, at = np.unique(where, return_inverse=True)
    sizes = np.array([room_size(leading.problem, room) for room in kinds])
    first, source = people + groups, people + groups + len(known)
    flow = SimpleMinCostFlow()
    add = flow.add_arcs_with_capacity_and_unit_cost
    costs = _costs(leading, inside, columns)
    arcs = add(columns, first + at, np.ones_like(columns), costs)
    room, group = known % len(kinds), known // len(kinds)
    add(first + np.arange(len(known)), people + group, sizes[room], 0 * known)
    most = np.full(groups, leading.problem.most)
    add(people + each, np.full(groups, source + 1), most, 0 * each)
    add(np.full(people, source), everyone, np.ones_like(everyone), 0 * everyone)
    solve_flow(flow, source, source + 1, people)
    used = flow.flows(arcs) > 0
    return tuple(zip(inside[used].tolist(), columns[used].tolist(), strict=True))


def _costs(leading: Leading, groups: Any, columns: Any) -> Any:  # noqa: ANN401
    """Return what each seat costs, ties in a unit that outweighs them."""
    import numpy as np

    table, rows = leading.table, np.array(leading.leaders)[groups]
    firsts, seconds = leading.marks
    ties = ties_of(firsts[rows], seconds[columns]) >> np.uint64(WORD - _TIE_BITS)
    points = leading.points[rows, columns]
    unit = (len(table.seconds) + 1) << _TIE_BITS
    return -(points * unit + ties.astype(np.int64))


def seats_of(leading: Leading) -> Iterator[Seat]:
    """Yield each group with whoever may be in it, and the room that they share."""
    rooms = _rooms(leading)
    for group, those in enumerate(leading.allowed):
        for column in those:
            if column in rooms:
                yield group, column, rooms[column]


def _rooms(leading: Leading) -> Mapping[int, Room]:
    """Return what room of a group each would be in, who may be in one."""
    seconds = leading.table.seconds
    for rule in leading.problem.rules.together:
        if isinstance(rule, Spread):
            values = by_value(seconds, rule.column).items()
            told = ((value, those) for value, those in values if value is not None)
            return {one: f"{value}" for value, those in told for one in those}
    return {column: column for column in range(len(seconds))}


def room_size(problem: Problem, room: Room) -> int:
    """Return how many of a department may be in a group; who shares no room is one."""
    if not isinstance(room, str):
        return 1
    return min(
        (one.most for one in problem.rules.together if isinstance(one, Spread)),
        default=problem.most,
    )
