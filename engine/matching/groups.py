"""The solver of the shape `groups`: several of one role around one of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.ids import PersonId
from engine.matching.aims import EVERYONE, TOTAL, WORST, Aim, parse_aims, priorities
from engine.matching.assembly import Filled, assembled, left_over
from engine.matching.cpsat import Chosen, Goal, maximise
from engine.matching.explain import blocked
from engine.matching.flow import tie_of
from engine.matching.greedy import first_answer
from engine.matching.insisting import sided
from engine.matching.laminar import flow_of_groups
from engine.matching.parties import Parties, seated
from engine.matching.problem import Problem
from engine.matching.result import Shortage, Solution, Unmatched
from engine.matching.scoring import Cell, Table, tabulate

_TIE_BITS = 6


@dataclass(frozen=True, kw_only=True)
class Leading:
    """Who may lead whom.

    Attributes:
        leaders: A row of the table for each group that there may be: somebody with
            room for two leads twice.
    """

    problem: Problem
    seed: bytes

    @cached_property
    def table(self) -> Table:
        """Points and barriers of each two."""
        return tabulate(self.problem)

    @cached_property
    def leaders(self) -> tuple[int, ...]:
        """The rows of those who lead, one for each group that they may have."""
        return tuple(
            row
            for row, one in enumerate(self.table.firsts)
            for _ in range(self.problem.places(one.person))
        )

    @cached_property
    def allowed(self) -> tuple[tuple[int, ...], ...]:
        """For each group the columns of those who may be in it."""
        return tuple(
            tuple(
                one
                for one, (who, only) in enumerate(self._wanted)
                if (row, one) not in self.table.barriers
                and only in {None, self.table.firsts[row].person}
            )
            for row in self.leaders
        )

    @cached_property
    def _wanted(self) -> Sequence[tuple[PersonId, PersonId | None]]:
        """Everyone with the only one who may lead them, if that is insisted on."""
        ends = (sided(self.problem, two) for two in sorted(self.problem.pins))
        only = {found[1]: found[0] for found in ends if found}
        return [(one.person, only.get(one.person)) for one in self.table.seconds]

    @cached_property
    def ceiling(self) -> int:
        """More points than all groups can have together."""
        highest = max((max(row, default=0) for row in self.table.points), default=0)
        return len(self.table.seconds) * highest + 1

    def tie(self, row: int, column: int) -> int:
        """Return what decides between answers of equal worth."""
        first, second = self.table.firsts[row], self.table.seconds[column]
        return tie_of(self.seed, first.id, second.id)


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
        shortages=_too_few_places(leading),
    )


def _filled(leading: Leading, order: tuple[Aim, ...]) -> Filled:
    """Return what a flow finds where that is exact, or else what CP-SAT finds."""
    cells = (
        None
        if leading.problem.pins
        else flow_of_groups(
            leading.problem,
            leading.table,
            leading.leaders,
            leading.tie,
        )
    )
    worst_counts = WORST in order and leading.problem.rules.prefer
    if cells is not None and not worst_counts:
        points = leading.table.points
        total = sum(points[leading.leaders[one]][two] for one, two in cells)
        return _as_groups(leading, cells, bound=total, proven=True)
    return _searched(leading, order, cells)


def _searched(
    leading: Leading, order: tuple[Aim, ...], cells: Sequence[Cell] | None
) -> Filled:
    given = seated(leading.problem, leading.table.seconds, leading.allowed)
    seats = [
        (group, one, seat)
        for group, row in enumerate(given.seats)
        for one, seat in row.items()
    ]
    start = _start(leading, cells)
    known = [int(one in start[group]) for group, one, _ in seats]
    chosen = maximise(
        given.model,
        _goals(leading, given, order),
        [seat for *_, seat in seats],
        known=Chosen(values=tuple(known), bound=leading.ceiling, proven=True),
    )
    found = [
        (group, one)
        for (group, one, _), value in zip(seats, chosen.values, strict=True)
        if value
    ]
    return _as_groups(leading, found, bound=chosen.bound, proven=chosen.proven)


def _start(leading: Leading, cells: Sequence[Cell] | None) -> Sequence[Sequence[int]]:
    """Return who is in each group to begin with: by the flow, if there is one."""
    if cells is None:
        seconds = leading.table.seconds
        return first_answer(leading.problem, seconds, leading.allowed)
    groups = range(len(leading.leaders))
    return [[one for group, one in cells if group == here] for here in groups]


def _goals(
    leading: Leading, given: Parties, order: tuple[Aim, ...]
) -> tuple[Goal, ...]:
    points = [
        sum(
            leading.table.points[row][one] * seat
            for one, seat in given.seats[group].items()
        )
        for group, row in enumerate(leading.leaders)
    ]
    goals: dict[Aim, Goal] = {
        WORST: Goal(sum=given.worst(points, leading.ceiling)),
        TOTAL: Goal(sum=sum(points), total=True),
    }
    ties = sum(
        (leading.tie(row, one) >> (32 - _TIE_BITS)) * seat
        for group, row in enumerate(leading.leaders)
        for one, seat in given.seats[group].items()
    )
    return (
        Goal(sum=given.placed),
        *_evenly(given),
        *(goals[aim] for aim in order if aim != EVERYONE),
        Goal(sum=ties, tidies=True),
    )


def _evenly(given: Parties) -> tuple[Goal, ...]:
    if given.problem.least == given.problem.most:
        return ()
    return Goal(sum=sum(given.used)), Goal(sum=-given.uneven())


def _most_placed(problem: Problem) -> int:
    leading = Leading(problem=problem, seed=b"")
    given = seated(problem, leading.table.seconds, leading.allowed)
    seats = [seat for row in given.seats for seat in row.values()]
    start = first_answer(problem, leading.table.seconds, leading.allowed)
    values = [
        int(one in start[group]) for group, row in enumerate(given.seats) for one in row
    ]
    known = Chosen(values=tuple(values), bound=0, proven=True)
    chosen = maximise(given.model, [Goal(sum=given.placed)], seats, known=known)
    return sum(chosen.values)


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
    return tuple(
        Unmatched(
            person=leading.table.firsts[row].person,
            role=first,
            cause="spare" if row in allowed else "nobody allowed",
            barriers=blocked(leading.table, first=row),
        )
        for row in dict.fromkeys(leading.leaders)
        if leading.table.firsts[row].person not in busy
    )


def _too_few_places(leading: Leading) -> tuple[Shortage, ...]:
    """Return that there are more people than places, where that is so."""
    problem, table = leading.problem, leading.table
    places = problem.most * len(leading.leaders)
    if len(table.seconds) <= places:
        return ()
    rows = dict.fromkeys(leading.leaders)
    return (
        Shortage(
            role=problem.placed,
            people=tuple(one.person for one in table.seconds),
            partners=tuple(table.firsts[row].person for row in rows),
            places=places,
        ),
    )
