"""What another buddy would cost, by a matching of all the others."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from engine.ids import PersonId
from engine.matching.aims import EVERYONE, FIRST, TOTAL, WORST, Aim
from engine.matching.blossom import above, best_twos, insisting, twos_of
from engine.matching.circle import Circle
from engine.matching.flow import Arc, Network, Outcome
from engine.matching.parties import Two
from engine.matching.resolving import Option
from engine.matching.result import Price
from engine.matching.search import floors_in, highest_floor, values_of

_FLOORS = (1, 8, 64)
"""How many of the highest floors are looked at, one after the other."""

_NEAR = 8
"""How much less a price takes where all but the twos above a floor are left aside."""


@dataclass(frozen=True, kw_only=True)
class Retwinning:
    """The best twos, where all are even in number.

    Attributes:
        order: How the aims count.
    """

    circle: Circle
    order: tuple[Aim, ...]

    @property
    def work(self) -> int:
        """What a price takes, in twos that are looked at."""
        if self.order.index(WORST) > self.order.index(TOTAL):
            return len(self._given.arcs) // 2
        floor = self._now.value(WORST)
        return sum(arc.points >= floor for arc in self._given.arcs) // _NEAR

    def options(self, person: PersonId) -> Sequence[Option]:
        """Return whom somebody could have instead: the most points, the lower ids."""
        members, own = self.circle.members, self._numbers.get(person)
        if own is None or own not in self._mates:
            return []
        others = [
            (points, members[other])
            for other, points in self._by_member[own]
            if other != self._mates[own]
        ]
        ranked = sorted(others, key=lambda one: (-one[0], one[1].id))
        return [(one.person, points) for points, one in ranked]

    def price(self, two: tuple[PersonId, PersonId]) -> Price | None:
        """Return what it costs to insist on these two; None if they are with others."""
        one, other = sorted(self._numbers[person] for person in two)
        if any({one, other} & {arc.first, arc.second} for arc in self._given.fixed):
            return None
        then = self._with((one, other))
        lost = {aim: self._now.value(aim) - then.value(aim) for aim in self.order}
        return Price(
            pairs=2 * lost[EVERYONE],
            worst=lost[WORST],
            total=lost[TOTAL],
            first=lost.get(FIRST, 0),
        )

    def _with(self, two: Two) -> Outcome:
        """Return the best twos with these two; nothing is better than without them.

        Above a high floor there are few to choose from, and mostly enough: such
        floors are looked at first.
        """
        before = self.order[: self.order.index(WORST)]
        goal, given = values_of(self._now, before), insisting(self._given, two)
        floors = [one for one in floors_in(given) if one <= self._now.value(WORST)]
        for many in _FLOORS if floors else ():
            few = tuple(floors[-many:])
            near = replace(
                given, arcs=tuple(arc for arc in given.arcs if arc.points >= few[0])
            )
            floor = highest_floor(partial(above, near), before, goal, few)
            if floor is not None:
                return above(near, self.order, floor=floor)
        return best_twos(given, self.order)

    @cached_property
    def _given(self) -> Network:
        return twos_of(self.circle)

    @cached_property
    def _now(self) -> Outcome:
        return best_twos(self._given, self.order)

    @cached_property
    def _by_member(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (one, other), points in self.circle.points.items():
            found[one].append((other, points))
            found[other].append((one, points))
        return found

    @cached_property
    def _mates(self) -> Mapping[int, int]:
        return {one: other for arc in self._now.arcs for one, other in _both_ways(arc)}

    @cached_property
    def _numbers(self) -> Mapping[PersonId, int]:
        return {one.person: number for number, one in enumerate(self.circle.members)}


def _both_ways(arc: Arc) -> tuple[Two, Two]:
    return (arc.first, arc.second), (arc.second, arc.first)
