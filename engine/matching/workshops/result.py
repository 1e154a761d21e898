"""Groups over several days, and how good they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.matching.workshops.question import Day, Workshop
from engine.matching.workshops.seats import Seats


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """One answer.

    Attributes:
        days: Groups of each day; people of a group, and groups, in order of id.
        repeats: How often two meet who have met on a day before.
        imbalance: By column, how many are too many or too few of their value in a
            group, where the floor and the ceiling of a fair share are both right.
        together: How often two sit together who must not: only where it was not
            possible to part them.
        least: No answer has fewer repeats than this.
    """

    days: tuple[Day, ...]
    repeats: int
    imbalance: Mapping[str, int]
    together: int
    least: int

    @property
    def proven(self) -> bool:
        """Whether nobody can find groups with fewer repeats."""
        return self.repeats == self.least

    @cached_property
    def out_of_place(self) -> int:
        """How many are too many or too few, over all columns."""
        return sum(self.imbalance.values())


def grouping_of(workshop: Workshop, seats: Seats) -> Grouping:
    """Return what the seats have come to."""
    return Grouping(
        days=seats.days(),
        repeats=seats.repeats(),
        imbalance=seats.imbalance(),
        together=seats.together(),
        least=workshop.least_repeats,
    )
