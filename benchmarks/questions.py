"""Questions of pairs as plain numbers, which every solver can be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.matching.flow import Arc, Network
from engine.matching.pool import Pool
from engine.matching.prices import Edges

Numbers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Who may be with whom, and for how many points.

    Attributes:
        first, second, points: Of each pair that is allowed; points are 0 or more.
        places: Matches that each of the first side may have.
        seconds: How many there are on the second side.
    """

    first: Numbers
    second: Numbers
    points: Numbers
    places: Numbers
    seconds: int

    def network(self) -> Network:
        """Return it as our solver of small questions is asked, with no ties."""
        arcs = zip(
            self.first.tolist(),
            self.second.tolist(),
            self.points.tolist(),
            strict=True,
        )
        return Network(
            places=tuple(self.places.tolist()),
            seconds=self.seconds,
            arcs=tuple(
                Arc(first=first, second=second, points=points, tie=0)
                for first, second, points in sorted(arcs)
            ),
        )

    def edges(self) -> Edges:
        """Return its pairs alone, in the order of the first side."""
        order = np.lexsort((self.second, self.first))
        return Edges(firsts=self.first[order], seconds=self.second[order])

    def pool(self) -> Pool:
        """Return it as our solver of many people is asked."""
        points = np.full((len(self.places), self.seconds), -1, dtype=np.int32)
        points[self.first, self.second] = self.points
        first, second = (np.arange(count, dtype=np.uint64) for count in points.shape)
        return Pool(
            points=points,
            places=self.places,
            marks=(first, second),
            early=np.zeros(self.seconds, dtype=np.bool_),
        )


def drawn(
    seed: int, *, firsts: int, seconds: int, share: float, most: int, places: int = 1
) -> Question:
    """Return a question in which about a share of all pairs is allowed.

    Points are those of many rules added up: few pairs have very many.

    Args:
        seed: Of the draw.
        firsts: How many there are on the first side.
        seconds: How many on the second.
        share: Which part of all pairs is allowed.
        most: No pair has more points.
        places: The most that one of the first side may have.
    """
    random = np.random.default_rng(seed)
    points = random.binomial(most, 0.3, size=(firsts, seconds)).astype(np.int64)
    first, second = np.nonzero(random.random((firsts, seconds)) < share)
    return Question(
        first=first,
        second=second,
        points=points[first, second],
        places=random.integers(1, places + 1, size=firsts),
        seconds=seconds,
    )


def ruled(seed: int, *, seconds: int, each: int, share: float = 0.7) -> Question:
    """Return a question of mentees and mentors with several places each.

    Points are those of rules that are kept or not, as strengths and goals, places and
    levels have it.

    Args:
        seed: Of the draw.
        seconds: How many mentees there are.
        each: Places of a mentor in the middle: some have one fewer or more.
        share: Which part of all pairs is allowed.
    """
    random = np.random.default_rng(seed)
    firsts = seconds // each
    strengths = (random.random((firsts, 12)) < 1 / 3).astype(np.float32)
    goals = (random.random((seconds, 12)) < 1 / 4).astype(np.float32)
    home, other = random.integers(0, 6, firsts), random.integers(0, 6, seconds)
    level, lower = random.integers(0, 5, firsts), random.integers(0, 4, seconds)
    above = np.clip(level[:, None] - lower[None, :], 0, 2)
    points = 10 * (strengths @ goals.T).astype(np.int64) + 3 * above
    points += 2 * (home[:, None] == other[None, :])
    first, second = np.nonzero(random.random((firsts, seconds)) < share)
    return Question(
        first=first,
        second=second,
        points=points[first, second],
        places=random.integers(each - 1, each + 2, firsts),
        seconds=seconds,
    )


def pruned(question: Question, best: int) -> Question:
    """Return the question with only the best pairs of each person, of both sides."""
    keep = np.zeros(len(question.points), dtype=np.bool_)
    for side in (question.first, question.second):
        order = np.lexsort((-question.points, side))
        starts = np.searchsorted(side[order], side[order], side="left")
        keep[order[np.arange(len(order)) - starts < best]] = True
    return Question(
        first=question.first[keep],
        second=question.second[keep],
        points=question.points[keep],
        places=question.places,
        seconds=question.seconds,
    )


def write(file: Path, questions: Sequence[Question]) -> None:
    """Write questions into a file (`.npz`) for an interpreter of another's."""
    arrays: dict[str, Numbers] = {"count": np.array(len(questions))}
    for number, one in enumerate(questions):
        told = vars(one) | {"seconds": np.array(one.seconds)}
        arrays |= {f"{number}/{name}": array for name, array in told.items()}
    np.savez(file, allow_pickle=False, **arrays)
