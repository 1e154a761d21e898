"""Each bug that is planted is caught, and by the oracle that is there for it."""

from dataclasses import replace

import pytest

from tests.simulation.faults import RATES
from tests.simulation.plants import BUGS
from tests.simulation.tracing import ViolationError
from tests.simulation.year import Plan, simulate

PLAN = Plan(
    cohorts=1,
    edits=14,
    commands=0,
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

YEARS = {
    (seed, bug.cohorts, bug.commands) for bug in BUGS.values() for seed in bug.seeds
}
"""Every year in which a bug is looked for."""


@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bug = BUGS[name]
    bug.plant(monkeypatch)

    plan = replace(PLAN, parts=bug.parts, cohorts=bug.cohorts, commands=bug.commands)
    years = (_oracle(seed, plan) for seed in bug.seeds)

    assert next(filter(None, years), "") == bug.oracle


def _oracle(seed: int, plan: Plan) -> str:
    """Return what stops a year, or nothing."""
    try:
        simulate(seed, plan)
    except ViolationError as violation:
        return violation.oracle
    return ""


@pytest.mark.parametrize(("seed", "cohorts", "commands"), sorted(YEARS))
def test_with_nothing_planted_the_same_years_are_clean(
    seed: int, cohorts: int, commands: int
) -> None:
    simulate(seed, replace(PLAN, cohorts=cohorts, commands=commands))
