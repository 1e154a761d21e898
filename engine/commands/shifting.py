"""Which booked meetings move along where the cohort's own date moves."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from engine.commands.announcing import announce, announcement
from engine.commands.booking import beyond, coming, taken
from engine.commands.decision import Decision
from engine.commands.standing import Standing, moved_on
from engine.facts import Booked, Event
from engine.letters.outgoing import Outgoing
from engine.record import grown_by
from engine.spec.activities import Gathering, Meeting
from engine.timeline.model import Occurrence

_NONE = dt.timedelta()


def moved_along(before: Standing, after: Standing, *, now: dt.datetime) -> Decision:
    """Return each booked meeting ahead at its new time: as many days away, then open.

    The time of day stays. What would come after its phase, while they rest, or at the
    time of something else that one of them is asked to, stays where it is, and so does
    all where the cohort's own date does.
    """
    span = _own_day(after) - _own_day(before)
    events: list[Event] = []
    mails: list[Outgoing] = []
    if span == _NONE:
        return Decision()
    # From the far end: none takes for a moment the time of one that moves after it.
    for one in sorted(_booked(after, now), key=_starts, reverse=span > _NONE):
        found = _moved(after, one, span, now=now)
        if found is not None:
            grown = grown_by(after.record, found.events, now=now)
            after = moved_on(after, grown, found.events)
            events += found.events
            mails += found.mails
    return Decision(events=events, mails=mails)


def _moved(
    standing: Standing, one: Occurrence, span: dt.timedelta, *, now: dt.datetime
) -> Decision | None:
    record = standing.record
    days, zone = record.days, record.days.zone
    day = days.next_open(zone.date(one.starts) + span)
    starts = zone.at(day, zone.time(one.starts))
    ends = starts + (one.ends - one.starts)
    busy = beyond(standing, one, starts) or taken(standing, one, starts)
    there = coming(record, one, at=starts)
    if busy or not there or starts <= now:
        return None
    slot = replace(one.slot, starts=starts, ends=ends, audience=there)
    booked = Booked(occurrence=one.id, starts=starts, ends=ends, place=slot.place)
    told = announcement(record, one.id, slot, invited=True)
    announcing = announce(record, told, wording="update", now=now)
    return Decision(events=(booked, announcing.told), mails=announcing.mails)


def _booked(standing: Standing, now: dt.datetime) -> Iterator[Occurrence]:
    programme, state = standing.record.frozen.programme, standing.record.state
    for one in standing.timeline.occurrences.values():
        meets = isinstance(programme.activity(one.slot.activity), Meeting)
        if meets and one.id in state.booked and one.starts > now:
            yield one


def _starts(one: Occurrence) -> dt.datetime:
    return one.starts


def _own_day(standing: Standing) -> dt.date:
    """Return the day of the gathering whose date is the cohort's own."""
    record = standing.record
    for _, activity in record.frozen.programme.activities():
        if isinstance(activity, Gathering) and activity.is_the_cohorts:
            (own,) = standing.timeline.of(activity.slug)
            return record.days.zone.date(own.starts)
    raise AssertionError("a cohort has a date of its own")
