"""What somebody came to, was away from, and comes to next."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from engine.company import company_of, declined
from engine.facts import Announced
from engine.ids import PersonId
from engine.record import Record
from engine.spec.activities import Evaluation, Handover
from engine.spec.closed import WorkingHours
from engine.timeline.model import Timeline
from engine.timeline.zone import Zone

_HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Something that somebody was asked to come to.

    Attributes:
        meets: Whether members of a match meet there.
        came: Of a meeting, that it was told to be held; of a gathering, that they were
            not told to be away: untold counts as having come.
        told: Whether anybody has told.
    """

    what: Announced
    activity: str
    meets: bool
    came: bool
    told: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How much somebody has taken part in what is over.

    Attributes:
        untold: Gatherings of which nobody has told who came; they count as come to.
        hours: Of gatherings come to and of meetings held.
    """

    came: int
    gatherings: int
    untold: int
    held: int
    meetings: int
    hours: float


def parts_of(record: Record, person: PersonId) -> Iterator[Part]:
    """Yield what somebody was asked to come to, and is not cancelled, as announced."""
    state = record.state
    for id_, announcement in state.announced.items():
        told, allocated = announcement.told, state.allocated[id_]
        if told.cancelled or person not in told.audience:
            continue
        meets = company_of(state, allocated.series) is not None
        held = state.held.get(id_, (False, None))[0]
        here = state.attended.get((id_, person))
        yield Part(
            what=told,
            activity=allocated.activity,
            meets=meets,
            came=held if meets else here is not False,
            told=id_ in state.held if meets else here is not None,
        )


def counts(record: Record, person: PersonId, *, now: dt.datetime) -> Counts:
    """Return how much of what is over by now somebody has taken part in."""
    over = [one for one in parts_of(record, person) if one.what.ends <= now]
    gatherings = [one for one in over if not one.meets]
    meetings = [one for one in over if one.meets]
    hours = record.frozen.programme.calendar.working_hours
    return Counts(
        came=sum(one.came for one in gatherings),
        gatherings=len(gatherings),
        untold=sum(not one.told for one in gatherings),
        held=sum(one.came for one in meetings),
        meetings=len(meetings),
        hours=sum(
            lasting(one.what, record.days.zone, hours) for one in over if one.came
        ),
    )


def answers(
    record: Record, timeline: Timeline, person: PersonId, *, now: dt.datetime
) -> tuple[int, int]:
    """Return how many evaluations somebody has answered, and how many they were asked.

    Not the anonymous ones: among few answers that would point at who wrote them.
    """
    asked = [
        one.id
        for one in timeline.occurrences.values()
        if person in one.slot.audience
        and one.starts <= now
        and _named(record.frozen.programme.activity(one.slot.activity))
    ]
    said = [one for one in asked if person in record.state.answered.get(one, ())]
    return len(said), len(asked)


def _named(asked: object) -> bool:
    """Return whether answers to it are kept with a name."""
    if isinstance(asked, Evaluation):
        return asked.anonymous is None
    return isinstance(asked, Handover)


def next_gathering(
    record: Record, person: PersonId, *, after: dt.datetime
) -> Announced | None:
    """Return the next gathering that somebody is asked to and has not declined."""
    ahead = (
        one.what
        for one in parts_of(record, person)
        if not one.meets
        and one.what.starts > after
        and person not in declined(record.state, one.what.occurrence)
    )
    return min(ahead, key=lambda one: one.starts, default=None)


def lasting(told: Announced, zone: Zone, hours: WorkingHours) -> float:
    """Return how many hours something lasts; of several days only their working hours.

    The first of them from its start on, and the last up to its end.
    """
    starts, ends = zone.wall(told.starts), zone.wall(told.ends)
    if starts.date() == ends.date():
        return (ends - starts) / _HOUR
    days = [
        starts.date() + dt.timedelta(days=step)
        for step in range((ends.date() - starts.date()).days + 1)
    ]
    spent = 0.0
    for day in days:
        opens = dt.datetime.combine(day, dt.time(hours.first_hour))
        closes = dt.datetime.combine(day, dt.time(hours.last_hour))
        spent += max((min(ends, closes) - max(starts, opens)) / _HOUR, 0.0)
    return spent
