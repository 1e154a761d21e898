"""Two who would both rather have each other than whom they have.

D. Gale and L. S. Shapley: College Admissions and the Stability of Marriage. American
Mathematical Monthly 69 (1962). The points of a match are the same for both of its sides
here, so that somebody prefers whoever gives more of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from engine.ids import PersonId
from engine.matching.problem import Problem
from engine.matching.result import Match
from engine.matching.scoring import tabulate

_NOTHING = -1


def blocking(
    problem: Problem, matches: Sequence[Match]
) -> tuple[tuple[PersonId, PersonId], ...]:
    """Return every such two of a match of pairs, the first side first.

    The best total leaves some of them, and to leave none costs points: it is told how
    many there are, so that somebody who asks can be answered.
    """
    if problem.shape != "pairs" or problem.rules.several:
        return ()
    return tuple(_blocking(problem, matches))


def _blocking(
    problem: Problem, matches: Sequence[Match]
) -> Iterator[tuple[PersonId, PersonId]]:
    table = tabulate(problem)
    held: dict[PersonId, list[int]] = defaultdict(list)
    for match in matches:
        for (person,) in match.members.values():
            held[person].append(match.points)
    for row, column in table.allowed:
        first, second = table.firsts[row].person, table.seconds[column].person
        free = len(held[first]) < problem.places(first)
        worst = _NOTHING if free else min(held[first], default=_NOTHING)
        points = table.points[row][column]
        # Who has no place at all has nobody to give up.
        able = problem.places(first) > 0
        if able and points > worst and points > max(held[second], default=_NOTHING):
            yield first, second
