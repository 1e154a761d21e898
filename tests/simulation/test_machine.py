"""The same world, driven by a search: what breaks it is made as small as it can be."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from engine import crash
from tests.fakes import kill
from tests.simulation.commands import COMMANDS, ask
from tests.simulation.edits import EDITS
from tests.simulation.faults import Armed
from tests.simulation.machines import Parts
from tests.simulation.plants import NoRecovery
from tests.simulation.tracing import ViolationError
from tests.simulation.world import PAUSES
from tests.simulation.year import Plan, Year

FAULTS = (
    "overtaken",
    "database gone",
    "relay gone",
    "refused for now",
    "refused for good",
    "refused at the dot",
    "reply lost",
    "dot lost",
    "both workers",
    "clicks twice",
    "tries again",
)
POINTS = kill.points("append", "deliver")
PLAN = Plan(cohorts=1, edits=0, commands=0, outages=0)


class SimulationMachine(RuleBasedStateMachine):
    """One cohort, and whatever may go wrong with it, in any order."""

    plan = PLAN

    @initialize(seed=st.integers(0, 99))
    def begin(self, seed: int) -> None:
        self.fortune = Armed()
        self.year = Year(seed, self.plan, self.fortune)
        self.world = self.year.world
        self.cohort = self.year.drafts[0].id
        self.broken = False
        crash.install(self.world.reached)
        self.wait(days=1)

    @rule(days=st.integers(1, 60))
    def wait(self, days: int) -> None:
        with self.noting_what_breaks():
            self.world.live(self.world.time.now + dt.timedelta(days=days))

    @rule(fault=st.sampled_from(FAULTS), nth=st.integers(1, 6))
    def let_go_wrong(self, fault: str, nth: int) -> None:
        self.fortune.order(fault, nth)

    @rule(point=st.sampled_from(POINTS), nth=st.integers(1, 6))
    def let_kill(self, point: str, nth: int) -> None:
        self.fortune.order(point, nth)

    @rule(nth=st.integers(1, 20), length=st.integers(0, len(PAUSES) - 1))
    def let_pause(self, nth: int, length: int) -> None:
        self.fortune.order("paused", nth)
        self.fortune.numbers["pause"] = length

    @rule(hours=st.integers(12, 144), relay_only=st.booleans())
    def go_down(self, hours: int, *, relay_only: bool) -> None:
        length = dt.timedelta(hours=hours)
        if relay_only:
            self.world.lose_relay(length)
        else:
            self.world.go_down(length)

    @rule(name=st.sampled_from(sorted(EDITS)), number=st.integers(0, 9))
    def edit(self, name: str, number: int) -> None:
        with self.noting_what_breaks():
            self.year.coordinator.edit(self.cohort, name, number)
            self.world.observe()

    @contextmanager
    def noting_what_breaks(self) -> Iterator[None]:
        """Leave a broken year alone afterwards: what broke first is what is told."""
        try:
            yield
        except Exception:
            self.broken = True
            raise

    def teardown(self) -> None:
        if not hasattr(self, "year"):
            return
        try:
            if not self.broken:
                self.year.finish()
        finally:
            crash.install(None)
            self.world.engine.dispose()


class CommandedMachine(SimulationMachine):
    """The same, where a coordinator lets people leave, pause and change places too."""

    @rule(name=st.sampled_from(sorted(COMMANDS)), number=st.integers(0, 99))
    def command(self, name: str, number: int) -> None:
        with self.noting_what_breaks():
            ask(self.world, self.cohort, name, number)
            self.world.observe()


class UnrecoveredMachine(SimulationMachine):
    """The same, where what a killed worker held is held for ever."""

    plan = replace(PLAN, parts=Parts(outbox=NoRecovery))


def test_a_failure_is_told_with_nothing_but_what_leads_to_it() -> None:
    search = settings(
        max_examples=60,
        stateful_step_count=6,
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        print_blob=False,
    )

    with pytest.raises(ViolationError, match="stuck") as found:
        run_state_machine_as_test(UnrecoveredMachine, settings=search)

    steps = re.findall(r"state\.(\w+)\(", "\n".join(found.value.__notes__))
    assert set(steps) == {"begin", "let_kill", "wait", "teardown"}
    assert steps.count("let_kill") == 1


CommandedMachine.TestCase.settings = settings(max_examples=20, stateful_step_count=10)
TestSimulation = CommandedMachine.TestCase
