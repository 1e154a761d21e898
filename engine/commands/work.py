"""Saying that something is done: an assignment, a module, an agreement."""

import datetime as dt
from collections.abc import Iterator

from engine.commands.decision import NOTHING, Decision, RefusedError
from engine.commands.standing import Standing
from engine.facts import Completed, Event, Settled
from engine.ids import OccurrenceId, PersonId
from engine.spec.activities import Agreement, Task, Work
from engine.timeline.model import Occurrence


def complete(
    standing: Standing,
    *,
    occurrence: OccurrenceId,
    person: PersonId,
    now: dt.datetime,
) -> Decision:
    """Record that a person has done what is asked of them; late is better than never.

    Raises:
        RefusedError: If nothing is asked of them there, or not yet.
    """
    one = asked(standing, occurrence)
    if one is None:
        raise RefusedError(f"{occurrence} asks for nothing", "see stafet timeline")
    if person not in one.slot.audience:
        raise RefusedError(f"{occurrence} does not ask them", "see stafet timeline")
    if now < one.starts:
        raise RefusedError(
            f"{occurrence} has not begun", "see stafet timeline for when"
        )
    if person in standing.record.state.completed.get(occurrence, ()):
        return NOTHING
    events: list[Event] = [Completed(occurrence=occurrence, person=person)]
    events += _settled(standing, one, person)
    return Decision(events=events)


def _settled(standing: Standing, one: Occurrence, person: PersonId) -> Iterator[Event]:
    """Yield the end of the coordinator's own task, and of that they have not agreed."""
    state = standing.record.state
    if (task := f"{Task.KEYWORD}/{one.id}") in state.tasks:
        yield Settled(task=task)
    done = {person, *state.completed.get(one.id, ())}
    if done.issuperset(one.slot.audience):
        task = f"no-agreement/{one.id}/{one.slot.match}"
        yield from (Settled(task=name) for name in state.tasks if name == task)


def asked(standing: Standing, occurrence: OccurrenceId) -> Occurrence | None:
    """Return the occurrence of work or of an agreement, if it is one."""
    one = standing.timeline.occurrences.get(occurrence)
    if one is None or one.provisional:
        return None
    activity = standing.record.frozen.programme.activity(one.slot.activity)
    return one if isinstance(activity, Work | Agreement) else None
