"""A cohort is brought to now: each action that is due is a task."""

import datetime as dt
import time
from contextlib import suppress
from typing import Any

from prefect import flow, runtime
from prefect.client.schemas.objects import State

from engine.actions.model import Action
from engine.commands.advance import due_action, perform
from engine.commands.decision import RefusedError
from engine.ids import ActionId, CohortId
from engine.ports import StoreUnavailableError
from flows.current import current
from flows.delivering import deliver_mail
from flows.patience import patient
from flows.showing import show
from flows.wiring import App

_EARLY = 5.0


@patient
def perform_action(cohort: str, action_id: str, now: dt.datetime) -> None:
    """Do one action; nothing happens when it has been done meanwhile."""
    perform(current().unit, CohortId(cohort), ActionId(action_id), now=now)


@patient
def load(cohort: str) -> None:
    """Read a cohort, waiting for the database where need be."""
    current().unit.standing(CohortId(cohort))


@patient
def reschedule(cohort: str) -> None:
    """Let Prefect know when the cohort is next due."""
    # A deployment names its flow, and this flow its deployment.
    from flows.deployments import publish

    publish(current(), CohortId(cohort))


@patient
def show_sheets(cohort: str) -> None:
    """Keep beside the run what is proposed, what was planned, what is stuck."""
    show(current(), CohortId(cohort))


def _run_name() -> str:
    app, told = current(), runtime.flow_run.parameters
    return run_name(app, told["cohort"], told.get("now") or app.clock.now())


@flow(name="advance", flow_run_name=_run_name)
def advance(cohort: str, now: dt.datetime | None = None) -> list[State[Any]]:
    """Do what a cohort owes by now; then say when to come again, send mail, show.

    The last three do not depend on each other: if one fails, the run does at its end.
    """
    load(cohort)
    perform_due(CohortId(cohort), now or _now())
    return [
        reschedule(cohort, return_state=True),
        deliver_mail(return_state=True),
        show_sheets(cohort, return_state=True),
    ]


def perform_due(cohort: CohortId, now: dt.datetime) -> None:
    """Perform what is due, one task after the other: what is done may call for more."""
    unit = current().unit
    while (action := due_action(unit, cohort, now=now)) is not None:
        perform_action.with_options(task_run_name=task_name(action))(
            cohort, action.id, now
        )


def run_name(app: App, cohort: str, now: dt.datetime) -> str:
    """Return the name of a run, by the first thing that is due."""
    # A name is no reason to fail: the run itself will, or will wait.
    with suppress(RefusedError, StoreUnavailableError):
        return named(cohort, due_action(app.unit, CohortId(cohort), now=now))
    return named(cohort, None)


def named(cohort: str, first: Action | None) -> str:
    """Return `aarhus-leadership 2027 · workshops`, or half of it if nothing is due."""
    words = cohort.replace("/", " ")
    return f"{words} · {_about(first)}" if first else words


def task_name(action: Action) -> str:
    """Return `workshops · workshop-2/invite`."""
    return f"{_about(action)} · {action.id}"


def _about(action: Action) -> str:
    return action.phase or action.activity


def _now() -> dt.datetime:
    """Return the time, once it is what the run was scheduled for.

    Prefect rounds to the second, and starts a run up to half of one before its time.
    """
    clock = current().clock
    early = (runtime.flow_run.scheduled_start_time - clock.now()).total_seconds()
    time.sleep(min(max(early, 0), _EARLY))
    return clock.now()
