"""Points and barriers of all pairs at once, for programmes of hundreds of people.

Each clause is one operation on whole columns. The numbers are those of `scoring`, which
looks at one pair at a time and is what everything else goes by.
"""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from operator import attrgetter
from typing import Any, assert_never

import numpy as np

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
from engine.matching.field import Field, Truths, along
from engine.matching.findings import meets, step_of
from engine.matching.problem import Problem
from engine.matching.reporting import reporting_lines
from engine.matching.tagging import Numbers
from engine.people import Participant

Share = Truths | tuple[Numbers, Numbers]
"""Whether each pair fulfils a clause, or the part of it, and the whole."""

_ROWS = 128
_SMALL = 1 << 14

_person: Callable[[Participant], str] = attrgetter("person")
_id: Callable[[Participant], str] = attrgetter("id")


@dataclass(frozen=True)
class Matrix:
    """Of every pair, a row for each of the first side.

    Attributes:
        points: Also of forbidden pairs.
        possible: Whether neither of them said no, and they are two.
        broken: How many rules they break.
    """

    points: Numbers
    possible: Truths
    broken: Numbers

    @cached_property
    def allowed(self) -> Truths:
        """Whether nothing forbids it."""
        found: Truths = self.possible & (self.broken == 0)
        return found


def matrix(problem: Problem) -> Matrix:
    """Return points and permission of every pair, in the problem's order of people.

    Some rows at a time, so that what is in between stays small.
    """
    known: dict[Hashable, Any] = {}
    shape = tuple(len(problem.having(side)) for side in problem.sides)
    points = np.zeros(shape, dtype=np.int32)
    possible = np.zeros(shape, dtype=np.bool_)
    broken = np.zeros(shape, dtype=np.int16)
    for start in range(0, shape[0], _ROWS):
        part = slice(start, min(start + _ROWS, shape[0]))
        field = _Shares(problem, part, known)
        possible[part] = ~field.impossible()
        field.add_points(points[part])
        field.add_broken(broken[part])
    return Matrix(points, possible, broken)


def _gained(most: int, part: Numbers, whole: Numbers) -> Numbers:
    """Return the points of a share, halves rounded upwards.

    Parts are few: each is looked up, and none divided.
    """
    parts = np.arange(int(part.max(initial=0)) + 1)
    wholes = np.arange(int(whole.max(initial=0)) + 1)[:, None]
    # Where nothing is wanted there is nothing to get.
    gained = (2 * most * parts + wholes) // np.maximum(2 * wholes, 1)
    known = np.where(wholes > 0, gained, 0).astype(np.int32)
    places = part + whole * np.int32(len(parts))
    # Each is in the table: to look no further after that takes no copy.
    return known.ravel().take(places, mode="clip")


@dataclass(frozen=True)
class _Shares(Field):
    """How much of each clause pairs fulfil."""

    def add_points(self, points: Numbers) -> None:
        """Add what each preference gives."""
        for preference in self.problem.rules.prefer:
            share = self.share(preference.clause)
            if isinstance(share, tuple):
                points += _gained(preference.most, *share)
            else:
                points += share * np.int32(preference.most)
        if self.problem.given:
            points *= self.managed

    def add_broken(self, broken: Numbers) -> None:
        """Add one for each rule that is not kept."""
        for rule in self.problem.rules.require:
            share = self.share(rule)
            kept = share[0] == share[1] if isinstance(share, tuple) else share
            broken += ~kept

    @cached_property
    def managed(self) -> Truths:
        """Whose manager takes part."""
        given = self.problem.given
        told = self.told("managed", given, lambda _: True, nobody=False)
        return told.astype(np.bool_)

    def impossible(self) -> Truths:
        """Return which pairs are of one person, have said no, or lack a manager."""
        found = np.zeros(self.shape, dtype=np.bool_)
        no: dict[str, set[str]] = {}
        for one, other in self.problem.noes:
            no.setdefault(one, set()).add(other)

        def refused(who: Participant) -> Collection[str]:
            return no.get(who.person, ())

        for here, there in combinations(self.roles, 2):
            self.mark(found, "oneself", (here, there), _themselves, _person)
            if no:
                self.mark(found, "no", (here, there), refused, _person)
                self.mark(found, "no", (there, here), refused, _person)
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
                kept = self.told(
                    clause,
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

        left, right = (
            self.told(clause, role, code, nobody=-1) for role in self._two(clause)
        )
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

        told = [
            self.told(clause, one_, height, nobody=unknown) for one_ in (one, other)
        ]
        known: Truths = (told[0] != unknown) & (told[1] != unknown)
        high, low = (np.where(side == unknown, 0, side) for side in told)
        if max(int(np.abs(side).max(initial=0)) for side in (high, low)) < _SMALL:
            high, low = high.astype(np.int16), low.astype(np.int16)
        return known, high - low

    def _mutual(self, clause: Apart | Unnamed) -> Truths:
        one, other = self._two(clause)
        if isinstance(clause, Apart):
            people = self.problem.participants
            lines = self.once("lines", lambda: reporting_lines(people))

            def above(who: Participant) -> Collection[str]:
                line: Collection[str] = lines[who.person]
                return line

            names: Callable[[Participant], Collection[str]] = above
            key: Callable[[Participant], str] = _person
        else:

            def named(who: Participant) -> Collection[str]:
                return items(value_of(who, clause.column))

            names, key = named, _id
        found = np.zeros(self.shape, dtype=np.bool_)
        self.mark(found, clause, (one, other), names, key)
        self.mark(found, clause, (other, one), names, key)
        return found

    def _covers(self, clause: Covers) -> Share:
        wanted, offered = (clause.taker, clause.wanted), (clause.giver, clause.offered)
        (wants, taker), (offers, giver) = self.tags(clause, wanted, offered)
        whole = along(wants.counts(), taker)
        return wants.shared(offers, (taker, giver)), whole

    def _wished(self, clause: Wished) -> Share:
        others = [role for role in self.problem.sides if role != clause.by]

        def wishes(who: Participant) -> Sequence[str]:
            return items(value_of(who, clause.column))[: clause.up_to]

        def length(who: Participant) -> int:
            return clause.up_to or len(wishes(who))

        roles = (clause.by, clause.of or others[0])
        part = np.zeros(self.shape, dtype=np.int32)
        self.mark(part, clause, roles, wishes, _id)
        whole = self.told(clause, clause.by, length, nobody=clause.up_to or 0)
        whole = whole.astype(np.int32)
        # The first wish is marked with 1, and worth as much as there are wishes.
        return np.where(part > 0, whole + 1 - part, 0), whole

    def _common(self, clause: Common) -> Share:
        one_, other_ = ((role, clause.column) for role in self._two(clause))
        (left, one), (right, other) = self.tags(clause, one_, other_)
        both = left.shared(right, (one, other))
        every = along(left.counts(), one) + along(right.counts(), other) - both
        if clause.least is not None:
            return np.broadcast_to(both >= clause.least, self.shape)
        return (every - both if clause.apart else both), every

    def _near(self, clause: Near) -> Share:
        known, steps = self._steps(*self._two(clause), clause)
        beyond = clause.within + 1
        gained = np.where(known, np.maximum(0, beyond - np.abs(steps)), 0)
        return (gained, np.full_like(gained, beyond)) if clause.graded else gained > 0

    def _two(self, clause: Even) -> tuple[str, str]:
        one, other = clause.between or self.problem.sides
        return one, other


def _themselves(who: Participant) -> Collection[str]:
    return (who.person,)
