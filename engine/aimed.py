"""What each aim of a matching would come to, in points and in people."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.ids import PersonId
from engine.matching import Problem, Solution, solve_anyway
from engine.matching.aims import (
    AIMS,
    BALANCE,
    EVERYONE,
    FIRST,
    TOTAL,
    WORST,
    parse_aims,
    priorities,
)
from engine.problems import problem
from engine.record import Record

_ORDERS = (
    (EVERYONE, WORST, TOTAL),
    (EVERYONE, TOTAL),
    (TOTAL,),
    (EVERYONE, BALANCE, WORST, TOTAL),
    (EVERYONE, FIRST, WORST, TOTAL),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Aimed:
    """What is looked for, most important first, and the best that it comes to."""

    asked: Problem
    solution: Solution

    @property
    def aim(self) -> Sequence[str]:
        """The aims in their order."""
        return self.asked.aim

    @property
    def placed(self) -> frozenset[PersonId]:
        """Who is placed by it."""
        role = self.asked.placed
        return frozenset(
            one for match in self.solution.matches for one in match.members[role]
        )

    @property
    def first(self) -> int:
        """How many are placed of those who were left out last time."""
        return len(self.placed & self.asked.waited)

    @property
    def loads(self) -> tuple[int, int] | None:
        """The fewest and the most that somebody has who may have several, in all.

        None where nobody can have several.
        """
        side, role = self.asked.sides[0], self.asked.placed
        loads = Counter(self.asked.held)
        for match in self.solution.matches:
            loads.update(
                dict.fromkeys(match.members.get(side, ()), len(match.members[role]))
            )
        able = [
            loads[one.person]
            for one in self.asked.having(side)
            if self.asked.places(one.person) or loads[one.person]
        ]
        return (min(able), max(able)) if able else None


def aims(record: Record, kind: str) -> tuple[Aimed, ...]:
    """Return what the programme's own aim comes to, and then what others would.

    Loads are looked at where somebody has room for several matches, and who was left
    out last time where anybody was.
    """
    asked = problem(record, kind)
    role = record.frozen.programme.matches[kind].repeated or ""
    several = any(asked.places(one.person) > 1 for one in asked.having(role))
    others = (
        order
        for order in _ORDERS
        if (several or BALANCE not in order) and (asked.waited or FIRST not in order)
    )
    orders = {priorities(parse_aims(aim)): aim for aim in (asked.aim or AIMS, *others)}
    # Of two that come to the same the programme's own words are told.
    orders[priorities(parse_aims(asked.aim))] = asked.aim or AIMS
    wanted = (replace(asked, aim=aim) for aim in orders.values())
    return tuple(
        Aimed(asked=one, solution=solve_anyway(one, seed=record.id.encode()))
        for one in wanted
    )
