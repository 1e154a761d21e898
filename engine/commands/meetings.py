"""What people tell of occurrences: booked, held, attended, accepted."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from engine.commands.announcing import announce, announcement
from engine.commands.decision import NOTHING, Decision, RefusedError
from engine.commands.standing import Standing
from engine.facts import Attended, Booked, Event, Met, Replied, Settled
from engine.ids import MatchId, OccurrenceId, PersonId
from engine.record import Record
from engine.spec.activities import Meeting
from engine.timeline.model import Occurrence


def book(
    standing: Standing,
    *,
    match: MatchId,
    starts: dt.datetime,
    now: dt.datetime,
    place: str = "",
) -> Decision:
    """Book the next meeting of a match, or move the one that is booked and ahead.

    Raises:
        RefusedError: If there is none to book, or the time has passed, is after the
            phase, or is taken by something else that one of them is invited to.
    """
    if starts <= now:
        raise RefusedError("that time has passed", "book a time ahead")
    record = standing.record
    found = record.state.matches.get(match)
    if found is None or found.agreed is None:
        raise RefusedError(f"{match} is no agreed match", "see stafet status")
    one = bookable(standing, match, now=now)
    if one is None:
        raise RefusedError(f"{match} has no meeting left to book", "the year is over")
    meeting = record.frozen.programme.activity(one.slot.activity)
    if not isinstance(meeting, Meeting):
        raise TypeError(meeting)
    ends = starts + dt.timedelta(minutes=meeting.lasts.most.minutes)
    _refuse_time(standing, one, starts, ends)
    known = record.state.announced.get(one.id)
    if known and (known.told.starts, record.place(known.told.place)) == (starts, place):
        return NOTHING
    named, written = _named_place(record, one.id, place)
    record = replace(record, written={**record.written, **written})
    slot = replace(one.slot, starts=starts, ends=ends, place=named)
    told = announcement(record, one.id, slot, invited=True)
    wording = "update" if known else "booked"
    announcing = announce(record, told, wording=wording, now=now, urgent=True)
    booked = Booked(occurrence=one.id, starts=starts, ends=ends, place=named)
    events: list[Event] = [booked, announcing.told]
    if (task := f"silent-match/{match}") in record.state.tasks:
        events.append(Settled(task=task))
    return Decision(events=events, mails=announcing.mails, written=written)


def _refuse_time(
    standing: Standing, one: Occurrence, starts: dt.datetime, ends: dt.datetime
) -> None:
    """Refuse a time after the phase, or at which a member is asked to be elsewhere."""
    record = standing.record
    for span in standing.timeline.phases:
        if span.phase == one.slot.phase and starts > span.ends:
            last = record.days.zone.date(span.ends)
            raise RefusedError(f"{span.phase} ends on {last}", "book a time before")
    for known in record.state.announced.values():
        told = known.told
        taken = told.starts < ends and starts < told.ends and not told.cancelled
        both = set(told.audience) & set(one.slot.audience)
        if taken and both and told.occurrence != one.id:
            raise RefusedError(
                f"at that time there is {told.occurrence}", "book another time"
            )


def _named_place(
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


def bookable(
    standing: Standing, match: MatchId, *, now: dt.datetime
) -> Occurrence | None:
    """Return what a match can book: the meeting that is ahead, else the next window."""
    state = standing.record.state
    activity = standing.record.frozen.programme.activity
    meetings = [
        one
        for one in standing.timeline.occurrences.values()
        if one.slot.match == match and isinstance(activity(one.slot.activity), Meeting)
    ]
    ahead = [one for one in meetings if one.id in state.booked and one.starts > now]
    unbooked = [
        one
        for one in meetings
        if one.slot.firm and one.id not in {*state.booked, *state.lapsed}
    ]
    return next(iter(ahead or unbooked), None)


def met(standing: Standing, *, occurrence: OccurrenceId, held: bool) -> Decision:
    """Record whether a meeting was held; the last word counts.

    Raises:
        RefusedError: If no such meeting is booked or planned.
    """
    state = standing.record.state
    if not is_meeting(standing.record, occurrence):
        raise RefusedError(f"no meeting {occurrence} is booked", "see stafet timeline")
    if state.held.get(occurrence, (None, None))[0] == held:
        return NOTHING
    return Decision(events=(Met(occurrence=occurrence, held=held),))


def is_meeting(record: Record, occurrence: OccurrenceId) -> bool:
    """Return whether members of a match meet there, and have been told when."""
    allocated = record.state.allocated.get(occurrence)
    of_match = allocated is not None and allocated.series in record.state.matches
    return of_match and occurrence in record.state.announced


def attend(
    standing: Standing, *, occurrence: OccurrenceId, came: Mapping[PersonId, bool]
) -> Decision:
    """Record who came to a gathering.

    Raises:
        RefusedError: If it is no gathering, or somebody was not in its audience.
    """
    state = standing.record.state
    known = state.announced.get(occurrence)
    if known is None or is_meeting(standing.record, occurrence):
        raise RefusedError(f"{occurrence} is no gathering", "see stafet timeline")
    if strangers := set(came) - set(known.told.audience):
        names = ", ".join(sorted(standing.record.people[one].id for one in strangers))
        raise RefusedError(f"{names} were not invited", "leave them out")
    events: list[Event] = [
        Attended(occurrence=occurrence, person=person, came=here)
        for person, here in sorted(came.items())
        if state.attended.get((occurrence, person)) != here
    ]
    if (task := f"who-came/{occurrence}") in state.tasks:
        events.append(Settled(task=task))
    return Decision(events=events)


def reply(
    standing: Standing,
    *,
    occurrence: OccurrenceId,
    person: PersonId,
    answer: Literal["accepted", "declined", "tentative"],
) -> Decision:
    """Record a person's answer to an invitation; the last one counts.

    Raises:
        RefusedError: If they are not invited.
    """
    state = standing.record.state
    known = state.announced.get(occurrence)
    if known is None or person not in known.told.audience:
        raise RefusedError(f"no invitation to {occurrence}", "see stafet timeline")
    said = Replied(
        occurrence=occurrence,
        person=person,
        answer=answer,
        sequence=known.told.sequence,
    )
    if state.replies.get((occurrence, person)) == said:
        return NOTHING
    return Decision(events=(said,))
