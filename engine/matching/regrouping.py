"""What another group would cost somebody, where a flow has found the groups."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.ids import PersonId
from engine.matching.explain import SHOWN
from engine.matching.laminar import Room, room_size, seats_of
from engine.matching.leading import Leading
from engine.matching.residual import Edge, Residual, cheapest, left_open
from engine.matching.result import Alternative, Price
from engine.matching.scoring import Cell


@dataclass(frozen=True, kw_only=True)
class Regrouping:
    """Groups that are all full, so that whoever comes in sends somebody on.

    Attributes:
        cells: Each group with whoever is in it.
    """

    leading: Leading
    cells: Collection[Cell]

    @property
    def tells(self) -> bool:
        """Whether every circle leaves all groups full; else no circle tells a price."""
        room = len(self.leading.leaders) * self.leading.problem.most
        return len(self.cells) == room > 0

    def alternatives(self, column: int) -> tuple[Alternative, ...]:
        """Return the cheapest other leaders of somebody; nobody is left over by them.

        The price is exact, as if all were solved again. Of two at the same price the
        one with more points comes first, then the lower id.
        """
        table, leaders = self.leading.table, self.leading.leaders
        own = {leaders[group] for group, one in self.cells if one == column}
        points = {
            group: table.points[leaders[group]][column]
            for group in self._possible.get(column, ())
            if leaders[group] not in own
        }
        choices = {
            group: (self._rooms[self._seats[group, column]], self._reward + worth)
            for group, worth in points.items()
        }
        # Somebody may lead several groups, and is told once.
        most = SHOWN * max(Counter(leaders).values())
        lost = cheapest(self._residual, column + self._firsts, choices, most=most)
        ranked = sorted((lost[one], -points[one], leaders[one]) for one in lost)
        found: dict[int, Alternative] = {}
        for total, worth, row in ranked:
            if 2 * total < self._reward:
                alternative = Alternative(
                    person=table.seconds[column].person,
                    partner=table.firsts[row].person,
                    points=-worth,
                    price=Price(pairs=0, worst=0, total=total),
                )
                found.setdefault(row, alternative)
        return tuple(found.values())[:SHOWN]

    def by_person(self) -> Mapping[PersonId, tuple[Alternative, ...]]:
        """Return the alternatives of everybody who is to be placed."""
        seconds = self.leading.table.seconds
        return {
            one.person: self.alternatives(column) for column, one in enumerate(seconds)
        }

    @cached_property
    def _seats(self) -> Mapping[Cell, tuple[int, Room]]:
        return {
            (group, column): (group, room)
            for group, column, room in seats_of(self.leading)
        }

    @cached_property
    def _possible(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for group, column in self._seats:
            found.setdefault(column, []).append(group)
        return found

    @cached_property
    def _rooms(self) -> Mapping[tuple[int, Room], int]:
        """The node of each room; groups stand before them."""
        rooms = dict.fromkeys(self._seats.values())
        first = len(self.leading.leaders)
        return {room: first + number for number, room in enumerate(rooms)}

    @property
    def _firsts(self) -> int:
        """How many nodes stand before those of the people."""
        return len(self.leading.leaders) + len(self._rooms)

    @cached_property
    def _reward(self) -> int:
        return 2 * self.leading.ceiling + 1

    @cached_property
    def _residual(self) -> Residual:
        size = self._firsts + len(self.leading.table.seconds) + 1
        return left_open(
            self._edges(size - 1),
            size=size,
            firsts=self._firsts,
            reward=self._reward,
        )

    def _edges(self, root: int) -> Iterator[Edge]:
        table, leaders, chosen = self.leading.table, self.leading.leaders, {*self.cells}
        used = Counter(self._seats[cell] for cell in chosen)
        for (group, column), room in self._seats.items():
            one, other = self._rooms[room], self._firsts + column
            worth = self._reward + table.points[leaders[group]][column]
            if (group, column) in chosen:
                yield other, one, worth
            else:
                yield one, other, -worth
        for room, node in self._rooms.items():
            if used[room]:
                yield node, room[0], 0
            if used[room] < room_size(self.leading.problem, room[1]):
                yield room[0], node, 0
        placed = {column for _, column in chosen}
        for column in range(len(table.seconds)):
            ends = (self._firsts + column, root)
            yield (*(ends[::-1] if column in placed else ends), 0)
        for group in range(len(leaders)):
            yield group, root, 0
