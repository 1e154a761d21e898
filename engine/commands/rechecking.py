"""Which matches break a rule that they kept, now that people are told otherwise of."""

from engine.commands.announcing import call
from engine.facts import Event, Settled
from engine.problems import breaches
from engine.record import Record

UNFIT = "no-longer-fits"
"""The wording of the task to choose what becomes of a match."""


def rechecked(before: Record, after: Record) -> tuple[Event, ...]:
    """Return a task for each match that newly breaks a rule; its end where none is.

    Nothing else happens: somebody may know why it is right as it is. A rule that was
    broken before was looked at then, and is not told of again.
    """
    known, broken = breaches(before), breaches(after)
    raised = [
        call(after, UNFIT, subject=match, match=match)
        for match, found in broken.items()
        if found - known.get(match, frozenset())
    ]
    mended = [
        Settled(task=name)
        for name, task in after.state.tasks.items()
        if task.raised.wording == UNFIT and task.raised.match not in broken
    ]
    return (*mended, *(event for events in raised for event in events))
