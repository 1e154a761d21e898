"""When each coordinator is told of all that is open: once a week, if anything is."""

import datetime as dt

from engine.actions.model import Action, Notify
from engine.ids import ActionId, PersonId
from engine.needs import NEEDS_YOU, oldest_of_each
from engine.record import Record

_WEEK = dt.timedelta(days=7)
_DAY = dt.timedelta(days=1)
_AFTERWARDS = 2 * _WEEK


def weekly(record: Record, planned: tuple[Action, ...]) -> tuple[Action, ...]:
    """Return the next telling of each coordinator who has something open.

    It is on the day that the spec names, or the first open one after it; a week without
    one is silent. What was missed in an earlier week is not told later. Two weeks after
    the last that is planned the year is over, and so are these.
    """
    if not record.state.tasks or not planned:
        return ()
    last = planned[-1].due + _AFTERWARDS
    found = (
        _next(record, person, since)
        for person, since in sorted(oldest_of_each(record).items())
    )
    return tuple(one for one in found if one.due <= last)


def _next(record: Record, person: PersonId, since: dt.datetime) -> Action:
    """Return the first telling after a task came that is not done.

    Of the weeks before the one in which something last happened none is owed any more.
    """
    days = record.days
    first = _anchor(record, days.zone.date(max(since, record.state.at or since)))
    while True:
        id_ = ActionId(f"{NEEDS_YOU}/{person}/{first.isoformat()}")
        due = days.morning(days.next_open(first))
        ends = days.zone.at(first + _WEEK, dt.time())
        if id_ not in record.state.done and since < due < ends:
            break
        first += _WEEK
    return Action(
        id=id_,
        due=due,
        phase="",
        activity=NEEDS_YOU,
        effect=Notify(wording=NEEDS_YOU, people=(person,), about=person),
        useless_after=ends,
    )


def _anchor(record: Record, date: dt.date) -> dt.date:
    """Return the last day of this name, up to a date."""
    weekday = record.frozen.programme.mail.needs_you_on
    return date - _DAY * ((date.weekday() - weekday) % 7)
