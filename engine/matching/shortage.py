"""Why not everyone can be matched, and which single exceptions would help.

By Hall's theorem people are left over exactly when some of them share too few possible
partners; the alternating paths from who is left over find these people.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from engine.matching.clauses import Condition, Together
from engine.matching.explain import SHOWN
from engine.matching.result import Shortage, Waiver
from engine.matching.scoring import Barrier
from engine.matching.search import Solved


@dataclass(frozen=True, kw_only=True, slots=True)
class _Group:
    """People of the second side who compete, and everyone they compete for."""

    seconds: set[int] = field(default_factory=set)
    firsts: set[int] = field(default_factory=set)


def shortages(solved: Solved) -> tuple[Shortage, ...]:
    """Return the groups that share too few partners, by the lowest id in them.

    The outcome has to match as many as can be matched.
    """
    problem, table = solved.problem, solved.table
    freeable = _freeable(solved)
    return tuple(
        Shortage(
            role=problem.sides[1],
            people=tuple(table.seconds[one].person for one in sorted(group.seconds)),
            partners=tuple(table.firsts[one].person for one in sorted(group.firsts)),
            places=sum(solved.places[one] for one in group.firsts),
            waivers=_waivers(solved, group, freeable),
        )
        for group in _groups(solved)
    )


def _groups(solved: Solved) -> tuple[_Group, ...]:
    placed = {arc.second for arc in solved.outcome.arcs}
    groups: list[_Group] = []
    for second in range(len(solved.table.seconds)):
        if second in placed:
            continue
        group = _competing(solved, second)
        for other in [one for one in groups if one.firsts & group.firsts]:
            group.seconds.update(other.seconds)
            group.firsts.update(other.firsts)
            groups.remove(other)
        groups.append(group)
    return tuple(sorted(groups, key=lambda group: min(group.seconds)))


def _competing(solved: Solved, second: int) -> _Group:
    """Return everyone on an alternating path from one who is left over."""
    held: dict[int, set[int]] = defaultdict(set)
    for arc in solved.outcome.arcs:
        held[arc.first].add(arc.second)
    group, waiting = _Group(seconds={second}), [second]
    while waiting:
        one = waiting.pop()
        for first in solved.partners(one) - group.firsts:
            group.firsts.add(first)
            waiting.extend(held[first] - group.seconds)
            group.seconds.update(held[first])
    return group


def _freeable(solved: Solved) -> set[int]:
    """Return who of the first side has a free place, or could have by moving others."""
    used = Counter(arc.first for arc in solved.outcome.arcs)
    holders: dict[int, set[int]] = defaultdict(set)
    for arc in solved.outcome.arcs:
        holders[arc.second].add(arc.first)
    places = enumerate(solved.places)
    found = {first for first, room in places if used[first] < room}
    waiting = list(found)
    while waiting:
        movable = solved.possible(waiting.pop())
        opened = {one for second in movable for one in holders[second]} - found
        found |= opened
        waiting.extend(opened)
    return found


def _waivers(
    solved: Solved, group: _Group, freeable: Collection[int]
) -> tuple[Waiver, ...]:
    """Return the cheapest exceptions: fewest rules, most points, lowest ids.

    A veto is a person's no, and is never waived.
    """
    problem, table = solved.problem, solved.table
    cells = solved.exceptions(freeable, group.seconds, most=SHOWN)
    return tuple(
        Waiver(
            members={
                problem.sides[0]: (table.firsts[first].person,),
                problem.sides[1]: (table.seconds[second].person,),
            },
            broken=_rules(table.barriers[first, second]),
            points=table.points[first][second],
        )
        for first, second in cells
    )


def _rules(
    barriers: tuple[Barrier, ...],
) -> tuple[Condition | Together, ...]:
    return tuple(barrier for barrier in barriers if not isinstance(barrier, str))
