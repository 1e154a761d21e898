"""What passes by itself, so that a task is worth trying again."""

from typing import Any

from prefect import Task
from prefect.client.schemas.objects import State, TaskRun

from engine.ports import StoreUnavailableError, UnreachableError

_PASSING = (StoreUnavailableError, UnreachableError)


def passes(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether a task failed for want of the database or the relay, and nothing else.

    A refused command would be refused again, and our own faults are to be seen.
    """
    return isinstance(state.data, _PASSING)
