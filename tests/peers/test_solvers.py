"""Our best answers against those of scipy, whose solver shares nothing with ours."""

import random
from pathlib import Path

from benchmarks.questions import drawn, write
from benchmarks.rivals import asked
from engine.matching.aims import EVERYONE, TOTAL
from engine.matching.choosing import best

COUNT = 200


def test_two_hundred_questions_have_the_answers_that_scipy_finds(
    tmp_path: Path,
) -> None:
    """Some have several places, some leave people over, in some nobody is allowed."""
    chance = random.Random(1)
    questions = [
        drawn(
            seed,
            firsts=chance.randint(1, 40),
            seconds=chance.randint(1, 40),
            share=chance.choice((0.0, 0.05, 0.2, 0.7, 1.0)),
            most=chance.choice((1, 10, 1000)),
            places=chance.choice((1, 1, 3)),
        )
        for seed in range(COUNT)
    ]
    write(tmp_path / "questions.npz", questions)

    theirs = asked("solvers", "solvers", tmp_path / "questions.npz", "dense")

    found = [best(one.network(), (EVERYONE, TOTAL)) for one in questions]
    ours = [(len(one.arcs), one.value(TOTAL)) for one in found]
    pools = [one.pool() for one in questions]
    points = [pool.at(pool.best((EVERYONE, TOTAL))) for pool in pools]
    pooled = [(len(one), int(one.sum())) for one in points]
    assert ours == [(one.pairs, one.total) for one in theirs]
    assert pooled == ours
    assert len({pairs for pairs, _ in ours}) > COUNT / 10
