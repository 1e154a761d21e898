"""Who may lead whom, where several of one role are around one of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.ids import PersonId
from engine.matching.insisting import sided
from engine.matching.problem import Problem
from engine.matching.scoring import Table, tabulate
from engine.matching.ties import mark, tie_of


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

    @cached_property
    def points(self) -> Any:  # noqa: ANN401  # An array of numpy.
        """The points of each two."""
        import numpy as np

        return np.array(self.table.points)

    @cached_property
    def marks(self) -> tuple[Any, Any]:
        """What ties are made of, of each person of either side: arrays of numpy."""
        import numpy as np

        firsts, seconds = (
            np.array([mark(self.seed, one.id) for one in side], dtype=np.uint64)
            for side in (self.table.firsts, self.table.seconds)
        )
        return firsts, seconds

    def tie(self, row: int, column: int) -> int:
        """Return what decides between answers of equal worth."""
        first, second = self.table.firsts[row], self.table.seconds[column]
        return tie_of(self.seed, first.id, second.id)
