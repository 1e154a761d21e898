"""Larger matches as a question to CP-SAT: who sits in which, by what rules.

A party is a match to be filled. Its members are those who share a role; a leader, where
there is one, belongs to the party and is no member.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from engine.derive import derive
from engine.ids import PersonId
from engine.matching.aims import FIRST
from engine.matching.clauses import Limit, Mixed, Mutual, Single, Spread
from engine.matching.columns import told, value_of
from engine.matching.cpsat import Expression, Goal
from engine.matching.findings import find, holds, meets
from engine.matching.problem import ALIKE, Problem
from engine.matching.quotas import buckets
from engine.matching.reporting import reporting_lines
from engine.people import Participant

Seats = Mapping[int, Expression]
"""Whether a member sits there, by the member's index; only where that may be."""

Two = tuple[int, int]
"""Two members by their index, the lower one first."""


@dataclass(frozen=True, kw_only=True)
class Parties:
    """The variables of a question, and the model that binds them.

    Attributes:
        seats: Of each party.
        used: Whether a party comes about.
        sizes: How many sit in it.
    """

    problem: Problem
    members: Sequence[Participant]
    model: Expression
    seats: Sequence[Seats]
    used: Sequence[Expression]
    sizes: Sequence[Expression]

    @property
    def placed(self) -> Expression:
        """How many sit anywhere."""
        return sum(self.sizes)

    def among(self, people: Collection[PersonId]) -> Expression:
        """How many of these sit anywhere."""
        return sum(
            seat
            for row in self.seats
            for one, seat in row.items()
            if self.members[one].person in people
        )

    def required(self) -> tuple[Goal, ...]:
        """What rules ask for: that so many of some are placed, as far as can be."""
        met = []
        for bucket in buckets(self.problem):
            if bucket.least:
                enough = self.model.new_int_var(0, bucket.least, "enough")
                self.model.add(enough <= self.among(bucket.people))
                met.append(enough)
        return (Goal(sum=sum(met)),) if met else ()

    def placing(self) -> tuple[Goal, ...]:
        """What is looked for first: everyone, who stays, and who goes before others."""
        first = FIRST in self.problem.aim and self.problem.waited
        waited = (Goal(sum=self.among(self.problem.waited)),) if first else ()
        return *self.required(), Goal(sum=self.placed), *self.staying(), *waited

    def staying(self) -> tuple[Goal, ...]:
        """What is looked for next: that people stay where they were, by party."""
        own = standing(self.problem, self.members)
        rows = zip(own, self.seats, strict=False)
        kept = sum(row[one] for those, row in rows for one in those)
        return (Goal(sum=kept),) if own else ()

    def uneven(self) -> Expression:
        """Return by how much the largest party exceeds the smallest one."""
        most = self.problem.most
        largest = self.model.new_int_var(0, most, "largest")
        smallest = self.model.new_int_var(0, most, "smallest")
        for size, used in zip(self.sizes, self.used, strict=True):
            self.model.add(largest >= size)
            self.model.add(smallest <= size + most * (1 - used))
        return largest - smallest

    def worst(self, points: Sequence[Expression], most: int) -> Expression:
        """Return the points of the worst party that comes about, `most` at most."""
        worst = self.model.new_int_var(0, most, "worst")
        for one, used in zip(points, self.used, strict=True):
            self.model.add(worst <= one + most * (1 - used))
        return worst


