"""Runs of a process that was killed: Prefect would show them as running for ever."""

from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import State, StateType
from prefect.states import Crashed

_UNFINISHED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]


def give_up_unfinished() -> None:
    """Mark runs that nobody performs any more; for when nothing runs on this server.

    What they left undone is due all the same, and done by the next run.
    """
    unfinished = FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNFINISHED))
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(
            flow_run_filter=FlowRunFilter(state=unfinished)
        ):
            given_up: State[Any] = Crashed(message="Its process was killed.")
            client.set_flow_run_state(run.id, given_up, force=True)
