"""What is done around questions to people: evaluations, and what to pass on."""

import datetime as dt
from collections.abc import Iterator

from engine.actions.around import Around
from engine.actions.model import Action, Notify
from engine.ids import OccurrenceId, PersonId
from engine.spec.activities import Evaluation, Handover

_WEEK = dt.timedelta(days=7)


def evaluation_steps(asked: Evaluation | Handover, around: Around) -> Iterator[Action]:
    """Yield: it opens, those who have not answered are reminded, it is summed up."""
    record, one = around.record, around.one
    if one.provisional:
        return
    missing = _missing(around)
    opened = Notify(wording=asked.kind, people=missing, occurrence=one.id)
    yield around.action("open", one.starts, opened, until=one.ends)
    again = Notify(wording=f"{asked.kind}-again", people=missing, occurrence=one.id)
    for number, step in enumerate(asked.remind, start=1):
        due = around.step(one.starts, step)
        if due < one.ends:
            yield around.action(f"remind-{number}", due, again, until=one.ends)
    closed = Notify(
        wording=f"{asked.kind}-closed", people=around.coordinator, occurrence=one.id
    )
    due = record.days.sending(one.ends)
    yield around.action("close", due, closed, until=due + 4 * _WEEK)


def _missing(around: Around) -> tuple[PersonId, ...]:
    """Return who is asked and has not answered; not who is known to have been away."""
    state, one = around.record.state, around.one
    answered = state.answered.get(one.id, frozenset())
    source = OccurrenceId(one.slot.series)
    return tuple(
        person
        for person in one.slot.audience
        if person not in answered and state.attended.get((source, person), True)
    )
