"""Everyone who may be somebody's buddy, and who of them fit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations

from engine.matching.clauses import Single, Spread
from engine.matching.columns import told, value_of
from engine.matching.parties import Two, conflicts, eligible
from engine.matching.problem import ALIKE, Problem
from engine.matching.rating import points_of_two
from engine.matching.reporting import reporting_lines
from engine.matching.ties import tie_of
from engine.people import Participant


@dataclass(frozen=True, kw_only=True)
class Circle:
    """Everyone who may be somebody's buddy, and who of them fit.

    Attributes:
        members: In an order by seed.
    """

    problem: Problem
    members: Sequence[Participant]
    seed: bytes

    @cached_property
    def points(self) -> Mapping[Two, int]:
        """What each two give who may be together."""
        lines = reporting_lines(self.problem.participants)
        forbidden = set(conflicts(self.problem, self.members))
        found: dict[Two, int] = {}
        for two in combinations(range(len(self.members)), 2):
            people = tuple(self.members[one] for one in two)
            if two not in forbidden and self._fit(people):
                pair = dict(zip(ALIKE, people, strict=True))
                found[two] = points_of_two(self.problem, pair, lines)
        return found

    def _fit(self, people: Sequence[Participant]) -> bool:
        for rule in self.problem.rules.together:
            excused = self.problem.excuses(people[0].person, people[1].person, rule)
            if isinstance(rule, Spread | Single) and not excused:
                one, other = (told(value_of(who, rule.column)) for who in people)
                alike = one == other if None not in (one, other) else None
                if alike is not isinstance(rule, Single):
                    return False
        return True

    @property
    def odd(self) -> bool:
        """Whether one match is of three, if all are placed."""
        return len(self.members) % 2 == 1

    def insisted(self) -> Iterator[Two]:
        """Yield those who are to be buddies, the lower one first."""
        numbers = {one.person: number for number, one in enumerate(self.members)}
        for one, other in sorted(self.problem.pins):
            if one in numbers and other in numbers:
                low, high = sorted((numbers[one], numbers[other]))
                yield low, high

    def tie(self, two: Two) -> int:
        """Return what decides between answers of equal worth."""
        return tie_of(self.seed, *(self.members[one].id for one in two))

    def kept(self, two: Two) -> bool:
        """Return whether these two are together now."""
        running = self.problem.running
        return bool(running) and not running.isdisjoint(
            permutations(self.members[one].person for one in two)
        )


def circle_of(problem: Problem, seed: bytes) -> Circle:
    """Return everyone who may be somebody's buddy."""
    return Circle(problem=problem, members=eligible(problem, seed), seed=seed)
