"""Whole years among faults, in which every promise of the notes holds."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from engine.timeline.days import Days
from tests.simulation import run
from tests.simulation.commands import NAMES, carried_out
from tests.simulation.faults import RATES
from tests.simulation.machines import Parts
from tests.simulation.plants import NoFence
from tests.simulation.world import counts
from tests.simulation.year import Plan, simulate

ROOT = Path(__file__).parents[2]
SMALL = Plan(cohorts=1, edits=4)
BUSY = Plan(commands=40)
MANY_PAUSES = {**RATES, "paused": 0.2}
TOLD = """
import sys
from tests.simulation.year import Plan, simulate
print(simulate(int(sys.argv[1]), Plan(cohorts=1, edits=4)).time.digest)
"""


def test_a_year_keeps_every_promise() -> None:
    world = simulate(1)

    seen = counts(world)
    faults = ("killed", "paused", "overtaken", "outage", "edit", "lost", "failed")
    assert all(seen[fault] > 0 for fault in faults)
    oracles = ("decided", "idle", "arrived", "updates", "agreed", "remembered")
    assert all(world.judge.checked[oracle] > 10 for oracle in oracles)
    assert world.judge.checked["excused doubles"] > 0


def test_everything_that_is_done_by_command_is_done_in_these_years() -> None:
    worlds = [simulate(seed, BUSY) for seed in (2, 4)]

    done = sum((carried_out(world) for world in worlds), Counter[str]())
    by_people = ("approve", "attend", "book-meeting", "did-you-meet", "reply")
    assert not {*NAMES, *by_people} - set(done)
    told = [line for world in worlds for line in world.time.lines if "attended" in line]
    assert any('"came":false' in line for line in told)


def test_the_same_seed_has_the_same_trace_in_any_process() -> None:
    here = simulate(7, SMALL).time

    there = _elsewhere(7, PYTHONHASHSEED="7", TZ="Pacific/Apia")

    assert len(here.lines) > 500
    assert here.digest == there


def _elsewhere(seed: int, **environment: str) -> str:
    """Return the trace of a year that another process lives through."""
    done = subprocess.run(
        [sys.executable, "-c", TOLD, str(seed)],
        cwd=ROOT,
        env={"PATH": "", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_broken_promise_is_told_with_the_command_that_replays_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    worse = Plan(cohorts=1, parts=Parts(outbox=NoFence), rates=MANY_PAUSES)
    monkeypatch.setattr(run, "plan_of", lambda _seed: worse)

    code = run.main(["--years", "3", "--seed", "5"])

    said = capsys.readouterr().out
    assert code == 1
    assert "seed 5: physical double: " in said
    assert said.endswith("To replay it: make simulate YEARS=1 SEED=5\n")


def test_code_that_fails_is_told_with_the_command_that_replays_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Days, "nearest", _fail)

    code = run.main(["--years", "1", "--seed", "2"])

    said = capsys.readouterr().out
    assert code == 1
    assert "ZeroDivisionError: planted" in said
    assert said.endswith("To replay it: make simulate YEARS=1 SEED=2\n")


def _fail(*_args: object) -> None:
    raise ZeroDivisionError("planted")


def test_years_are_told_in_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "plan_of", lambda _seed: SMALL)

    code = run.main(["--years", "1", "--seed", "7"])

    head, line, last = capsys.readouterr().out.splitlines()
    told = dict(zip(head.split(), line.split(), strict=True))
    world = simulate(7, SMALL)
    assert code == 0
    assert told["trace"] == world.time.digest
    assert told["mails"] == str(len(world.relay.arrivals))
    assert last.startswith("1 years, trace ")
