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
from engine.people import Participant

_NOTHING = -1
_EVERYTHING = 1 << 31


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
    # imported here: numpy takes longer than a small programme
    import numpy as np

    from engine.matching.matrix import matrix

    firsts, seconds = (problem.having(side) for side in problem.sides)
    held: dict[PersonId, list[int]] = defaultdict(list)
    for match in matches:
        for (person,) in match.members.values():
            held[person].append(match.points)

    def worst(one: Participant) -> int:
        places = problem.places(one.person)
        if len(held[one.person]) < places:
            return _NOTHING
        # Who has no place at all has nobody to give up.
        return min(held[one.person], default=_NOTHING) if places else _EVERYTHING

    had = [max(held[one.person], default=_NOTHING) for one in seconds]
    found = matrix(problem)
    better = found.points > np.array([worst(one) for one in firsts])[:, None]
    better &= found.allowed & (found.points > np.array(had)[None, :])
    for row, column in np.argwhere(better).tolist():
        yield firsts[row].person, seconds[column].person
