"""Where a cohort stands: its record, its year, and what it owes."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.actions.due import owed, steps
from engine.actions.model import Action
from engine.commands.allocation import allocations
from engine.facts import (
    Answered,
    Attended,
    Completed,
    Done,
    Event,
    Noticed,
    Posted,
    Proposed,
    Raised,
    Replied,
    Settled,
)
from engine.record import Record
from engine.timeline.kinds import compile_timeline
from engine.timeline.model import Timeline

_NO_STEP = (Done, Noticed, Posted, Proposed, Raised, Settled)
"""Facts that neither a timeline nor the actions around it look at."""

_NO_SLOT = (*_NO_STEP, Answered, Attended, Completed, Replied)
"""Facts that no timeline looks at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A record with its year and what it owes: all that a command looks at.

    Attributes:
        planned: Every action of the year, done or not.
        actions: Those still to do, and the letters to write.
    """

    record: Record
    timeline: Timeline
    planned: tuple[Action, ...]
    actions: tuple[Action, ...]


def stand(record: Record) -> Standing:
    """Return a record with its year and what it owes."""
    return _with(record, compile_timeline(record))


def moved_on(known: Standing, record: Record, events: Sequence[Event]) -> Standing:
    """Return the same as `stand(record)`, from where the cohort stood before `events`.

    Most events move neither the year nor its actions, and compiling is what costs.
    """
    if tuple(events) == allocations(known.record, known.timeline):
        return _with(record, known.timeline.numbered())
    if not all(isinstance(event, _NO_SLOT) for event in events):
        return stand(record)
    if not all(_moves_no_step(event, record) for event in events):
        return _with(record, known.timeline)
    return Standing(
        record=record,
        timeline=known.timeline,
        planned=known.planned,
        actions=owed(record, known.planned),
    )


def _moves_no_step(event: Event, record: Record) -> bool:
    """Return whether no action looks at an event; at a reply only a quorum does."""
    if isinstance(event, Replied):
        return not record.frozen.programme.has_quorum
    return isinstance(event, _NO_STEP)


def _with(record: Record, timeline: Timeline) -> Standing:
    planned = steps(record, timeline)
    return Standing(
        record=record,
        timeline=timeline,
        planned=planned,
        actions=owed(record, planned),
    )
