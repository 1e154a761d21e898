"""Giving a meeting its time: the next one of those who meet, or another time for it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from engine.commands.announcing import announce, announcement
from engine.commands.decision import NOTHING, Decision, RefusedError
from engine.commands.standing import Standing
from engine.company import Company, company_of, present, rests
from engine.facts import Booked, Event, Settled
from engine.ids import MatchId, OccurrenceId, PersonId
from engine.matches import Match
from engine.record import Record
from engine.spec.activities import Meeting
from engine.timeline.compile import Compiler
from engine.timeline.kinds import KINDS
from engine.timeline.model import Occurrence

SILENT = "silent-match"


def book(
    standing: Standing,
    *,
    series: str,
    starts: dt.datetime,
    now: dt.datetime,
    place: str = "",
) -> Decision:
    """Book the next meeting of a match, or move the one that is booked and ahead.

    Args:
        standing: The cohort.
        series: That of the match, or of one of its members who meets the others alone.
        starts: When.
        now: The time of booking.
        place: Where, in whatever words.

    Raises:
        RefusedError: If there is none to book, or the time has passed, is after the
            phase or the last of the meetings, or is taken by something else that one
            of them is invited to.
    """
    if starts <= now:
        raise RefusedError("that time has passed", "book a time ahead")
    record = standing.record
    one = _bookable(standing, series, now=now)
    _refuse_time(standing, one, starts)
    known = record.state.announced.get(one.id)
    if known and (known.told.starts, record.place(known.told.place)) == (starts, place):
        return NOTHING
    named, written = named_place(record, one.id, place)
    record = replace(record, written={**record.written, **written})
    ends = _ends(record, one, starts)
    there = coming(record, one, at=starts)
    slot = replace(one.slot, starts=starts, ends=ends, place=named, audience=there)
    told = announcement(record, one.id, slot, invited=True)
    wording = "update" if known else "booked"
    announcing = announce(record, told, wording=wording, now=now, urgent=True)
    booked = Booked(occurrence=one.id, starts=starts, ends=ends, place=named)
    events: list[Event] = [booked, announcing.told]
    if (task := f"{SILENT}/{series}") in record.state.tasks:
        events.append(Settled(task=task))
    return Decision(events=events, mails=announcing.mails, written=written)


def _bookable(standing: Standing, series: str, *, now: dt.datetime) -> Occurrence:
    """Return what can be booked in a series, or refuse."""
    company = company_of(standing.record.state, series)
    if company is None or company.match.agreed is None:
        raise RefusedError(f"{series} is no agreed match", "see stafet status")
    one = bookable(standing, series, now=now)
    if one is not None:
        return one
    if rests(standing.record.state, company):
        raise RefusedError(f"{series} rests for now", "wait until they are all back")
    if company.person is None and _meet_one_by_one(standing.record, company.match):
        remedy = f"say whose meeting it is: stafet book {series} … --as ID"
        raise RefusedError(f"{series} meets one by one", remedy)
    raise RefusedError(f"{series} has no meeting left to book", "see stafet timeline")


def _meet_one_by_one(record: Record, match: Match) -> tuple[PersonId, ...]:
    """Return who of a match has meetings of their own."""
    return tuple(
        person
        for _, activity in record.frozen.programme.activities()
        if isinstance(activity, Meeting) and activity.with_ == match.kind
        for person in match.members.get(activity.one_by_one or "", ())
    )


def _refuse_time(standing: Standing, one: Occurrence, starts: dt.datetime) -> None:
    """Refuse a time that is too late, or at which members are away or elsewhere."""
    if not coming(standing.record, one, at=starts):
        remedy = "book a time when they are back"
        raise RefusedError(f"{one.slot.series} rests then", remedy)
    if (ended := beyond(standing, one, starts)) is not None:
        what, last = ended
        raise RefusedError(f"{what} ends on {last}", "book a time before")
    if (other := taken(standing, one, starts)) is not None:
        raise RefusedError(f"at that time there is {other}", "book another time")


def coming(record: Record, one: Occurrence, *, at: dt.datetime) -> tuple[PersonId, ...]:
    """Return who of those who meet will be there at a time; nobody while they rest."""
    company = company_of(record.state, one.slot.series)
    if company is None or rests(record.state, company, at=at):
        return ()
    return present(record.state, company, at=at)


def beyond(
    standing: Standing, one: Occurrence, starts: dt.datetime
) -> tuple[str, dt.date] | None:
    """Return what has ended by then and when, the phase or the meetings themselves."""
    zone = standing.record.days.zone
    for span in standing.timeline.phases:
        if span.phase == one.slot.phase and starts > span.ends:
            return span.phase, zone.date(span.ends)
    meeting = standing.record.frozen.programme.activity(one.slot.activity)
    if isinstance(meeting, Meeting) and meeting.until is not None:
        point = Compiler(standing.record, KINDS).point(meeting.until)
        if starts > point.instant if point.instant else zone.date(starts) > point.date:
            return meeting.name, point.date
    return None


def taken(
    standing: Standing, one: Occurrence, starts: dt.datetime
) -> OccurrenceId | None:
    """Return what else somebody who would meet then is asked to be at."""
    ends = _ends(standing.record, one, starts)
    for known in standing.record.state.announced.values():
        told = known.told
        then = told.starts < ends and starts < told.ends and not told.cancelled
        both = set(told.audience) & set(one.slot.audience)
        if then and both and told.occurrence != one.id:
            return told.occurrence
    return None


def _ends(record: Record, one: Occurrence, starts: dt.datetime) -> dt.datetime:
    meeting = record.frozen.programme.activity(one.slot.activity)
    if not isinstance(meeting, Meeting):
        raise TypeError(meeting)
    return starts + dt.timedelta(minutes=meeting.lasts.most.minutes)


def named_place(
    record: Record, occurrence: OccurrenceId, place: str
) -> tuple[str, Mapping[str, str]]:
    """Return the name by which facts know a place, and the words to keep beside them.

    A venue has a name already; what a person wrote gets one that says nothing.
    """
    if not place or place in record.frozen.cohort.venues:
        return place, {}
    for name, words in record.written.items():
        if words == place and name.startswith(f"{occurrence}/"):
            return name, {}
    name = f"{occurrence}/place-{len(record.written) + 1}"
    return name, {name: place}


def series_of(
    standing: Standing, match: MatchId, person: PersonId | None, *, now: dt.datetime
) -> str:
    """Return where a member of a match books: their own meeting, if there is one.

    Raises:
        RefusedError: If they are not in the match.
    """
    found = standing.record.state.matches.get(match)
    if person is None:
        return match
    if found is None or person not in found.people:
        raise RefusedError(f"{match} is no match of theirs", "see stafet status")
    if person not in _meet_one_by_one(standing.record, found):
        return match
    own = Company(match=found, person=person).series
    left = [one for one in (own, match) if bookable(standing, one, now=now)]
    return next(iter((*left, own)))


def bookable(standing: Standing, series: str, *, now: dt.datetime) -> Occurrence | None:
    """Return what can be booked: the meeting that is ahead, else the next window.

    While those who meet rest it is only what is booked for when they are back.
    """
    state = standing.record.state
    company = company_of(state, series)
    if company is None:
        return None
    activity = standing.record.frozen.programme.activity
    meetings = [
        one
        for one in standing.timeline.occurrences.values()
        if one.slot.series == series
        and isinstance(activity(one.slot.activity), Meeting)
    ]
    ahead = [one for one in meetings if one.id in state.booked and one.starts > now]
    unbooked = [
        one
        for one in meetings
        if one.slot.firm and one.id not in {*state.booked, *state.lapsed}
        if not rests(state, company)
    ]
    return next(iter(ahead or unbooked), None)
