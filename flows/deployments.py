"""When does Prefect run what? A cohort at its own moments, and hourly a sweep."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, RRule
from prefect.types.entrypoint import EntrypointType

from engine.actions.model import Action
from engine.ids import CohortId
from flows.advancing import advance, named
from flows.sweeping import sweep
from flows.wiring import App

Save = Callable[[RunnerDeployment], UUID]
"""Gives a deployment to Prefect and returns its id."""

HORIZON = dt.timedelta(days=99)
"""Prefect makes runs for a hundred days."""

MOST = 100
"""Prefect makes so many runs of a schedule; it is rewritten long before they end."""

_MINUTE = dt.timedelta(minutes=1)
_AT_ONCE = dt.timedelta(seconds=20)
"""How soon a run may be that Prefect does not know of yet."""

_TRIES = 5

_MODULE = EntrypointType.MODULE_PATH


def save(deployment: RunnerDeployment) -> UUID:
    """Save a deployment; one with its flow and name keeps its id and its pool."""
    return cast("UUID", deployment.apply())


def publish(app: App, cohort: CohortId, *, save: Save = save) -> UUID:
    """Let Prefect run a cohort when it is next due, instead of when it said before.

    Prefect makes no runs of the past. On a busy machine the first moment may be past
    once Prefect has heard of it: then it is told a later one.
    """
    id_, in_time = _tell(app, cohort, save)
    for _ in range(_TRIES):
        if in_time:
            break
        id_, in_time = _tell(app, cohort, save)
    return id_


def publish_sweep(*, save: Save = save) -> UUID:
    """Let Prefect look every hour for what was missed."""
    deployment = RunnerDeployment.from_flow(
        sweep,
        name="hourly",
        schedule=Cron("20 * * * *", timezone="UTC"),
        entrypoint_type=_MODULE,
    )
    id_ = save(deployment)
    _schedule(id_, runs=1)
    return id_


def due_moments(
    actions: Iterable[Action], *, now: dt.datetime
) -> tuple[dt.datetime, ...]:
    """Return the minutes in which something falls due, from the next one on.

    What is overdue is done at the next full minute. A cohort that owes nothing for so
    long is looked at once, when the horizon is reached.
    """
    soonest, latest = minute_of(now + _AT_ONCE), minute_of(now + HORIZON)
    ahead = {max(minute_of(action.due), soonest) for action in actions}
    seen = sorted(moment for moment in ahead if moment <= latest)
    return tuple(seen[:MOST]) or (latest,)


def run_names(
    cohort: CohortId, actions: Iterable[Action], moments: Sequence[dt.datetime]
) -> Mapping[dt.datetime, str]:
    """Return what the run of each moment is called, by the first thing due then."""
    first: dict[dt.datetime, Action] = {}
    for action in sorted(actions, key=lambda one: one.due):
        first.setdefault(max(minute_of(action.due), moments[0]), action)
    return {moment: named(cohort, first.get(moment)) for moment in moments}


def minute_of(moment: dt.datetime) -> dt.datetime:
    """Return the minute that begins at a moment or next after it."""
    begun = moment.replace(second=0, microsecond=0)
    return begun if begun == moment else begun + _MINUTE


def deployment_for(
    cohort: CohortId, moments: tuple[dt.datetime, ...]
) -> RunnerDeployment:
    """Return the deployment that advances a cohort at these moments, and no others."""
    return RunnerDeployment.from_flow(
        advance,
        name=cohort.replace("/", " "),
        schedule=RRule(_dates(moments), timezone="UTC"),
        parameters={"cohort": cohort},
        tags=cohort.split("/"),
        entrypoint_type=_MODULE,
    )


def _tell(app: App, cohort: CohortId, save: Save) -> tuple[UUID, bool]:
    """Give Prefect a cohort's moments; return whether it heard before the first."""
    actions = app.unit.standing(cohort).actions
    moments = due_moments(actions, now=app.clock.now())
    id_ = save(deployment_for(cohort, moments))
    _schedule(id_, runs=len(moments))
    heard = app.clock.now()
    _name_runs(id_, run_names(cohort, actions, moments))
    return id_, heard < moments[0]


def _dates(moments: tuple[dt.datetime, ...]) -> str:
    """Return a list of dates (RFC 5545 3.8.5.2), without the Z that Prefect ignores."""
    written = [f"{one.astimezone(dt.UTC):%Y%m%dT%H%M%S}" for one in moments]
    return f"DTSTART:{written[0]}\nRDATE:{','.join(written)}"


def _schedule(id_: UUID, *, runs: int) -> None:
    """Make all runs of a deployment; Prefect alone makes three ahead."""
    with get_client(sync_client=True) as client:
        client.request(
            "POST",
            "/deployments/{id}/schedule",
            path_params={"id": str(id_)},
            json={"min_runs": runs, "max_runs": runs},
        ).raise_for_status()


def _name_runs(id_: UUID, names: Mapping[dt.datetime, str]) -> None:
    """Name the scheduled runs, which Prefect does not do before they begin."""
    waiting = FlowRunFilterStateType(any_=[StateType.SCHEDULED])
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[id_])),
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=waiting)),
        ):
            moment = run.expected_start_time
            name = names.get(moment) if moment else None
            if name is not None and name != run.name:
                client.update_flow_run(run.id, name=name)
