"""The people of a question in pairs, as columns of numbers: what rules look at."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.matching.clauses import Clause
from engine.matching.problem import Problem
from engine.matching.tagging import Numbers, Tags, places_of, tags_of
from engine.people import Participant

Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Field:
    """Some rows of a problem: its people, each role along one of the two axes.

    Attributes:
        part: Who of the first side is looked at.
        known: What was found out about people for other rows.
    """

    problem: Problem
    part: slice
    known: dict[Hashable, Any]

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
        """How many are looked at of each side."""
        return self.part.stop - self.part.start, len(
            self.roles[self.problem.sides[1]][0]
        )

    def mark(
        self,
        found: Any,  # noqa: ANN401  # Truths, or numbers of places in a list.
        what: Hashable,
        roles: tuple[str, str],
        names: Callable[[Participant], Collection[str]],
        key: Callable[[Participant], str],
    ) -> None:
        """Mark which of the one role name which of the other, and at which place."""
        rows, columns, ranks = self.once(
            ("names", what, roles), lambda: self._named(roles, names, key)
        )
        everywhere = rows < 0
        found[:, columns[everywhere]] = ranks[everywhere]
        here = (rows >= self.part.start) & (rows < self.part.stop)
        found[rows[here] - self.part.start, columns[here]] = ranks[here]

    def _named(
        self,
        roles: tuple[str, str],
        names: Callable[[Participant], Collection[str]],
        key: Callable[[Participant], str],
    ) -> Numbers:
        """Return the same as rows, columns and ranks; row -1 stands for all of them.

        Two roles of the second side, a manager beside whom they bring, go together.
        """
        (people, axis), (others, beside) = (self.roles[role] for role in roles)
        places = self.once(("places", roles[1], key), lambda: places_of(others, key))
        found: list[tuple[int, int, int]] = []
        for here, who in enumerate(people):
            for rank, name in enumerate(names(who) if who is not None else (), start=1):
                for there in places.get(name, ()):
                    if axis != beside:
                        cell = (here, there) if axis == 0 else (there, here)
                        found.append((*cell, rank))
                    elif here == there:
                        found.append((-1, here, rank))
        return np.array(found, dtype=np.int64).reshape(-1, 3).T

    def tags(
        self, clause: Clause, *sides: tuple[str, str]
    ) -> Sequence[tuple[Tags, int]]:
        """Return who of each role names what in a column, and along which axis."""
        whole = self.once(
            ("tags", clause),
            lambda: tags_of(*((self.roles[role][0], column) for role, column in sides)),
        )
        axes = (self.roles[role][1] for role, _ in sides)
        return [
            (Tags(tags.words[self.part]) if axis == 0 else tags, axis)
            for tags, axis in zip(whole, axes, strict=True)
        ]

    def told(
        self,
        what: Hashable,
        role: str,
        tell: Callable[[Participant], int],
        *,
        nobody: int,
    ) -> Numbers:
        """Return what is told of everyone in a role, along their axis."""
        people, axis = self.roles[role]

        def values() -> Numbers:
            told = (nobody if one is None else int(tell(one)) for one in people)
            return np.fromiter(told, dtype=np.int64, count=len(people))

        found: Numbers = self.once(("told", what, role), values)
        return along(found[self.part] if axis == 0 else found, axis)

    def once(self, what: Hashable, find: Callable[[], Any]) -> Any:  # noqa: ANN401
        """Return what is found out once for all rows."""
        if what not in self.known:
            self.known[what] = find()
        return self.known[what]


def along(values: Numbers, axis: int) -> Numbers:
    """Return values of people along their axis, one wide along the other."""
    return values[:, None] if axis == 0 else values[None, :]
