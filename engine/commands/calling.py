"""Asking for a call: one click, no words, and nobody hears of it but who calls."""

from engine.commands.announcing import call
from engine.commands.decision import Decision, RefusedError
from engine.commands.standing import Standing
from engine.ids import PersonId
from engine.needs import CALL_ME
from engine.record import COORDINATOR, Record


def may_ask(record: Record, person: PersonId) -> bool:
    """Return whether somebody takes part, and is not one of those who call."""
    roles = record.state.enrolled.get(person, ())
    return bool(roles) and COORDINATOR not in roles


def call_me(standing: Standing, *, person: PersonId) -> Decision:
    """Give the coordinator of a participant the task to call them, once while open.

    Raises:
        RefusedError: If they take no part.
    """
    record = standing.record
    if not may_ask(record, person):
        problem = f"{record.people[person].id} takes no part"
        raise RefusedError(problem, "only participants can ask for a call")
    return Decision(events=call(record, CALL_ME, subject=person, person=person))
