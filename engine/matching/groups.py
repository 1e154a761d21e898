"""The solver of the shape `groups`: several of one role around one of another."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from engine.ids import PersonId
from engine.matching.aims import WORST, Aim, parse_aims, priorities
from engine.matching.assembly import Filled, assembled, left_over
from engine.matching.crowding import crowded
from engine.matching.explain import blocked
from engine.matching.greedy import first_answer
from engine.matching.highs import OutOfWorkError
from engine.matching.laminar import flow_of_groups, fullest, loosened
from engine.matching.leading import Leading
from engine.matching.problem import Problem
from engine.matching.regrouping import Regrouping
from engine.matching.result import Shortage, Solution, Unmatched
from engine.matching.scoring import Cell
from engine.matching.weighing import most_placed, weighed


def solve_groups(problem: Problem, *, seed: bytes) -> Solution:
    """Return the best groups, the same for the same people, rules and seed.

    As many as can be are placed in groups of the right size. Where the size leaves a
    choice, there are as many groups as can be, and these are as even as can be. The
    worst group counts where the spec lists it, and only there: a flow cannot see it.
    """
    leading = Leading(problem=problem, seed=seed)
    listed = parse_aims(problem.aim)
    order = tuple(aim for aim in priorities(listed) if aim != WORST or aim in listed)
    filled = _filled(leading, order)
    return assembled(
        problem,
        filled,
        count=_most_placed,
        left_over=_left_over(leading, filled),
        spare=_spare(leading, filled),
        shortages=filled.shortages or _too_few_places(leading, filled),
    )


def _filled(leading: Leading, order: tuple[Aim, ...]) -> Filled:
    """Return what a flow finds where that is exact, or else what HiGHS finds."""
    if WORST not in order or not leading.problem.rules.prefer:
        cells = flow_of_groups(leading)
        if cells is not None:
            points = leading.table.points
            total = sum(points[leading.leaders[one]][two] for one, two in cells)
            filled = _as_groups(leading, cells, bound=total, proven=True)
            found = Regrouping(leading=leading, cells=cells)
            return replace(
                filled,
                prices=found.by_person() if found.tells else {},
                shortages=crowded(leading, {*cells}),
            )
    try:
        best = weighed(leading, order)
    except OutOfWorkError:
        first = first_answer(leading.problem, leading.table.seconds, leading.allowed)
        seats = enumerate(first)
        cells = tuple((group, one) for group, those in seats for one in those)
        return _as_groups(leading, cells, bound=leading.ceiling, proven=False)
    return _as_groups(leading, best.cells, bound=best.bound, proven=best.proven)


def _most_placed(problem: Problem) -> int:
    """Return how many can be placed; 0 where the work ran out before that was seen."""
    with suppress(OutOfWorkError):
        return most_placed(Leading(problem=problem, seed=b""))
    return 0


def most_in_groups(problem: Problem) -> tuple[tuple[PersonId, PersonId], ...]:
    """Return as many as can be placed, after who leads, whatever that costs.

    Raises:
        InsistingError: If not all can be together who are to be.
        OutOfWorkError: If the work ran out before that was proven.
    """
    rules = replace(problem.rules, prefer=())
    leading = Leading(problem=replace(problem, rules=rules), seed=b"")
    found = weighed(leading, ())
    if not found.proven:
        raise OutOfWorkError(problem.kind)
    firsts, seconds = leading.table.firsts, leading.table.seconds
    return tuple(
        (firsts[leading.leaders[group]].person, seconds[one].person)
        for group, one in found.cells
    )


def _as_groups(
    leading: Leading, cells: Sequence[Cell], *, bound: int, proven: bool
) -> Filled:
    first, second = leading.problem.sides
    table = leading.table
    groups: dict[int, list[int]] = {}
    for group, one in cells:
        groups.setdefault(group, []).append(one)
    return Filled(
        matches=[
            {
                first: (table.firsts[leading.leaders[group]].person,),
                second: tuple(table.seconds[one].person for one in those),
            }
            for group, those in groups.items()
        ],
        bound=bound,
        proven=proven,
    )


def _left_over(leading: Leading, filled: Filled) -> tuple[Unmatched, ...]:
    """Return who is in no group, and who forbids them the most."""
    table = leading.table
    columns = {one.person: column for column, one in enumerate(table.seconds)}
    possible = {one for those in leading.allowed for one in those}
    return tuple(
        Unmatched(
            person=one.person,
            role=one.role,
            cause="shortage" if columns[one.person] in possible else "nobody allowed",
            barriers=blocked(table, second=columns[one.person]),
        )
        for one in left_over(leading.problem, filled.matches)
    )


def _spare(leading: Leading, filled: Filled) -> tuple[Unmatched, ...]:
    """Return who may lead and has no group."""
    first = leading.problem.sides[0]
    busy = {person for match in filled.matches for person in match[first]}
    allowed = {row for row, column in leading.table.allowed}
    everyone = not leading.table.seconds
    return tuple(
        Unmatched(
            person=leading.table.firsts[row].person,
            role=first,
            cause="spare" if everyone or row in allowed else "nobody allowed",
            barriers=blocked(leading.table, first=row),
        )
        for row in dict.fromkeys(leading.leaders)
        if leading.table.firsts[row].person not in busy
    )


def _too_few_places(leading: Leading, filled: Filled) -> tuple[Shortage, ...]:
    """Return who shares too few places, whatever else the rules say.

    More people than places come first: they are all whom it concerns.
    """
    problem, table = leading.problem, leading.table
    places = problem.most * len(leading.leaders)
    if len(table.seconds) <= places:
        loose = loosened(leading)
        left = left_over(problem, filled.matches)
        return crowded(loose, {*fullest(loose)}) if left else ()
    rows = dict.fromkeys(leading.leaders)
    return (
        Shortage(
            role=problem.placed,
            people=tuple(one.person for one in table.seconds),
            partners=tuple(table.firsts[row].person for row in rows),
            places=places,
        ),
    )
