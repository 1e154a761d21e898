"""Which actions of a cohort are not done, and which of them is next."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from engine.actions.around import Around
from engine.actions.gates import held_back
from engine.actions.kinds import STEPS
from engine.actions.model import Action, Post
from engine.actions.returning import returns
from engine.actions.weekly import weekly
from engine.ids import ActionId, OccurrenceId, PersonId
from engine.needs import cannot_wait
from engine.record import Record
from engine.timeline.model import Occurrence, Timeline
from engine.waiting import to_tell

_LETTERS = "letters"

Steps = Mapping[OccurrenceId, tuple[Action, ...]]
_NONE: Steps = MappingProxyType({})


def steps(
    record: Record, timeline: Timeline, *, known: Steps = _NONE
) -> dict[OccurrenceId, tuple[Action, ...]]:
    """Return every action of a year, done or not, by the occurrence it is around.

    Args:
        record: The cohort.
        timeline: Its year.
        known: Actions around occurrences at which nothing has changed.
    """
    closed = held_back(record, timeline)
    return {
        one.id: known[one.id]
        if one.id in known
        else tuple(_around(one, record, closed))
        for one in timeline.occurrences.values()
    }


def in_order(around: Steps) -> tuple[Action, ...]:
    """Return actions in the order of performing.

    Of what is due at the same moment, the earlier occurrence comes first.
    """
    actions = chain.from_iterable(around.values())
    return tuple(sorted(actions, key=lambda action: action.due))


def owed(record: Record, planned: tuple[Action, ...]) -> tuple[Action, ...]:
    """Return the planned actions that are not done, what is told weekly, and letters.

    Letters come after whatever else is due at the same moment, so that they can tell
    all of it at once.
    """
    undone = (action for action in planned if action.id not in record.state.done)
    weeklies = weekly(record, planned)
    return (*undone, *returns(record), *weeklies, *_letters(record))


def next_due(actions: tuple[Action, ...]) -> dt.datetime | None:
    """Return when the first of these actions is due; None when there are none."""
    return min((action.due for action in actions), default=None)


def next_action(actions: tuple[Action, ...], *, now: dt.datetime) -> Action | None:
    """Return the action to perform at `now`, or None when nothing is due.

    An action that was missed while the service was down is still due here; whether it
    is performed or skipped is its `useless_after` to say.
    """
    return next((action for action in actions if action.due <= now), None)


def _around(
    one: Occurrence, record: Record, closed: Mapping[str, dt.datetime | None]
) -> Iterator[Action]:
    announcement = record.state.announced.get(one.id)
    if one.off or (announcement and announcement.told.cancelled):
        return
    activity = record.frozen.programme.activity(one.slot.activity)
    if activity is None or one.provisional:
        return
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
    urgent: dict[PersonId, dt.datetime] = {}
    for waiting in to_tell(record.state):
        person = waiting.notice.person
        first[person] = min(waiting.at, first.get(person, waiting.at))
        if cannot_wait(waiting.notice):
            urgent[person] = min(waiting.at, urgent.get(person, waiting.at))
    letters = (
        _letter(person, since, record, urgent=urgent.get(person))
        for person, since in first.items()
    )
    return tuple(sorted(letters, key=lambda action: (action.due, action.id)))


def _letter(
    person: PersonId, since: dt.datetime, record: Record, *, urgent: dt.datetime | None
) -> Action:
    """Return the posting of a person's letter: one a day, but for what cannot wait."""
    days = record.days
    due = days.sending(since)
    count, last = record.state.letters.get(person, (0, None))
    # A letter that was written at night left, or leaves, on the morning after it.
    left = days.zone.date(days.sending(last)) if last is not None else None
    if left is not None and left >= days.zone.date(due):
        due = days.morning(left + dt.timedelta(days=1))
    if urgent is not None:
        due = min(due, days.sending(urgent))
    return Action(
        id=ActionId(f"letter/{person}/{count + 1}"),
        due=due,
        phase="",
        activity=_LETTERS,
        effect=Post(person=person),
    )
