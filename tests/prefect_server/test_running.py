"""Flows do on a server what commands do without one, and show it there."""

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun, State, TaskRun
from prefect.client.schemas.sorting import FlowRunSort

from engine.commands.decision import RefusedError
from engine.commands.standing import Standing
from engine.commands.unit import Unit
from engine.ids import CohortId
from engine.ports import StoreUnavailableError
from flows.advancing import advance
from flows.current import using
from flows.sweeping import sweep
from flows.wiring import App
from tests.fakes.recorded import advanced, began, example, recorded

COHORT = example().id
PATIENCE = 30.0


@pytest.fixture
def app(tmp_path: Path, api: str) -> App:
    assert api
    return recorded(tmp_path / "mail")


@dataclass
class Flaky:
    """A unit of work whose database is away the first time."""

    unit: Unit
    asked: int = 0

    def standing(self, cohort: CohortId) -> Standing:
        self.asked += 1
        if self.asked == 2:
            raise StoreUnavailableError("the database: away")
        return self.unit.standing(cohort)

    def __getattr__(self, name: str) -> object:
        return getattr(self.unit, name)


def latest(client: SyncPrefectClient, flow: str) -> FlowRun:
    """Return the last run of a flow."""
    flow_id = client.read_flow_by_name(flow).id
    found = client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC)
    return next(run for run in found if run.flow_id == flow_id)


def tasks(client: SyncPrefectClient, run: FlowRun, count: int) -> list[TaskRun]:
    """Return the tasks of a run in order, once the server has noted so many."""
    body = {"flow_runs": {"id": {"any_": [str(run.id)]}}}
    deadline = time.monotonic() + PATIENCE
    found: list[Any] = []
    while len(found) < count and time.monotonic() < deadline:
        time.sleep(0.2)
        answer = client.request("POST", "/task_runs/filter", json=body)
        found = [one for one in answer.json() if one["state_type"] == "COMPLETED"]
    runs = [TaskRun.model_validate(one) for one in found]
    return sorted(runs, key=lambda one: str(one.start_time))


def test_a_run_does_what_the_command_does_and_shows_it(
    app: App, client: SyncPrefectClient, tmp_path: Path
) -> None:
    plain = advanced(recorded(tmp_path / "plain"), now=began())
    due = [one for one in plain.unit.store.facts(COHORT) if one.actor == "schedule"]

    with using(app):
        advance(COHORT, began())

    assert app.unit.store.facts(COHORT) == plain.unit.store.facts(COHORT)
    assert due
    run = latest(client, "advance")
    assert run.name == "aarhus-leadership 2027 · intro"
    assert {row.status for row in app.outbox.standings()} == {"sent"}


def test_tasks_are_shown_by_phase_and_activity(
    app: App, client: SyncPrefectClient
) -> None:
    with using(app):
        advance(COHORT, began())

    names = [one.name for one in tasks(client, latest(client, "advance"), 7)]
    assert names[0].startswith("load-")
    assert "workshops · workshop-2/hold" in names
    assert names[-1].startswith("deliver_mail-")


def test_prefect_is_told_ids_and_moments_only(
    app: App, client: SyncPrefectClient
) -> None:
    with using(app):
        advance(COHORT, began())

    told = latest(client, "advance").parameters
    assert set(told) == {"cohort", "now"}
    assert told["cohort"] == COHORT


def test_a_cohort_that_is_not_recorded_is_refused_at_once(
    app: App, client: SyncPrefectClient
) -> None:
    with using(app), pytest.raises(RefusedError, match="stafet apply"):
        advance("women-in-tech/2027", began())

    assert latest(client, "advance").name == "women-in-tech 2027"


def test_a_database_that_is_away_for_a_moment_is_waited_for(app: App) -> None:
    flaky = Flaky(app.unit)

    with using(replace(app, unit=cast("Unit", flaky))):
        advance(COHORT, began())

    assert flaky.asked > 2
    assert app.unit.store.due(began()) == ()


def test_a_sweep_advances_what_is_overdue(app: App, client: SyncPrefectClient) -> None:
    assert app.unit.store.due(began()) == (COHORT,)

    with using(app):
        states: list[State] = sweep()

    assert [state.is_completed() for state in states] == [True, True]
    assert app.unit.store.due(began()) == ()
    assert latest(client, "advance").name == "aarhus-leadership 2027 · intro"
