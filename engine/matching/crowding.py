"""Which people share too few groups: Hall's theorem with a limit in each group.

From whoever is left over the ways lead to each group that they may be in, and on to
whoever is in their way: all of a full group, or those of their department where that is
full. These people have no more places than they fill.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from engine.matching.laminar import Room, room_size, seats_of
from engine.matching.leading import Leading
from engine.matching.result import Shortage
from engine.matching.scoring import Cell

Place = tuple[int, Room]
"""A department in a group."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Crowd:
    """Who competes, and for what.

    Attributes:
        groups: All of whose places they compete for.
        rooms: Departments in other groups, which are full by themselves.
    """

    people: set[int]
    groups: set[int] = field(default_factory=set)
    rooms: set[Place] = field(default_factory=set)


def crowded(leading: Leading, cells: Collection[Cell]) -> tuple[Shortage, ...]:
    """Return who shares too few places, in groups that place as many as can be.

    Args:
        leading: Who may lead whom.
        cells: Each full group with whoever is in it, as a flow has found them.
    """
    problem, table = leading.problem, leading.table
    placed = {column for _, column in cells}
    left = {column for column in range(len(table.seconds)) if column not in placed}
    if not left:
        return ()
    crowd = _competing(leading, cells, left)
    rooms = {room for room in crowd.rooms if room[0] not in crowd.groups}
    found = {*crowd.groups, *(group for group, _ in rooms)}
    rows = sorted({leading.leaders[group] for group in found})
    places = sum(room_size(problem, room) for _, room in rooms)
    return (
        Shortage(
            role=problem.placed,
            people=tuple(table.seconds[one].person for one in sorted(crowd.people)),
            partners=tuple(table.firsts[row].person for row in rows),
            places=places + len(crowd.groups) * problem.most,
        ),
    )


def _competing(
    leading: Leading, cells: Collection[Cell], left: Collection[int]
) -> _Crowd:
    """Return everyone who is in the way of whoever is left over, or of one of these."""
    open_to: dict[int, list[Place]] = defaultdict(list)
    in_room: dict[Place, set[int]] = defaultdict(set)
    in_group: dict[int, set[int]] = defaultdict(set)
    for group, column, room in seats_of(leading):
        if (group, column) in cells:
            in_room[group, room].add(column)
            in_group[group].add(column)
        else:
            open_to[column].append((group, room))
    crowd, waiting = _Crowd(people={*left}), [*left]
    while waiting:
        for place in open_to[waiting.pop()]:
            group, room = place
            if group in crowd.groups or place in crowd.rooms:
                continue
            if len(in_room[place]) == room_size(leading.problem, room):
                crowd.rooms.add(place)
                rivals = in_room[place]
            else:
                crowd.groups.add(group)
                rivals = in_group[group]
            waiting += rivals - crowd.people
            crowd.people.update(rivals)
    return crowd
