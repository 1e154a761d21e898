"""Which phases wait for something that has not come about."""

import datetime as dt

from engine.record import Record
from engine.spec.moments import Condition
from engine.timeline.model import Timeline


def held_back(record: Record, timeline: Timeline) -> dict[str, dt.datetime | None]:
    """Return the phases that wait, each with when it goes ahead all the same."""
    conditions = {
        phase.phase: phase.waits_for
        for phase in record.frozen.programme.phases
        if phase.waits_for is not None
    }
    if not conditions:
        return {}
    return {
        span.phase: span.latest
        for span in timeline.phases
        if span.phase in conditions
        and not _holds(conditions[span.phase], record, timeline)
    }


def _holds(condition: Condition, record: Record, timeline: Timeline) -> bool:
    state = record.state
    matches = [
        match
        for match in state.matches.values()
        if match.kind == condition.name and not match.dissolved
    ]
    if condition.state in ("approved", "agreed"):
        agreed = all(match.agreed is not None for match in matches)
        return bool(matches) and (condition.state == "approved" or agreed)
    said = state.completed if condition.state == "signed" else state.answered
    asked = timeline.of(condition.name)
    return bool(asked) and all(
        set(one.slot.audience) <= set(said.get(one.id, ())) for one in asked
    )
