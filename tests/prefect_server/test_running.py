"""Flows do on a server what commands do without one, and show it there."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterKey,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterStartTime,
)
from prefect.client.schemas.objects import FlowRun, State, TaskRun
from prefect.client.schemas.sorting import FlowRunSort

from engine.commands.advance import due_action, perform
from engine.commands.decision import RefusedError
from engine.commands.standing import Standing
from engine.commands.unit import Unit
from engine.ids import CohortId
from engine.ports import StoreUnavailableError
from flows.advancing import advance, run_name, task_name
from flows.current import using
from flows.sweeping import sweep
from flows.wiring import App
from tests.fakes.prefect_home import Server
from tests.fakes.prefect_page import kept, private
from tests.fakes.process import until
from tests.fakes.recorded import advanced, began, example, recorded

COHORT = example().id
PROPOSED = dt.timedelta(days=95)


@pytest.fixture
def app(tmp_path: Path, server: Server) -> App:
    assert server.address
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
    """Return the run of a flow that began last; scheduled ones have not begun."""
    found = client.read_flow_runs(
        flow_filter=FlowFilter(name=FlowFilterName(any_=[flow])),
        flow_run_filter=FlowRunFilter(
            start_time=FlowRunFilterStartTime(is_null_=False)
        ),
        sort=FlowRunSort.START_TIME_DESC,
        limit=1,
    )
    return found[0]


def tasks(client: SyncPrefectClient, run: FlowRun, count: int) -> list[TaskRun]:
    """Return the tasks of a run in order, once the server has noted so many."""
    body = {"flow_runs": {"id": {"any_": [str(run.id)]}}}

    def completed() -> list[TaskRun]:
        answer = client.request("POST", "/task_runs/filter", json=body)
        return [
            TaskRun.model_validate(one)
            for one in answer.json()
            if one["state_type"] == "COMPLETED"
        ]

    until(lambda: len(completed()) >= count)
    return sorted(completed(), key=lambda one: str(one.start_time))


def performed(app: App, *, now: dt.datetime) -> list[str]:
    """Do what is due plainly; return how tasks for that are called."""
    names = []
    while action := due_action(app.unit, COHORT, now=now):
        names.append(task_name(action))
        perform(app.unit, COHORT, action.id, now=now)
    return names


def test_a_run_does_what_the_command_does_and_shows_it(
    app: App, client: SyncPrefectClient, tmp_path: Path
) -> None:
    plain = advanced(recorded(tmp_path / "plain"), now=began())
    due = [one for one in plain.unit.store.facts(COHORT) if one.actor == "schedule"]
    name = run_name(app, COHORT, began())

    with using(app):
        advance(COHORT, began())

    assert app.unit.store.facts(COHORT) == plain.unit.store.facts(COHORT)
    assert due
    assert latest(client, "advance").name == name
    assert {row.status for row in app.outbox.standings()} == {"sent"}


def test_tasks_are_shown_by_phase_and_activity(
    app: App, client: SyncPrefectClient, tmp_path: Path
) -> None:
    wanted = performed(recorded(tmp_path / "plain"), now=began())

    with using(app):
        advance(COHORT, began())

    run = latest(client, "advance")
    names = [one.name for one in tasks(client, run, len(wanted) + 4)]
    assert names[1:-3] == wanted
    assert "workshops · workshop-2/hold" in wanted
    assert [name.rpartition("-")[0] for name in (names[0], *names[-3:])] == [
        "load",
        "reschedule",
        "deliver_mail",
        "show_sheets",
    ]


def test_what_is_proposed_is_kept_beside_the_run_once(
    app: App, client: SyncPrefectClient
) -> None:
    with using(app):
        advance(COHORT, began() + PROPOSED)
        advance(COHORT, began() + PROPOSED)

    key = "aarhus-leadership-2027-matches-pair"
    wanted = ArtifactFilter(key=ArtifactFilterKey(any_=[key]))
    (sheet,) = client.read_artifacts(artifact_filter=wanted, offset=0)
    assert str(sheet.data).startswith("| mentor | mentee | points |\n")
    assert sheet.flow_run_id != latest(client, "advance").id


def test_prefect_is_told_ids_and_moments_and_nobodys_name(
    app: App, client: SyncPrefectClient, server: Server
) -> None:
    with using(app):
        advance(COHORT, began() + PROPOSED)

    run = latest(client, "advance")
    tasks(client, run, 5)
    told = kept(server.home)
    assert set(run.parameters) == {"cohort", "now"}
    assert run.parameters["cohort"] == COHORT
    assert "| mentor | mentee | points |" in told
    assert [word for word in private(app, COHORT) if word in told] == []


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
    name = run_name(app, COHORT, began())

    with using(app):
        states: list[State] = sweep()

    assert [state.is_completed() for state in states] == [True, True]
    assert app.unit.store.due(began()) == ()
    assert latest(client, "advance").name == name
