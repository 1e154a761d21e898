"""Who comes back from a pause by themselves, and when."""

from engine.actions.model import Action, Resume
from engine.ids import ActionId
from engine.record import Record

_PAUSES = "pauses"


def returns(record: Record) -> tuple[Action, ...]:
    """Return the coming back of everyone whose pause has an end, the first one first.

    It is in sending hours, since they and those they are with are written to.
    """
    actions = (
        Action(
            id=ActionId(f"resume/{person}/{pause.number}"),
            due=record.days.sending(pause.until),
            phase="",
            activity=_PAUSES,
            effect=Resume(person=person),
        )
        for person, pause in record.state.presence.paused.items()
        if pause.until is not None
    )
    return tuple(sorted(actions, key=lambda action: (action.due, action.id)))
