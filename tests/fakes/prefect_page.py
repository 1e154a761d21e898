"""What Prefect has been told of a cohort: on its page, and in its folder."""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import ArtifactSort, FlowRunSort

from engine.ids import CohortId
from flows.deployments import due_moments, run_names
from flows.wiring import App

Calendar = Sequence[tuple[dt.datetime, str]]

_PROGRAMME = "aarhus-leadership"


@dataclass(frozen=True)
class Page:
    """Prefect's page at an address."""

    address: str

    def runs(self, *states: StateType) -> Sequence[FlowRun]:
        """Return the cohort's runs that are in one of these states, by their time."""
        wanted = FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(states))),
            tags=FlowRunFilterTags(all_=[_PROGRAMME]),
        )
        with self._client() as client:
            return client.read_flow_runs(
                flow_run_filter=wanted, sort=FlowRunSort.EXPECTED_START_TIME_ASC
            )

    def calendar(self, *, until: dt.datetime) -> Calendar:
        """Return when runs are scheduled, with their names."""
        return [
            (run.expected_start_time, run.name)
            for run in self.runs(StateType.SCHEDULED)
            if run.expected_start_time and run.expected_start_time <= until
        ]

    def sheets(self) -> Mapping[str, object]:
        """Return the latest version of each artifact of the cohort, by key."""
        with self._client() as client:
            found = client.read_artifacts(sort=ArtifactSort.UPDATED_DESC, offset=0)
        return {one.key: one.data for one in reversed(found) if one.key}

    def pause_sweep(self) -> None:
        """Leave it to the cohort's own runs to do what is overdue, at any minute."""
        with self._client() as client:
            sweep = client.read_deployment_by_name("sweep/hourly")
            client.request(
                "PATCH",
                "/deployments/{id}",
                path_params={"id": str(sweep.id)},
                json={"paused": True},
            ).raise_for_status()

    def _client(self) -> SyncPrefectClient:
        return SyncPrefectClient(f"{self.address}/api")


def calendar(app: App, cohort: CohortId, *, until: dt.datetime) -> Calendar:
    """Return when a cohort should be run, with the names."""
    actions = app.unit.standing(cohort).actions
    moments = due_moments(actions, now=app.clock.now())
    names = run_names(cohort, actions, moments)
    return [(moment, names[moment]) for moment in moments if moment <= until]


def kept(home: Path) -> str:
    """Return every row of Prefect's database and every log of its folder."""
    with closing(sqlite3.connect(home / "prefect.db")) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        rows = [
            str(row)
            for (name,) in names.fetchall()
            for row in database.execute(f'SELECT * FROM "{name}"')  # noqa: S608
        ]
    logs = [path.read_text(errors="replace") for path in home.glob("*.log")]
    return "\n".join((*rows, *logs))


def private(app: App, cohort: CohortId) -> Iterator[str]:
    """Yield the names and addresses of all people, also as JSON writes them."""
    for person in app.unit.standing(cohort).record.people.values():
        yield from {person.name, json.dumps(person.name)[1:-1], person.email}
