"""Questions of pairs as plain numbers, which every solver can be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.matching.flow import Arc, Network
from engine.matching.pool import Pool

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
        """Return it as our solver is asked; nothing decides between equals."""
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

    def pool(self) -> Pool:
        """Return it as our solver is asked where people are thousands."""
        points = np.full((len(self.places), self.seconds), -1, dtype=np.int32)
        points[self.first, self.second] = self.points
        marks = (np.arange(count, dtype=np.uint64) for count in points.shape)
        first, second = marks
        return Pool(points=points, places=self.places, marks=(first, second))


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
