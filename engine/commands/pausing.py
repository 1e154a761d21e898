"""Somebody is away for a while, and comes back."""

import datetime as dt

from engine.commands.decision import Decision, RefusedError
from engine.commands.joining import grown, telling
from engine.commands.parting import living, told
from engine.commands.standing import Standing
from engine.commands.windows import to_book
from engine.company import Company, match_of, rests
from engine.facts import Event, Noticed, Paused, Resumed
from engine.ids import PersonId
from engine.matches import Match
from engine.record import COORDINATOR, Record
from engine.waiting import AWAY, BACK, PAUSE_MOVED, PAUSING


def pause(
    standing: Standing,
    *,
    person: PersonId,
    now: dt.datetime,
    until: dt.datetime | None = None,
) -> Decision:
    """Record that somebody is away: they are asked for nothing, and keep their match.

    Without an end it lasts as long as the programme allows, or until they resume. What
    begins when it is over stays in their calendar. Of somebody who is away already it
    is another end: only what lies between the two is taken out or comes in again.

    Raises:
        RefusedError: If they take no part, are away until then already, or it is too
            long.
    """
    record = standing.record
    _refuse(record, person)
    ends = _end(record, person, until, now=now)
    events: list[Event] = [Paused(person=person, until=ends)]
    after = grown(record, events, now=now)
    moved = person in record.state.presence.paused
    for match in living(record, person):
        waits = rests(after.state, Company(match=match))
        wording = "partner-pauses" if waits else "member-pauses"
        if not moved or _loses(after, match, now=now):
            events += told(record, match, wording=wording, about=person)
    if not moved:
        events.append(_to_themselves(record, person, PAUSING))
    elif not _waits_to_be_told(record, person):
        events.append(_to_themselves(record, person, PAUSE_MOVED))
    return telling(record, Decision(events=events), (person,), now=now)


def resume(standing: Standing, *, person: PersonId, now: dt.datetime) -> Decision:
    """Record that somebody is back: what lies ahead is theirs again.

    Raises:
        RefusedError: If they are not away.
    """
    record = standing.record
    if person not in record.state.presence.paused:
        raise RefusedError(f"{record.people[person].id} is not away", "nothing to do")
    events: list[Event] = [Resumed(person=person)]
    for match in living(record, person):
        events += told(record, match, wording="partner-back", about=person)
        if rests(record.state, Company(match=match)):
            events += to_book(standing, match, match.people)
    events.append(_to_themselves(record, person, BACK))
    return telling(record, Decision(events=events), (person,), now=now)


def _refuse(record: Record, person: PersonId) -> None:
    one = record.people[person]
    if COORDINATOR in one.roles:
        raise RefusedError(
            f"{one.id} answers for the cohort", "tell of a deputy in the cohort file"
        )
    if not record.state.enrolled.get(person):
        raise RefusedError(f"{one.id} takes no part", "see stafet status")


def _end(
    record: Record, person: PersonId, until: dt.datetime | None, *, now: dt.datetime
) -> dt.datetime | None:
    """Return when a pause ends, which is no later than the programme allows."""
    zone, most = record.days.zone, record.frozen.programme.changes.pause
    known = record.state.presence.paused.get(person)
    began = known.at if known else now
    last = record.days.add(zone.date(began), most) if most else None
    if until is None:
        until = zone.at(last, dt.time()) if last else None
    if known and known.until == until:
        name = record.people[person].id
        remedy = "end it with stafet resume, or name another day with --until"
        raise RefusedError(f"{name} is away already", remedy)
    if until is None:
        return None
    if until <= now:
        raise RefusedError("that day has passed", "write a day ahead")
    if last and zone.date(until) > last:
        raise RefusedError(
            f"a pause is {most} at most", f"write a day until {last}, or stafet drop"
        )
    return until


def _loses(after: Record, match: Match, *, now: dt.datetime) -> bool:
    """Return whether a match had booked what it cannot meet for any more."""
    state = after.state
    return any(
        known.told.starts > now
        and not known.told.cancelled
        and rests(state, Company(match=match), at=known.told.starts)
        for one, known in state.announced.items()
        if one in state.booked and match_of(state.allocated[one].series) == match.id
    )


def _waits_to_be_told(record: Record, person: PersonId) -> bool:
    """Return whether a letter with the end of their pause is still to be written."""
    waiting = (one.notice for one in record.state.waiting.values())
    return any(one.person == person and one.wording in AWAY for one in waiting)


def _to_themselves(record: Record, person: PersonId, wording: str) -> Noticed:
    return Noticed(
        notice=f"away/{person}/{record.state.number}", person=person, wording=wording
    )
