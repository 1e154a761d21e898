"""Somebody is away for a while, and comes back."""

import datetime as dt

from engine.commands.decision import Decision, RefusedError
from engine.commands.joining import grown, telling
from engine.commands.parting import living, told
from engine.commands.standing import Standing
from engine.commands.windows import to_book
from engine.company import Company, rests
from engine.facts import Event, Noticed, Paused, Resumed
from engine.ids import PersonId
from engine.record import COORDINATOR, Record
from engine.waiting import BACK, PAUSING


def pause(
    standing: Standing,
    *,
    person: PersonId,
    now: dt.datetime,
    until: dt.datetime | None = None,
) -> Decision:
    """Record that somebody is away: they are asked for nothing, and keep their match.

    Without an end it lasts as long as the programme allows, or until they resume.

    Raises:
        RefusedError: If they take no part or are away already, or it is too long.
    """
    record = standing.record
    _refuse(record, person)
    ends = _end(record, until, now=now)
    events: list[Event] = [Paused(person=person, until=ends)]
    after = grown(record, events, now=now)
    for match in living(record, person):
        waits = rests(after.state, Company(match=match))
        wording = "partner-pauses" if waits else "member-pauses"
        events += told(record, match, wording=wording, about=person)
    events.append(_to_themselves(record, person, PAUSING))
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
    if person in record.state.presence.paused:
        raise RefusedError(f"{one.id} is away already", "end it with stafet resume")


def _end(
    record: Record, until: dt.datetime | None, *, now: dt.datetime
) -> dt.datetime | None:
    """Return when a pause ends, which is no later than the programme allows."""
    zone, most = record.days.zone, record.frozen.programme.changes.pause
    last = record.days.add(zone.date(now), most) if most else None
    if until is None:
        return zone.at(last, dt.time()) if last else None
    if until <= now:
        raise RefusedError("that day has passed", "write a day ahead")
    if last and zone.date(until) > last:
        raise RefusedError(
            f"a pause is {most} at most", f"write a day until {last}, or stafet drop"
        )
    return until


def _to_themselves(record: Record, person: PersonId, wording: str) -> Noticed:
    return Noticed(
        notice=f"away/{person}/{record.state.number}", person=person, wording=wording
    )
