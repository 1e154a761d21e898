"""Our answers on the data of mentor-match, whose best answers are known."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from benchmarks.mentor_match import mentor_match
from engine.matching import Problem
from engine.matching.aims import EVERYONE, TOTAL
from engine.matching.clauses import POINTS_PER_WEIGHT
from engine.matching.pooling import pooled
from engine.matching.scoring import tabulate

MOST_PAIRS, MOST_POINTS = (EVERYONE, TOTAL), (TOTAL,)


@cache
def asked(folder: Path, size: int) -> Problem:
    return mentor_match(folder, size)


def test_every_pair_has_the_points_that_the_peer_gives_it(
    mentor_match_data: Path,
) -> None:
    theirs = np.load(mentor_match_data / "scores.npz")["scores"]

    table = tabulate(asked(mentor_match_data, 500))

    ours = np.array(table.points) // POINTS_PER_WEIGHT
    for cell in table.barriers:
        ours[cell] = -1
    assert np.array_equal(ours, theirs)


@pytest.mark.parametrize(
    ("size", "aim", "pairs", "points"),
    [
        (100, MOST_PAIRS, 96, 2037),
        (300, MOST_PAIRS, 292, 6823),
        (500, MOST_PAIRS, 484, 11480),
        (500, MOST_POINTS, 483, 11488),
    ],
)
def test_the_answer_is_the_best_that_is_known(
    mentor_match_data: Path, size: int, aim: tuple[str, ...], pairs: int, points: int
) -> None:
    problem = replace(asked(mentor_match_data, size), aim=aim)

    outcome = pooled(problem, b"peer").outcome

    assert (outcome.value(EVERYONE), outcome.value(TOTAL)) == (
        pairs,
        points * POINTS_PER_WEIGHT,
    )
