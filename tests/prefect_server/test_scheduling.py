"""Prefect's own calendar of a cohort is the list of its due moments."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort

from engine.commands.advance import advance
from engine.ids import CohortId
from flows.deployments import due_moments, publish, publish_sweep
from flows.wiring import App
from integrations.clock import FixedClock
from tests.fakes.process import until
from tests.fakes.recorded import recorded, starting_soon

COHORT = CohortId("aarhus-leadership/2027")


@pytest.fixture
def clock() -> FixedClock:
    """Stand still, at the time that the server has."""
    return FixedClock(dt.datetime.now(dt.UTC))


@pytest.fixture
def app(clock: FixedClock, tmp_path: Path) -> App:
    """Return an application with a cohort that has done whatever is due today."""
    files = starting_soon(tmp_path / "aarhus-leadership", now=clock.now())
    app = recorded(tmp_path / "mail", files=files, clock=clock)
    advance(app.unit, COHORT, now=clock.now())
    return app


def owed(app: App) -> tuple[dt.datetime, ...]:
    return due_moments(app.unit.standing(COHORT).actions, now=app.clock.now())


def waiting(client: SyncPrefectClient, deployment: UUID) -> Sequence[FlowRun]:
    """Return the runs that Prefect has in its calendar."""
    scheduled = FlowRunFilterStateType(any_=[StateType.SCHEDULED])
    return client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment])),
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=scheduled)),
        sort=FlowRunSort.EXPECTED_START_TIME_ASC,
    )


def moments(runs: Sequence[FlowRun]) -> tuple[dt.datetime, ...]:
    return tuple(run.expected_start_time for run in runs if run.expected_start_time)


def scheduled(client: SyncPrefectClient, deployment: UUID) -> tuple[dt.datetime, ...]:
    found = waiting(client, deployment)
    assert {str(run.parameters) for run in found} == {str({"cohort": COHORT})}
    return moments(found)


def test_a_published_cohort_is_run_at_its_due_moments_and_no_others(
    client: SyncPrefectClient, app: App
) -> None:
    deployment = publish(app, COHORT)

    assert len(owed(app)) > 1
    assert scheduled(client, deployment) == owed(app)


def test_a_cohort_published_again_keeps_its_deployment_and_has_other_runs(
    client: SyncPrefectClient, app: App, clock: FixedClock
) -> None:
    before = publish(app, COHORT)
    first = owed(app)[0]
    clock.move(first)
    advance(app.unit, COHORT, now=first)

    after = publish(app, COHORT)

    assert after == before
    assert first not in owed(app)
    assert scheduled(client, after) == owed(app)


def test_a_deployment_is_found_by_programme_and_cohort(
    client: SyncPrefectClient, app: App
) -> None:
    publish(app, COHORT)

    found = client.read_deployment_by_name("advance/aarhus-leadership 2027")

    assert found.tags == ["aarhus-leadership", "2027"]
    assert found.entrypoint == "flows.advancing.advance"


def test_prefect_itself_makes_further_runs_of_the_hourly_sweep(
    client: SyncPrefectClient,
) -> None:
    deployment = publish_sweep()

    until(lambda: len(waiting(client, deployment)) > 2)

    first, second, *_ = moments(waiting(client, deployment))
    assert client.read_deployment(deployment).name == "hourly"
    assert second - first == dt.timedelta(hours=1)
