"""What people tell of occurrences: held, attended, accepted."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal

from engine.commands.decision import NOTHING, Decision, RefusedError
from engine.commands.standing import Standing
from engine.company import company_of
from engine.facts import (
    Announced,
    Attended,
    Done,
    Event,
    Met,
    Noticed,
    Replied,
    Settled,
)
from engine.ids import ActionId, OccurrenceId, PersonId
from engine.letters.missed import MISSED
from engine.record import Record
from engine.spec.activities import Meeting
from engine.timeline.identity import ATTENDANCE

_WEEK = dt.timedelta(days=7)


def met(
    standing: Standing, *, occurrence: OccurrenceId, held: bool, now: dt.datetime
) -> Decision:
    """Record whether a meeting was held; the last word counts.

    Raises:
        RefusedError: If no such meeting is booked or planned, or it has not begun.
    """
    state = standing.record.state
    if not is_meeting(standing.record, occurrence):
        raise RefusedError(f"no meeting {occurrence} is booked", "see stafet timeline")
    _begun(standing.record, occurrence, now=now)
    if state.held.get(occurrence, (None, None))[0] == held:
        return NOTHING
    return Decision(events=(Met(occurrence=occurrence, held=held),))


def is_meeting(record: Record, occurrence: OccurrenceId) -> bool:
    """Return whether members of a match meet there, and have been told when."""
    allocated = record.state.allocated.get(occurrence)
    if allocated is None or occurrence not in record.state.announced:
        return False
    return company_of(record.state, allocated.series) is not None


def attend(
    standing: Standing,
    *,
    occurrence: OccurrenceId,
    came: Mapping[PersonId, bool],
    now: dt.datetime,
) -> Decision:
    """Record who came to a gathering; who was away hears of it within the week.

    Whoever told it before being asked is not asked any more.

    Raises:
        RefusedError: If it is no gathering or has not taken place, or somebody was not
            in its audience.
    """
    if is_meeting(standing.record, occurrence):
        raise RefusedError(f"{occurrence} is no gathering", "see stafet timeline")
    state, known = standing.record.state, _begun(standing.record, occurrence, now=now)
    if strangers := set(came) - set(known.audience):
        names = ", ".join(sorted(standing.record.people[one].id for one in strangers))
        raise RefusedError(f"{names} were not invited", "leave them out")
    told = [
        Attended(occurrence=occurrence, person=person, came=here)
        for person, here in sorted(came.items())
        if state.attended.get((occurrence, person)) != here
    ]
    events: list[Event] = [*told]
    if now < known.ends + _WEEK:
        away = (one for one in told if not one.came and state.enrolled.get(one.person))
        events += map(_missed, away)
    if (task := f"who-came/{occurrence}") in state.tasks:
        events.append(Settled(task=task))
    if (asked := ActionId(f"{occurrence}/{ATTENDANCE}")) not in state.done:
        events.append(Done(action=asked))
    return Decision(events=events)


def _begun(record: Record, occurrence: OccurrenceId, *, now: dt.datetime) -> Announced:
    """Return what was told of what has begun, or refuse."""
    known = record.state.announced.get(occurrence)
    if known is None:
        raise RefusedError(f"{occurrence} is no gathering", "see stafet timeline")
    if known.told.cancelled:
        raise RefusedError(f"{occurrence} was called off", "see stafet timeline")
    if now < known.told.starts:
        raise RefusedError(f"{occurrence} has not begun", "tell it once it has")
    return known.told


def _missed(told: Attended) -> Noticed:
    return Noticed(
        notice=f"{told.occurrence}/{told.person}/missed",
        person=told.person,
        wording=MISSED,
        occurrence=told.occurrence,
    )


def reply(
    standing: Standing,
    *,
    occurrence: OccurrenceId,
    person: PersonId,
    answer: Literal["accepted", "declined", "tentative"],
) -> Decision:
    """Record a person's answer to an invitation; the last one counts.

    Who books is told when somebody declines what was booked, to find another time.

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
    return Decision(events=(said, *_to_book_again(standing.record, said)))


def _to_book_again(record: Record, said: Replied) -> Iterator[Noticed]:
    """Yield that somebody cannot come, to each of those who book that meeting."""
    state = record.state
    allocated = state.allocated[said.occurrence]
    meeting = record.frozen.programme.activity(allocated.activity)
    company = company_of(state, allocated.series)
    if said.answer != "declined" or company is None or not isinstance(meeting, Meeting):
        return
    for booker in company.members[meeting.booked_by]:
        yield Noticed(
            notice=f"{said.occurrence}/declined/{booker}/{state.number}",
            person=booker,
            wording="meeting-declined",
            occurrence=said.occurrence,
            about=said.person,
        )
