"""Whether matches repeat, and what is left where there are none."""

import datetime as dt
import subprocess
import sys
from typing import Any

import pytest
from sqlalchemy import Engine

from engine.commands.apply import Files
from engine.facts import Proposed, Raised, encode
from engine.matching import SOLVERS
from tests.fakes.cohort_files import MENTEES
from tests.fakes.cohorts import PEOPLE, Live, person, recorded, small_files
from tests.fakes.kill import ROOT
from tests.fakes.stored import stored

SOLVED = dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC)
APPROVE = "approve-matches/pair"
ELSEWHERE = "from tests.proofs.test_matching import tell; tell()"


class TestMatching:
    """R13 of the promise."""

    def test_r13_the_same_people_and_seed_have_the_same_matches_in_any_process(
        self, engine: Engine
    ) -> None:
        here = _proposed(stored(engine, _alike("2027")))

        there = _told_elsewhere(PYTHONHASHSEED="7")

        assert there == here
        other_seed = _proposed(recorded(_alike("2028")))
        assert other_seed != here

    def test_r13_where_nobody_may_be_matched_there_is_one_task_and_no_match(
        self, engine: Engine
    ) -> None:
        people = [person(one.id, department="Kultur") for one in PEOPLE]
        live = stored(engine, small_files(people=people))

        live.until(SOLVED)
        live.until(SOLVED + dt.timedelta(days=2))

        (found,) = live.facts(Proposed)
        assert found.matches == ()
        assert {live.record.people[one].id for one in found.unmatched} >= {*MENTEES}
        assert _tasks(live) == [APPROVE]
        assert live.state.matches == {}

    def test_r13_a_solver_that_is_out_of_time_leaves_no_part_and_then_one_task(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """However it is ended, it has no answer and raises."""

        def late(*_: object, **__: object) -> Any:  # noqa: ANN401  # It never returns.
            raise TimeoutError("out of time")

        live = stored(engine)
        with monkeypatch.context() as patch:
            patch.setitem(SOLVERS, "pairs", late)
            with pytest.raises(TimeoutError):
                live.until(SOLVED)
            left = (live.facts(Proposed), _tasks(live), live.state.matches)

        live.until(SOLVED)

        assert left == ((), [], {})
        assert [len(one.matches) for one in live.facts(Proposed)] == [2]
        assert _tasks(live) == [APPROVE]


def tell() -> None:
    """Say what is proposed."""
    sys.stdout.write(_proposed(recorded(_alike("2027"))))


def _alike(cohort: str) -> Files:
    """Return a cohort in which everybody suits everybody: the seed decides."""
    mentors = [person(f"mentor-{number}") for number in range(12)]
    mentees = [
        person(f"mentee-{number}", roles=("mentee",), department="Teknik")
        for number in range(12)
    ]
    named = {"cohort: 2027": f"cohort: {cohort}"}
    return small_files(cohort=named, people=[*mentors, *mentees])


def _proposed(live: Live) -> str:
    live.until(SOLVED)
    (found,) = live.facts(Proposed)
    assert len(found.matches) == 12
    return encode(found)


def _tasks(live: Live) -> list[str]:
    """Return every task about matches that was ever raised."""
    return [one.task for one in live.facts(Raised) if "match" in one.task]


def _told_elsewhere(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
