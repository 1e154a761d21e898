"""Every hour, what was missed is done: cohorts that are overdue, mail that waits."""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.advancing import advance
from flows.current import current
from flows.delivering import deliver_mail


@flow(name="sweep")
def sweep() -> list[State[Any]]:
    """Advance what is overdue, each whatever becomes of the others, and send mail."""
    app = current()
    now = app.clock.now()
    states = [
        advance(cohort, now, return_state=True) for cohort in app.unit.store.due(now)
    ]
    return [*states, deliver_mail(return_state=True)]
