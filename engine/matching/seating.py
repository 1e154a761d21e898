"""Groups as a question in whole numbers: who sits where, by what rules.

Where all groups that there can be come about, most of its rows are those of a flow, so
that HiGHS finds the best answer almost without search.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.ids import PersonId
from engine.matching.clauses import Single
from engine.matching.highs import Expression, Model
from engine.matching.leading import Leading
from engine.matching.parties import by_value
from engine.matching.quotas import buckets
from engine.matching.scoring import Cell

_TIE_BITS = 16
_SUM_BITS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How many are placed, in how many groups of what sizes.

    Attributes:
        proven: Whether no other plan is better.
    """

    placed: int
    groups: int
    least: int
    most: int
    proven: bool = True


@dataclass(frozen=True, kw_only=True)
class Seating:
    """The variables of a question, and the rows that bind them.

    Attributes:
        model: What HiGHS is asked.
        seats: For each group whether somebody sits there, by their column; only where
            that may be.
        used: Whether a group comes about.
        people: The row of whoever may sit anywhere, and its least, by column.
        sizes: The rows of the least and the most who sit somewhere, and whether
            anybody does: of each group, and of each value that all of it may have.
        everyone: The row of all who are placed.
        groups: The row of all groups that come about.
    """

    leading: Leading
    model: Model
    seats: Sequence[Mapping[int, Expression]]
    used: Sequence[Expression]
    people: dict[int, tuple[Expression, int]]
    sizes: list[tuple[Expression, Expression, Expression]]
    everyone: Expression
    groups: Expression

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Each group with whoever may be in it, in the order of `asked`."""
        seats = enumerate(self.seats)
        return tuple((group, one) for group, row in seats for one in row)

    @cached_property
    def asked(self) -> tuple[Expression, ...]:
        """Every seat."""
        return tuple(seat for row in self.seats for seat in row.values())

    @property
    def loose(self) -> tuple[Expression, ...]:
        """Seats that mostly come out whole: all, where no floor is under the groups."""
        return () if "worst" in vars(self) else self.asked

    def keep(self, plan: Plan) -> None:
        """Bind the answer to a plan."""
        everybody = plan.placed == len(self.people)
        self.everyone.lower_bound = 0 if everybody else plan.placed
        for row, least in self.people.values():
            # Far lighter than one row of all seats, where it says the same.
            row.lower_bound = 1 if everybody else least
        self.groups.lower_bound = plan.groups
        self.groups.upper_bound = plan.groups
        for used in self.used:
            used.lower_bound = int(plan.groups == len(self.used))
        for used, low, high in self.sizes:
            low.set_coefficient(used, -plan.least)
            low.upper_bound = 0 if plan.least == plan.most else math.inf
            high.set_coefficient(used, -plan.most)

    @cached_property
    def placed(self) -> Expression:
        """How many sit anywhere."""
        return added(self.asked)

    @cached_property
    def count(self) -> Expression:
        """How many groups come about."""
        return added(self.used)

    def among(self, people: Collection[PersonId]) -> Expression:
        """Return how many of these sit anywhere."""
        seconds = self.leading.table.seconds
        return added(
            seat
            for (_, one), seat in zip(self.cells, self.asked, strict=True)
            if seconds[one].person in people
        )

    @property
    def kept(self) -> Expression:
        """How many sit with whom they were with before."""
        firsts, seconds = self.leading.table.firsts, self.leading.table.seconds
        rows, running = self.leading.leaders, self.leading.problem.running
        return added(
            seat
            for (group, one), seat in zip(self.cells, self.asked, strict=True)
            if (firsts[rows[group]].person, seconds[one].person) in running
        )

    @cached_property
    def enough(self) -> Expression:
        """How much is met of what rules ask for: that so many of some are placed."""
        met = []
        for bucket in buckets(self.leading.problem):
            if bucket.least:
                met.append(self.model.add_integer_variable(lb=0, ub=bucket.least))
                row = met[-1] - self.among(bucket.people)
                self.model.add_linear_constraint(expr=row, ub=0)
        return added(met)

    @cached_property
    def even(self) -> Expression:
        """How alike loads are: squares of how many each leads, the fewest best."""
        leading, squares = self.leading, []
        for row, one in enumerate(leading.table.firsts):
            mine = [
                seats
                for leader, seats in zip(leading.leaders, self.seats, strict=True)
                if leader == row
            ]
            before, most = leading.problem.held.get(one.person, 0), sum(map(len, mine))
            load = added(seat for seats in mine for seat in seats.values())
            square = self.model.add_integer_variable(lb=0, ub=(before + most) ** 2)
            for step in range(before, before + most):
                # Tangents: exact where a load is a whole number.
                slope, gone = 2 * step + 1, step * (step + 1)
                row_ = square - slope * load
                self.model.add_linear_constraint(expr=row_, lb=slope * before - gone)
            squares.append(square)
        return -1 * added(squares)

    def loaded(self, plan: Plan) -> bool:
        """Return whether how many each leads follows from a plan, or their squares do.

        Groups that differ by one only are so many of either size, whoever leads them.
        """
        leaders, held = self.leading.leaders, self.leading.problem.held
        alike = len({*leaders}) == len(leaders) and not any(held.values())
        even = plan.least == plan.most or (alike and plan.least + 1 == plan.most)
        return even and plan.groups == len(self.used)

    @cached_property
    def total(self) -> Expression:
        """Points of all groups."""
        return added(self.points)

    @cached_property
    def points(self) -> Sequence[Expression]:
        """Points of each group."""
        points = self.leading.table.points
        rows = zip(self.leading.leaders, self.seats, strict=True)
        return [
            added(points[row][one] * seat for one, seat in here.items())
            for row, here in rows
        ]

    @cached_property
    def worst(self) -> Expression:
        """Points of the worst group that comes about."""
        ceiling = self.leading.ceiling
        worst = self.model.add_integer_variable(lb=0, ub=ceiling)
        for points, used in zip(self.points, self.used, strict=True):
            row = points - worst - ceiling * used
            self.model.add_linear_constraint(expr=row, lb=-ceiling)
        return worst

    def worst_of(self, values: Iterable[int]) -> int:
        """Return the points of the worst group where these seats are taken."""
        points: dict[int, int] = {}
        for (group, one), value in zip(self.cells, values, strict=True):
            if value:
                row = self.leading.leaders[group]
                worth = self.leading.table.points[row][one]
                points[group] = points.get(group, 0) + worth
        return min(points.values(), default=0)

    @cached_property
    def ties(self) -> Expression:
        """What decides between equals, less than `unit` in any answer."""
        lost = 32 - self._tie_bits
        return added(
            (self.leading.tie(self.leading.leaders[group], one) >> lost) * seat
            for (group, one), seat in zip(self.cells, self.asked, strict=True)
        )

    @property
    def unit(self) -> int:
        """What a point is worth beside ties."""
        return (len(self.leading.table.seconds) + 1) << self._tie_bits

    @property
    def _tie_bits(self) -> int:
        """How many bits of a tie fit beside all points without a slip in the sums."""
        people = len(self.leading.table.seconds) + 1
        left = _SUM_BITS - (self.leading.ceiling * people).bit_length()
        return max(1, min(_TIE_BITS, left))


def ideal(leading: Leading) -> Plan | None:
    """Return the plan that none can be better than; it need not be possible."""
    least, most = leading.problem.least, leading.problem.most
    people = len({one for those in leading.allowed for one in those})
    groups = sum(len(those) >= least for those in leading.allowed)
    placed = min(people, min(groups, people // least) * most)
    if not placed:
        return None
    groups = min(groups, placed // least)
    return evenly(placed, groups)


def evenly(placed: int, groups: int) -> Plan:
    """Return the plan in which groups differ by one at the most."""
    return Plan(
        placed=placed,
        groups=groups,
        least=placed // groups,
        most=-(-placed // groups),
    )


def can_be(leading: Leading, plan: Plan) -> bool:
    """Return whether people can be parted so by their numbers alone.

    Where groups have one value each, 47 women are no groups of six.
    """
    seconds = leading.table.seconds
    if plan.placed < len(seconds):
        return True
    for rule in leading.problem.rules.together:
        if isinstance(rule, Single):
            counts = [len(those) for those in by_value(seconds, rule.column).values()]
            fewest = sum(-(-count // plan.most) for count in counts)
            many = sum(count // plan.least for count in counts)
            fits = all(-(-one // plan.most) * plan.least <= one for one in counts)
            if not (fits and fewest <= plan.groups <= many):
                return False
    return True


def added(parts: Iterable[Expression]) -> Expression:
    """Return a sum of variables and other sums."""
    from ortools.math_opt.python import mathopt

    return mathopt.fast_sum(tuple(parts))
