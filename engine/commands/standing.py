"""Where a cohort stands: its record, its year, and what it owes."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.actions.due import Steps, in_order, owed, steps
from engine.actions.gates import held_back
from engine.actions.model import Action
from engine.commands.allocation import allocations
from engine.facts import (
    Allocated,
    Announced,
    Answered,
    Attended,
    Booked,
    Completed,
    Done,
    Event,
    Lapsed,
    Messaged,
    Met,
    Noticed,
    Posted,
    Proposed,
    Raised,
    Replied,
    Settled,
)
from engine.record import Record
from engine.spec.activities import Certificate, Matching, Nomination
from engine.timeline.kinds import compile_timeline
from engine.timeline.model import Known, Timeline

_NO_STEP = (Done, Messaged, Noticed, Posted, Proposed, Raised, Settled)
"""Facts that neither a timeline nor the actions around it look at."""

_NO_SLOT = (*_NO_STEP, Answered, Attended, Completed, Replied)
"""Facts that no timeline looks at."""

_OF_ONE = (*_NO_SLOT, Announced, Booked, Lapsed, Met)
"""Facts that no action looks at but those around the occurrence that they name."""

_LOOK_AROUND = (Certificate, Matching, Nomination)
"""What has actions that look at more than their own occurrence and what is before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A record with its year and what it owes: all that a command looks at.

    Attributes:
        around: Every action of the year, done or not, by occurrence.
        planned: The same in order.
        actions: Those still to do, and the letters to write.
    """

    record: Record
    timeline: Timeline
    around: Steps
    planned: tuple[Action, ...]
    actions: tuple[Action, ...]


def stand(record: Record) -> Standing:
    """Return a record with its year and what it owes."""
    timeline = compile_timeline(record)
    return _with(record, timeline, steps(record, timeline))


def moved_on(known: Standing, record: Record, events: Sequence[Event]) -> Standing:
    """Return the same as `stand(record)`, from where the cohort stood before `events`.

    Most events move neither the year nor its actions, and compiling is what costs.
    """
    if all(_moves_no_step(event, record) for event in events):
        return Standing(
            record=record,
            timeline=known.timeline,
            around=known.around,
            planned=known.planned,
            actions=owed(record, known.planned),
        )
    timeline = _timeline(known, record, events)
    kept = _kept(known, record, timeline, events)
    return _with(record, timeline, steps(record, timeline, known=kept))


def _timeline(known: Standing, record: Record, events: Sequence[Event]) -> Timeline:
    if _as_allocated(known, events):
        return known.timeline.numbered()
    if all(isinstance(event, _NO_SLOT) for event in events):
        return known.timeline
    return compile_timeline(record, known=_known(known, record, events))


def _known(known: Standing, record: Record, events: Sequence[Event]) -> Known | None:
    """Return what holds of the year as it was, if the events are about some of it."""
    named = [getattr(event, "occurrence", None) for event in events]
    if not all(isinstance(event, _OF_ONE) for event in events):
        return None
    given = [record.state.allocated[one] for one in named if one is not None]
    return Known(
        timeline=known.timeline,
        activities=frozenset(one.activity for one in given),
        series=frozenset(one.series for one in given),
    )


def _kept(
    known: Standing, record: Record, timeline: Timeline, events: Sequence[Event]
) -> Steps:
    """Return the actions around occurrences at which nothing has changed."""
    local = all(isinstance(event, _OF_ONE) for event in events)
    if not (local or _as_allocated(known, events)):
        return {}
    gates = held_back(known.record, known.timeline), held_back(record, timeline)
    if gates[0] != gates[1]:
        return {}
    named = {getattr(event, "occurrence", None) for event in events}
    programme, before = record.frozen.programme, known.timeline.occurrences
    return {
        one.id: known.around[one.id]
        for one in timeline.occurrences.values()
        if one.id in before
        and before[one.id] == one
        and named.isdisjoint((one.id, one.slot.series))
        and not isinstance(programme.activity(one.slot.activity), _LOOK_AROUND)
    }


def _as_allocated(known: Standing, events: Sequence[Event]) -> bool:
    """Return whether the events are the ids that the timeline has given already."""
    given = all(isinstance(event, Allocated) for event in events)
    return given and tuple(events) == allocations(known.record, known.timeline)


def _moves_no_step(event: Event, record: Record) -> bool:
    """Return whether no action looks at an event; at a reply only a quorum does."""
    if isinstance(event, Replied):
        return not record.frozen.programme.has_quorum
    return isinstance(event, _NO_STEP)


def _with(record: Record, timeline: Timeline, around: Steps) -> Standing:
    planned = in_order(around)
    return Standing(
        record=record,
        timeline=timeline,
        around=around,
        planned=planned,
        actions=owed(record, planned),
    )