def seated(
    problem: Problem,
    members: Sequence[Participant],
    allowed: Sequence[Sequence[int]],
) -> Parties:
    """Return the question of who sits where, by size and by what binds members.

    Args:
        problem: What is to be matched.
        members: Those who are to be placed.
        allowed: For each party the members who may sit in it.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    seats: list[Seats] = [
        {one: model.new_bool_var(f"{party}/{one}") for one in those}
        for party, those in enumerate(allowed)
    ]
    found = Parties(
        problem=problem,
        members=members,
        model=model,
        seats=seats,
        used=[model.new_bool_var(f"{party}") for party in range(len(seats))],
        sizes=[sum(row.values()) for row in seats],
    )
    _limit(found)
    _bind(found)
    _insist(found)
    for bucket in buckets(problem):
        if bucket.most is not None:
            model.add(found.among(bucket.people) <= bucket.most)
    return found


def _limit(given: Parties) -> None:
    """Let parties have a size that is allowed, and nobody sit twice."""
    for size, used in zip(given.sizes, given.used, strict=True):
        given.model.add(size >= given.problem.least * used)
        given.model.add(size <= given.problem.most * used)
    for one in range(len(given.members)):
        given.model.add_at_most_one(row[one] for row in given.seats if one in row)


def _bind(given: Parties) -> None:
    for rule in given.problem.rules.together:
        if isinstance(rule, Spread):
            _spread(given, rule)
        elif isinstance(rule, Single):
            _single(given, rule)
        elif isinstance(rule, Mixed):
            _mixed(given, rule)
    for one, other in conflicts(given.problem, given.members):
        for seats in given.seats:
            if one in seats and other in seats:
                given.model.add_at_most_one(seats[one], seats[other])


def _insist(given: Parties) -> None:
    """Seat whoever is to be with somebody, and two of one role at the same party."""
    numbers = {one.person: index for index, one in enumerate(given.members)}
    for two in sorted(given.problem.pins):
        here = [numbers[one] for one in two if one in numbers]
        for one in here:
            given.model.add_exactly_one(row[one] for row in given.seats if one in row)
        if len(here) == len(two):
            for row in given.seats:
                given.model.add(row.get(here[0], 0) == row.get(here[1], 0))


def _spread(given: Parties, rule: Spread) -> None:
    values = by_value(given.members, rule.column)
    model, excused = given.model, []
    for seats in given.seats:
        for value, those in values.items():
            here = [seats[one] for one in those if one in seats]
            if value is None:
                excused += here
            elif len(here) > rule.most:
                above = model.new_int_var(0, len(here), "exceptions")
                model.add(sum(here) <= rule.most + above)
                excused.append(above)
    model.add(sum(excused) <= rule.exceptions)


def _single(given: Parties, rule: Single) -> None:
    values = by_value(given.members, rule.column)
    for seats in given.seats:
        marks = []
        for value, those in values.items():
            mark = given.model.new_bool_var("value")
            for one in those:
                if one in seats:
                    given.model.add_implication(seats[one], mark)
            if value is None:
                given.model.add(mark == 0)
            marks.append(mark)
        given.model.add_at_most_one(marks)


def _mixed(given: Parties, rule: Mixed) -> None:
    values = by_value(given.members, rule.column)
    for seats, used in zip(given.seats, given.used, strict=True):
        for value in rule.values:
            those = values.get(told(value), ())
            here = sum(seats[one] for one in those if one in seats)
            given.model.add(here >= rule.least * used)


def by_value(
    members: Sequence[Participant], column: str
) -> Mapping[str | int | None, Sequence[int]]:
    """Return the members by their value in a column; None is not told."""
    found: dict[str | int | None, list[int]] = defaultdict(list)
    for index, one in enumerate(members):
        found[told(value_of(one, column))].append(index)
    return found


def conflicts(problem: Problem, members: Sequence[Participant]) -> Iterator[Two]:
    """Yield the members who must not be together by a rule, or by a no."""
    mutual = [rule for rule in problem.rules.together if isinstance(rule, Mutual)]
    noes = problem.noes
    if not (mutual or noes):
        return
    lines = reporting_lines(problem.participants)
    for one, other in combinations(range(len(members)), 2):
        left, right = members[one], members[other]
        pair = dict(zip(ALIKE, (left, right), strict=True))
        kept = all(
            holds(find(rule, pair, lines))
            or problem.excuses(left.person, right.person, rule)
            for rule in mutual
        )
        two = left.person, right.person
        if not kept or not noes.isdisjoint((two, two[::-1])):
            yield one, other


def standing(
    problem: Problem, members: Sequence[Participant]
) -> tuple[tuple[int, ...], ...]:
    """Return who of the members was with whom before, match by match."""
    numbers = {one.person: index for index, one in enumerate(members)}
    company = {index: {index} for index in numbers.values()}
    for two in sorted(problem.running):
        if all(one in numbers for one in two):
            one, other = (company[numbers[who]] for who in two)
            one.update(other)
            company |= dict.fromkeys(one, one)
    found = dict.fromkeys(tuple(sorted(those)) for those in company.values())
    return tuple(those for those in found if len(those) > 1)


def eligible(problem: Problem, seed: bytes) -> tuple[Participant, ...]:
    """Return whoever may be placed among others of their role, in an order by seed.

    The order decides between answers of equal worth. It derives from the ids in the
    people file, so that neither the order of rows nor surrogates do.
    """
    limits = [one for one in problem.rules.require if isinstance(one, Limit)]
    those = (
        one
        for one in problem.having(problem.placed)
        if all(
            meets(limit, value_of(one, limit.column))
            or problem.excuses(one.person, one.person, limit)
            for limit in limits
        )
        and problem.joined not in one.roles
    )
    return tuple(sorted(those, key=lambda one: derive(seed, "order", one.id)))
