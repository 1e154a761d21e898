"""What needs the coordinator: settled by hand, or raised because mail was refused."""

import datetime as dt
from functools import partial

from engine.commands.announcing import call
from engine.commands.decision import Decision, RefusedError
from engine.commands.standing import Standing
from engine.commands.unit import Unit
from engine.coordinators import coordinator_of
from engine.facts import Done, Settled
from engine.ids import ActionId
from engine.outbox import Standing as MessageStanding
from engine.ports import Outbox

UNDELIVERED = "undelivered"


def settle(standing: Standing, *, task: str) -> Decision:
    """Record that a task has been seen to.

    Raises:
        RefusedError: If there is no such task.
    """
    tasks = standing.record.state.tasks
    if task not in tasks:
        known = ", ".join(tasks) or "none"
        raise RefusedError(f"there is no task {task}", f"open are: {known}")
    return Decision(events=(Settled(task=task),))


def raise_undelivered(unit: Unit, outbox: Outbox, *, now: dt.datetime) -> int:
    """Give the coordinators a task for each mail that was refused for good, once.

    Returns:
        How many were found that nobody had been told of.
    """
    raised = 0
    for cohort in unit.store.cohorts():
        for one in outbox.standings(cohort):
            if one.status == "dead" and _new(unit.standing(cohort), one):
                unit.perform(cohort, partial(_told, one=one), now=now)
                raised += 1
    return raised


def _action(one: MessageStanding) -> ActionId:
    return ActionId(f"{UNDELIVERED}/{one.number}")


def _new(standing: Standing, one: MessageStanding) -> bool:
    return _action(one) not in standing.record.state.done


def _told(standing: Standing, *, one: MessageStanding) -> Decision:
    """Return the task; what cannot reach the coordinator makes none, only a record."""
    record = standing.record
    if not _new(standing, one):
        return Decision()
    done = Done(action=_action(one))
    if one.recipient == coordinator_of(record, one.recipient).person:
        return Decision(events=(done,))
    told = call(record, UNDELIVERED, subject=str(one.number), person=one.recipient)
    return Decision(events=(*told, done))
