"""Points and barriers of all pairs at once, for programmes of hundreds of people.

Each clause is one operation on whole columns. The numbers are those of `scoring`, which
looks at one pair at a time and is what everything else goes by.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from operator import attrgetter
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from engine.matching.clauses import (
    Above,
    Alike,
    Apart,
    Clause,
    Common,
    Covers,
    Even,
    Limit,
    Near,
    Unnamed,
    Wished,
)
from engine.matching.columns import items, told, value_of
from engine.matching.findings import meets, step_of
from engine.matching.problem import Problem
from engine.matching.reporting import reporting_lines
from engine.matching.tagging import Numbers, at, places_of, shared, tag_tables
from engine.people import Participant, Value

Truths = NDArray[np.bool_]
Share = Truths | tuple[Numbers, Numbers]
"""Whether each pair fulfils a clause, or the part of it, and the whole."""

_ALL = slice(None)

_person: Callable[[Participant], str] = attrgetter("person")
_id: Callable[[Participant], str] = attrgetter("id")


@dataclass(frozen=True)
class Matrix:
    """Of every pair, a row for each of the first side.

    Attributes:
        allowed: Whether nothing forbids it; points are told of forbidden pairs as well.
    """

    points: Numbers
    allowed: Truths


def matrix(problem: Problem, part: slice = _ALL) -> Matrix:
    """Return points and permission of every pair, in the problem's order of people.

    With `part` only these of the first side are looked at.
    """
    field = _Field(problem, part)
    points = np.zeros(field.shape, dtype=np.int32)
    for preference in problem.rules.prefer:
        points += _gained(preference.most, field.share(preference.clause))
    allowed = ~field.impossible()
    for rule in problem.rules.require:
        share = field.share(rule)
        allowed &= share[0] == share[1] if isinstance(share, tuple) else share
    if problem.given:
        points = np.where(field.managed, points, 0)
    return Matrix(points, allowed)


def _gained(most: int, share: Share) -> Numbers:
    """Return the points of a share, halves rounded upwards."""
    if not isinstance(share, tuple):
        return np.where(share, most, 0)
    part, whole = share
    # Where nothing is wanted there is nothing to get.
    return np.where(whole > 0, (2 * most * part + whole) // np.maximum(2 * whole, 1), 0)


@dataclass(frozen=True)
class _Field:
    """The people of a problem, each role along one of the two axes."""

    problem: Problem
    part: slice

    @cached_property
    def roles(self) -> Mapping[str, tuple[Sequence[Participant | None], int]]:
        """The people of each role with their axis; a manager stands where theirs do."""
        problem = self.problem
        found: dict[str, tuple[Sequence[Participant | None], int]] = {
            role: (problem.having(role)[(self.part, _ALL)[axis]], axis)
            for axis, role in enumerate(problem.sides)
        }
        if problem.given:
            those = problem.having(problem.sides[1])
            managers = [problem.managers.get(one.person) for one in those]
            found[problem.given] = managers, 1
        return found

    @property
    def shape(self) -> tuple[int, int]:
        """How many there are on each side."""
        first, second = (len(self.roles[role][0]) for role in self.problem.sides)
        return first, second

    @cached_property
    def managed(self) -> Truths:
        """Whose manager takes part."""
        told = self._told(self.problem.given, lambda _: True, nobody=False)
        return told.astype(np.bool_)

    def impossible(self) -> Truths:
        """Return which pairs are of one person, have said no, or lack a manager."""
        found = np.zeros(self.shape, dtype=np.bool_)
        no: dict[str, set[str]] = {}
        for one, other in self.problem.noes:
            no.setdefault(one, set()).add(other)
        for one_role, other_role in combinations(self.roles, 2):
            for names in (lambda who: {who.person}, lambda who: no.get(who.person, ())):
                found |= self._names(one_role, other_role, names, _person)
            found |= self._names(
                other_role, one_role, lambda who: no.get(who.person, ()), _person
            )
        return found | ~self.managed if self.problem.given else found

    def share(self, clause: Clause) -> Share:
        """Return how much of a clause every pair fulfils."""
        match clause:
            case Alike() | Apart() | Unnamed() | Common() | Near():
                return self._even(clause)
            case Above():
                return self._above(clause)
            case Covers():
                return self._covers(clause)
            case Wished():
                return self._wished(clause)
            case Limit():
                kept = self._told(
                    clause.role,
                    lambda one: meets(clause, value_of(one, clause.column)),
                    nobody=False,
                )
                return kept.astype(np.bool_)
            case _:
                assert_never(clause)

    def _even(self, clause: Even) -> Share:
        match clause:
            case Alike():
                return self._alike(clause)
            case Common():
                return self._common(clause)
            case Near():
                return self._near(clause)
            case _:
                return ~self._mutual(clause)

    def _alike(self, clause: Alike) -> Truths:
        codes: dict[str | int, int] = {}

        def code(one: Participant) -> int:
            value = told(value_of(one, clause.column))
            return -1 if value is None else codes.setdefault(value, len(codes))

        left, right = (self._told(role, code, nobody=-1) for role in self._two(clause))
        same: Truths = (left == right) == clause.same
        return same & (left >= 0) & (right >= 0)

    def _above(self, clause: Above) -> Truths:
        known, steps = self._steps(clause.upper, clause.lower, clause)
        least = True if clause.steps is None else steps >= clause.steps
        most = True if clause.most is None else steps <= clause.most
        return known & least & most

    def _steps(
        self, one: str, other: str, clause: Above | Near
    ) -> tuple[Truths, Numbers]:
        """Return whether both have told where they stand, and the steps between."""
        unknown = np.iinfo(np.int64).min

        def height(who: Participant) -> int:
            step = step_of(value_of(who, clause.column), clause.scale)
            return unknown if step is None else step

        high, low = (self._told(role, height, nobody=unknown) for role in (one, other))
        known: Truths = (high != unknown) & (low != unknown)
        return known, np.where(known, high, 0) - np.where(known, low, 0)

    def _mutual(self, clause: Apart | Unnamed) -> Truths:
        one, other = self._two(clause)
        if isinstance(clause, Apart):
            lines = reporting_lines(self.problem.participants)

            def above(who: Participant) -> Collection[str]:
                return lines[who.person]

            there, back = (
                self._names(*roles, above, _person)
                for roles in ((one, other), (other, one))
            )
            return there | back

        def named(who: Participant) -> Collection[str]:
            return items(value_of(who, clause.column))

        return self._names(one, other, named, _id) | self._names(other, one, named, _id)

    def _covers(self, clause: Covers) -> Share:
        (takers, taker), (givers, giver) = (
            self.roles[role] for role in (clause.taker, clause.giver)
        )
        wants, offers = tag_tables((takers, clause.wanted), (givers, clause.offered))
        whole = self._along(wants.sum(axis=1), taker)
        return shared(wants, offers, (taker, giver)), whole

    def _wished(self, clause: Wished) -> Share:
        others = [role for role in self.problem.sides if role != clause.by]
        people, axis = self.roles[clause.by]
        other, beside = self.roles[clause.of or others[0]]
        wishes = [items(_value(one, clause.column))[: clause.up_to] for one in people]
        lengths = [clause.up_to or len(those) for those in wishes]
        places = places_of(other, _id)
        part = np.zeros(self.shape, dtype=np.int32)
        for here, those in enumerate(wishes):
            for rank, id_ in enumerate(those):
                for there in places.get(id_, ()):
                    gain = lengths[here] - rank
                    if axis == beside:
                        if here == there:
                            part[at(axis, here)] = gain
                    else:
                        part[(here, there) if axis == 0 else (there, here)] = gain
        return part, self._along(np.array(lengths, dtype=np.int32), axis)

    def _common(self, clause: Common) -> Share:
        (ones, one), (others, other) = (self.roles[role] for role in self._two(clause))
        left, right = tag_tables((ones, clause.column), (others, clause.column))
        both = shared(left, right, (one, other))
        sizes = (
            self._along(left.sum(axis=1), one),
            self._along(right.sum(axis=1), other),
        )
        every = sizes[0] + sizes[1] - both
        if clause.least is not None:
            return np.broadcast_to(both >= clause.least, self.shape)
        return (every - both if clause.apart else both), every

    def _near(self, clause: Near) -> Share:
        known, steps = self._steps(*self._two(clause), clause)
        beyond = clause.within + 1
        gained = np.where(known, np.maximum(0, beyond - np.abs(steps)), 0)
        return (gained, np.full_like(gained, beyond)) if clause.graded else gained > 0

    def _names(
        self,
        one: str,
        other: str,
        names: Callable[[Participant], Collection[str]],
        key: Callable[[Participant], str],
    ) -> Truths:
        """Return which of the one role name which of the other."""
        found = np.zeros(self.shape, dtype=np.bool_)
        people, axis = self.roles[one]
        others, beside = self.roles[other]
        places = places_of(others, key)
        for here, who in enumerate(people):
            for name in names(who) if who is not None else ():
                for there in places.get(name, ()):
                    if axis != beside:
                        found[(here, there) if axis == 0 else (there, here)] = True
                    elif here == there:
                        found[at(axis, here)] = True
        return found

    def _two(self, clause: Even) -> tuple[str, str]:
        one, other = clause.between or self.problem.sides
        return one, other

    def _told(
        self, role: str, tell: Callable[[Participant], int], *, nobody: int
    ) -> Numbers:
        """Return what is told of everyone in a role, along their axis."""
        people, axis = self.roles[role]
        values = [nobody if one is None else int(tell(one)) for one in people]
        return self._along(np.array(values, dtype=np.int64), axis)

    def _along(self, values: Numbers, axis: int) -> Numbers:
        return values[:, None] if axis == 0 else values[None, :]


def _value(one: Participant | None, column: str) -> Value:
    return None if one is None else value_of(one, column)
