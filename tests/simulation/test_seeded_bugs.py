"""Each bug that is planted is caught, and by the oracle that is there for it."""

from dataclasses import replace

import pytest

from tests.simulation.faults import RATES
from tests.simulation.plants import BUGS
from tests.simulation.tracing import ViolationError
from tests.simulation.year import Plan, simulate

SEEDS = (2, 3, 4, 11)
"""In the last of them a relay is out of reach until an invitation is of no use."""
PLAN = Plan(
    cohorts=1,
    edits=14,
    outages=5,
    rates={
        **RATES,
        "killed": 0.03,
        "paused": 0.05,
        "overtaken": 0.1,
        "refused for now": 0.4,
        "reply lost": 0.03,
    },
)
"""One cohort in a year that is worse than most, so that few seeds are needed."""


@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bug = BUGS[name]
    bug.plant(monkeypatch)

    years = (_oracle(seed, replace(PLAN, parts=bug.parts)) for seed in SEEDS)

    assert next(filter(None, years), "") == bug.oracle


def _oracle(seed: int, plan: Plan) -> str:
    """Return what stops a year, or nothing."""
    try:
        simulate(seed, plan)
    except ViolationError as violation:
        return violation.oracle
    return ""


@pytest.mark.parametrize("seed", SEEDS)
def test_with_nothing_planted_the_same_seeds_are_clean(seed: int) -> None:
    simulate(seed, PLAN)
