"""Which actions of a cohort are not done, and which of them is next."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from engine.actions.around import Around
from engine.actions.gates import held_back
from engine.actions.kinds import STEPS
from engine.actions.model import Action, Post
from engine.ids import ActionId, PersonId
from engine.record import Record
from engine.timeline.model import Timeline

_LETTERS = "letters"


def steps(record: Record, timeline: Timeline) -> tuple[Action, ...]:
    """Return every action of a year, done or not, in the order of performing.

    Of what is due at the same moment, the earlier occurrence comes first.
    """
    return tuple(sorted(_steps(record, timeline), key=lambda action: action.due))


def owed(record: Record, planned: tuple[Action, ...]) -> tuple[Action, ...]:
    """Return the planned actions that are not done, and the letters to write.

    Letters come after whatever else is due at the same moment, so that they can tell
    all of it at once.
    """
    undone = (action for action in planned if action.id not in record.state.done)
    return (*undone, *_letters(record))


def next_due(actions: tuple[Action, ...]) -> dt.datetime | None:
    """Return when the first of these actions is due; None when there are none."""
    return min((action.due for action in actions), default=None)


def next_action(actions: tuple[Action, ...], *, now: dt.datetime) -> Action | None:
    """Return the action to perform at `now`, or None when nothing is due.

    An action that was missed while the service was down is still due here; whether it
    is performed or skipped is its `useless_after` to say.
    """
    return next((action for action in actions if action.due <= now), None)


def _steps(record: Record, timeline: Timeline) -> Iterator[Action]:
    closed = held_back(record, timeline)
    for one in timeline.occurrences.values():
        announcement = record.state.announced.get(one.id)
        if announcement and announcement.told.cancelled:
            continue
        activity = record.frozen.programme.activity(one.slot.activity)
        if activity is None or one.provisional:
            continue
        found = STEPS[type(activity)](activity, Around(one=one, record=record))
        if one.slot.phase in closed:
            found = _later(found, closed[one.slot.phase])
        yield from found


def _later(actions: Iterator[Action], latest: dt.datetime | None) -> Iterator[Action]:
    """Yield the actions of a phase that waits: not before it goes ahead, if ever."""
    if latest is not None:
        yield from (replace(one, due=max(one.due, latest)) for one in actions)


def _letters(record: Record) -> tuple[Action, ...]:
    first: dict[PersonId, dt.datetime] = {}
    for waiting in record.state.waiting.values():
        person = waiting.notice.person
        first[person] = min(waiting.at, first.get(person, waiting.at))
    letters = (_letter(person, since, record) for person, since in first.items())
    return tuple(sorted(letters, key=lambda action: (action.due, action.id)))


def _letter(person: PersonId, since: dt.datetime, record: Record) -> Action:
    """Return the posting of a person's letter: one a day at the most."""
    days = record.days
    due = days.sending(since)
    count, last = record.state.letters.get(person, (0, None))
    # A letter that was written at night left, or leaves, on the morning after it.
    left = days.zone.date(days.sending(last)) if last is not None else None
    if left is not None and left >= days.zone.date(due):
        due = days.morning(left + dt.timedelta(days=1))
    return Action(
        id=ActionId(f"letter/{person}/{count + 1}"),
        due=due,
        phase="",
        activity=_LETTERS,
        effect=Post(person=person),
    )
