"""When does Prefect run what? A cohort at its own moments, and hourly a sweep."""

import datetime as dt
from collections.abc import Iterable
from typing import cast
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, RRule
from prefect.types.entrypoint import EntrypointType

from engine.actions.model import Action
from engine.ids import CohortId
from flows.advancing import advance
from flows.sweeping import sweep
from flows.wiring import App

HORIZON = dt.timedelta(days=99)
"""Prefect makes runs for a hundred days."""

MOST = 100
"""Prefect makes so many runs of a schedule; it is rewritten long before they end."""

_MINUTE = dt.timedelta(minutes=1)
_MODULE = EntrypointType.MODULE_PATH


def publish(app: App, cohort: CohortId, *, pool: str | None = None) -> UUID:
    """Let Prefect run a cohort when it is next due, instead of when it said before.

    The deployment keeps its id. Without a pool it keeps that too, if it has one.
    """
    now = app.clock.now()
    moments = due_moments(app.unit.standing(cohort).actions, now=now)
    return _save(deployment_for(cohort, moments), pool=pool, runs=len(moments))


def publish_sweep(*, pool: str | None = None) -> UUID:
    """Let Prefect look every hour for what was missed."""
    deployment = RunnerDeployment.from_flow(
        sweep,
        name="hourly",
        schedule=Cron("20 * * * *", timezone="UTC"),
        entrypoint_type=_MODULE,
    )
    return _save(deployment, pool=pool, runs=1)


def due_moments(
    actions: Iterable[Action], *, now: dt.datetime
) -> tuple[dt.datetime, ...]:
    """Return the minutes in which something falls due, from the next one on.

    What is overdue is done in the next minute. A cohort that owes nothing for so long
    is looked at once, when the horizon is reached.
    """
    soonest, latest = _minute(now + _MINUTE), _minute(now + HORIZON)
    ahead = {max(_minute(action.due), soonest) for action in actions}
    seen = sorted(moment for moment in ahead if moment <= latest)
    return tuple(seen[:MOST]) or (latest,)


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


def _dates(moments: tuple[dt.datetime, ...]) -> str:
    """Return a list of dates (RFC 5545 3.8.5.2), without the Z that Prefect ignores."""
    written = [f"{one.astimezone(dt.UTC):%Y%m%dT%H%M%S}" for one in moments]
    return f"DTSTART:{written[0]}\nRDATE:{','.join(written)}"


def _minute(moment: dt.datetime) -> dt.datetime:
    """Return the minute that begins at a moment or next after it."""
    begun = moment.replace(second=0, microsecond=0)
    return begun if begun == moment else begun + _MINUTE


def _save(deployment: RunnerDeployment, *, pool: str | None, runs: int) -> UUID:
    """Save a deployment and make all its runs; Prefect alone makes three ahead."""
    id_ = cast("UUID", deployment.apply(work_pool_name=pool))
    with get_client(sync_client=True) as client:
        client.request(
            "POST",
            "/deployments/{id}/schedule",
            path_params={"id": str(id_)},
            json={"min_runs": runs, "max_runs": runs},
        ).raise_for_status()
    return id_
