"""From when on an action may be done, or not any more, as the notes have it."""

import datetime as dt

from engine.actions.model import Action, Notify
from engine.commands.standing import Standing
from engine.frozen import Frozen
from engine.ids import OccurrenceId

WEEK = dt.timedelta(days=7)
INVITED = 4 * WEEK
_CLOSES_A_WEEK_LATER = ("/close", "/met")


def invitation_is_due(starts: dt.datetime, frozen: Frozen) -> dt.datetime:
    """Return four weeks before, earlier where that day is closed, in the morning."""
    zone = frozen.days.zone
    day = (zone.local(starts) - INVITED).date()
    while day.weekday() > 4 or day in frozen.closed:
        day -= dt.timedelta(days=1)
    return zone.at(day, dt.time(8))


def useless_from(
    action: Action, before: Standing, frozen: Frozen
) -> dt.datetime | None:
    """Return from when on it does more harm than good; None for never."""
    if action.id.startswith("needs-you/"):
        monday = dt.date.fromisoformat(action.id.rpartition("/")[2])
        return frozen.days.zone.at(monday + WEEK, dt.time())
    return _around(action, before, frozen)


def _around(action: Action, before: Standing, frozen: Frozen) -> dt.datetime | None:
    one = before.timeline.occurrences[OccurrenceId(action.id.partition("/")[0])]
    if action.id.endswith("/hold"):
        return invitation_is_due(one.starts, frozen)
    if action.id.endswith("/invite"):
        return one.starts
    if action.id.endswith("/send"):
        return one.starts + WEEK
    if action.id.endswith(_CLOSES_A_WEEK_LATER):
        return one.ends + WEEK
    if isinstance(action.effect, Notify) and action.effect.match is None:
        return one.ends
    return None
