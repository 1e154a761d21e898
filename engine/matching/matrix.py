"""Points and barriers of all pairs at once, for programmes of hundreds of people.

Each clause is one operation on whole columns. The numbers are those of `scoring`, which
looks at one pair at a time and is what everything else goes by.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from operator import attrgetter
from typing import Any, assert_never

import numpy as np
from numpy.typing import NDArray

from engine.matching.clauses import (
    Above,
    Alike,
    Apart,
    Clause,
    Covers,
    Limit,
    Unnamed,
    Wished,
)
from engine.matching.columns import items, plain, told, value_of
from engine.matching.findings import meets, step_of
from engine.matching.problem import Problem
from engine.matching.reporting import reporting_lines
from engine.people import Participant, Value

Numbers = NDArray[np.signedinteger[Any]]
Truths = NDArray[np.bool_]
Share = Truths | tuple[Numbers, Numbers]
"""Whether each pair fulfils a clause, or the part of it, and the whole."""

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


def matrix(problem: Problem) -> Matrix:
    """Return points and permission of every pair, in the problem's order of people."""
    field = _Field(problem)
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

    @cached_property
    def roles(self) -> Mapping[str, tuple[Sequence[Participant | None], int]]:
        """The people of each role with their axis; a manager stands where theirs do."""
        problem = self.problem
        found: dict[str, tuple[Sequence[Participant | None], int]] = {
            role: (problem.having(role), axis)
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
            case Alike():
                return self._alike(clause)
            case Apart() | Unnamed():
                return ~self._mutual(clause)
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

    def _alike(self, clause: Alike) -> Truths:
        codes: dict[str | int, int] = {}

        def code(one: Participant) -> int:
            value = told(value_of(one, clause.column))
            return -1 if value is None else codes.setdefault(value, len(codes))

        left, right = (self._told(role, code, nobody=-1) for role in self._two(clause))
        same: Truths = (left == right) == clause.same
        return same & (left >= 0) & (right >= 0)

    def _above(self, clause: Above) -> Truths:
        unknown = np.iinfo(np.int64).min

        def height(one: Participant) -> int:
            step = step_of(value_of(one, clause.column), clause.scale)
            return unknown if step is None else step

        high, low = (
            self._told(role, height, nobody=unknown)
            for role in (clause.upper, clause.lower)
        )
        known: Truths = (high != unknown) & (low != unknown)
        steps = np.where(high == unknown, 0, high) - np.where(low == unknown, 0, low)
        least = True if clause.steps is None else steps >= clause.steps
        most = True if clause.most is None else steps <= clause.most
        return known & least & most

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
        tags: dict[str, int] = {}
        wanted, offered = (
            [[plain(tag) for tag in items(_value(one, column))] for one in people]
            for people, column in (
                (self.roles[clause.taker][0], clause.wanted),
                (self.roles[clause.giver][0], clause.offered),
            )
        )
        for tag in (tag for row in (*wanted, *offered) for tag in row):
            tags.setdefault(tag, len(tags))
        wants, offers = (_counted(rows, tags) for rows in (wanted, offered))
        taker, giver = (self.roles[role][1] for role in (clause.taker, clause.giver))
        whole = self._along(wants.sum(axis=1), taker)
        if taker == giver:
            return self._along((wants * offers).sum(axis=1), taker), whole
        # Exact: counts of tags are far below what such a float holds.
        product = offers.astype(np.float32) @ wants.T.astype(np.float32)
        part = product.astype(np.int32)
        return part if giver == 0 else part.T, whole

    def _wished(self, clause: Wished) -> Share:
        others = [role for role in self.problem.sides if role != clause.by]
        people, axis = self.roles[clause.by]
        other, beside = self.roles[clause.of or others[0]]
        wishes = [items(_value(one, clause.column))[: clause.up_to] for one in people]
        lengths = [clause.up_to or len(those) for those in wishes]
        places = _places(other, _id)
        part = np.zeros(self.shape, dtype=np.int32)
        for here, those in enumerate(wishes):
            for rank, id_ in enumerate(those):
                for there in places.get(id_, ()):
                    gain = lengths[here] - rank
                    if axis == beside:
                        if here == there:
                            part[_at(axis, here)] = gain
                    else:
                        part[(here, there) if axis == 0 else (there, here)] = gain
        return part, self._along(np.array(lengths, dtype=np.int32), axis)

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
        places = _places(others, key)
        for here, who in enumerate(people):
            for name in names(who) if who is not None else ():
                for there in places.get(name, ()):
                    if axis != beside:
                        found[(here, there) if axis == 0 else (there, here)] = True
                    elif here == there:
                        found[_at(axis, here)] = True
        return found

    def _two(self, clause: Alike | Apart | Unnamed) -> tuple[str, str]:
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


def cells(truths: Truths) -> Iterator[tuple[int, int]]:
    """Yield where it is true, row by row."""
    yield from zip(*(index.tolist() for index in np.nonzero(truths)), strict=True)


def _value(one: Participant | None, column: str) -> Value:
    return None if one is None else value_of(one, column)


def _counted(rows: Sequence[Sequence[str]], tags: Mapping[str, int]) -> Numbers:
    found = np.zeros((len(rows), len(tags)), dtype=np.int32)
    for row, those in enumerate(rows):
        for tag in those:
            found[row, tags[tag]] = 1
    return found


def _places(
    people: Sequence[Participant | None], key: Callable[[Participant], str]
) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, one in enumerate(people):
        if one is not None:
            found.setdefault(key(one), []).append(place)
    return found


def _at(axis: int, place: int) -> Any:  # noqa: ANN401  # An index of numpy.
    return (place, slice(None)) if axis == 0 else (slice(None), place)
