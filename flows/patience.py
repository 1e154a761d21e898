"""Tasks that wait out what passes by itself, and nothing else."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import exponential_backoff

from engine.ports import StoreUnavailableError, UnreachableError

P = ParamSpec("P")
R = TypeVar("R")

_PASSING = (StoreUnavailableError, UnreachableError)


def patient(function: Callable[P, R]) -> Task[P, R]:
    """Make a function a task that is tried again, over a minute or so.

    Nothing is cached: whether something is done is for our database to say.
    """
    return task(
        cache_policy=NO_CACHE,
        retries=5,
        retry_delay_seconds=exponential_backoff(backoff_factor=2),
        retry_jitter_factor=0.5,
        retry_condition_fn=passes,
    )(function)


def passes(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether a task failed for want of the database or the relay, and nothing else.

    A refused command would be refused again, and our own faults are to be seen.
    """
    return isinstance(state.data, _PASSING)
