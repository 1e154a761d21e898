"""What one fact says of one person."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch

from engine.company import company_of
from engine.facts import (
    Admitted,
    Allowed,
    Answered,
    Approved,
    Attended,
    Booked,
    Completed,
    Confirmed,
    Consented,
    Dissolved,
    Enrolled,
    Joined,
    Left,
    Messaged,
    Met,
    Nominated,
    Paused,
    Raised,
    Reformed,
    Refused,
    Replied,
    Responded,
    Resumed,
    Vetoed,
)
from engine.ids import OccurrenceId, PersonId
from engine.needs import CALL_ME
from engine.record import Record
from engine.spec.activities import Evaluation

_REPLIES = {"accepted": "accepted", "declined": "declined", "tentative": "said maybe"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What one fact says of a person."""

    what: str
    id: str | None = None
    time: dt.datetime | None = None


@singledispatch
def said(_event: object, _record: Record, _person: PersonId) -> Iterator[Said]:
    """Yield what an event says of a person: of most, nothing."""
    yield from ()


@said.register
def _(event: Enrolled, _record: Record, person: PersonId) -> Iterator[Said]:
    if event.person == person:
        roles = ", ".join(event.roles)
        yield Said(what=f"takes part as {roles}" if roles else "takes no part any more")


@said.register
def _(event: Left, _record: Record, person: PersonId) -> Iterator[Said]:
    if event.person == person:
        yield Said(what=f"has left: {event.reason}" if event.reason else "has left")


@said.register
def _(event: Joined | Resumed, _record: Record, person: PersonId) -> Iterator[Said]:
    if event.person == person:
        yield Said(what="started" if isinstance(event, Joined) else "is back")


@said.register
def _(event: Paused, _record: Record, person: PersonId) -> Iterator[Said]:
    if event.person == person:
        yield Said(what="is away", time=event.until)


@said.register
def _(event: Reformed, record: Record, person: PersonId) -> Iterator[Said]:
    if any(person in people for people in event.members.values()):
        yield Said(what="match has other members", id=event.match)
    elif person in record.state.matches[event.match].former:
        yield Said(what="is in the match no more", id=event.match)


@said.register
def _(event: Vetoed | Allowed, record: Record, person: PersonId) -> Iterator[Said]:
    if person in event.people:
        (other,) = (one for one in event.people if one != person)
        vetoed = isinstance(event, Vetoed)
        what = "is not to be matched with" if vetoed else "may be matched again with"
        yield Said(what=f"{what} {record.people[other].id}")


@said.register
def _(event: Approved, _record: Record, person: PersonId) -> Iterator[Said]:
    if any(person in people for people in event.members.values()):
        yield Said(what="was matched", id=event.match)


@said.register
def _(event: Confirmed, _record: Record, person: PersonId) -> Iterator[Said]:
    if event.person == person:
        yield Said(what="said yes" if event.agrees else "said no", id=event.match)


@said.register
def _(event: Dissolved, record: Record, person: PersonId) -> Iterator[Said]:
    if person in record.state.matches[event.match].people:
        ended = record.state.matches[event.match].ended is not None
        what = "match ended" if ended else "match came to nothing"
        yield Said(what=what, id=event.match)


@said.register
def _(event: Booked, record: Record, person: PersonId) -> Iterator[Said]:
    if _meets(record, event.occurrence, person):
        yield Said(what="booked", id=event.occurrence, time=event.starts)


@said.register
def _(event: Met, record: Record, person: PersonId) -> Iterator[Said]:
    if _meets(record, event.occurrence, person):
        yield Said(what="met" if event.held else "did not meet", id=event.occurrence)


@said.register
def _(event: Attended, _record: Record, person: PersonId) -> Iterator[Said]:
    if event.person == person:
        yield Said(what="came" if event.came else "did not come", id=event.occurrence)


@said.register
def _(event: Replied, _record: Record, person: PersonId) -> Iterator[Said]:
    if event.person == person:
        yield Said(what=_REPLIES[event.answer], id=event.occurrence)


@said.register
def _(event: Answered, record: Record, person: PersonId) -> Iterator[Said]:
    slug = record.state.allocated[event.occurrence].activity
    asked = record.frozen.programme.activity(slug)
    hidden = isinstance(asked, Evaluation) and asked.anonymous is not None
    if event.person == person and asked is not None and not hidden:
        yield Said(what="answered", id=event.occurrence)


@said.register
def _(event: Messaged, _record: Record, person: PersonId) -> Iterator[Said]:
    if person in event.people:
        yield Said(what="was written to", id=event.message)


@said.register
def _(event: Raised, _record: Record, person: PersonId) -> Iterator[Said]:
    if event.wording == CALL_ME and event.person == person:
        yield Said(what="asked for a call")


@said.register
def _(event: Completed, _record: Record, person: PersonId) -> Iterator[Said]:
    if event.person == person:
        yield Said(what="completed", id=event.occurrence)


@said.register
def _(event: Nominated, record: Record, person: PersonId) -> Iterator[Said]:
    if event.person == person:
        yield Said(what="was nominated", id=event.occurrence)
    if event.by == person:
        whom = record.people[event.person].id
        yield Said(what=f"nominated {whom}", id=event.occurrence)


@said.register
def _(event: Consented, record: Record, person: PersonId) -> Iterator[Said]:
    nominee = record.state.nominees[(event.occurrence, event.person)]
    not_ = "" if event.agrees else "not "
    if event.person == person:
        yield Said(what=f"was {not_}given the time", id=event.occurrence)
    if nominee.manager == person:
        did = "gave" if event.agrees else "did not give"
        whom = record.people[event.person].id
        yield Said(what=f"{did} {whom} the time", id=event.occurrence)


@said.register
def _(event: Responded, _record: Record, person: PersonId) -> Iterator[Said]:
    if event.person == person:
        yield Said(what="said yes" if event.agrees else "said no", id=event.occurrence)


@said.register
def _(event: Admitted, _record: Record, person: PersonId) -> Iterator[Said]:
    if event.person == person:
        yield Said(what="got a place", id=event.occurrence)


@said.register
def _(event: Refused, _record: Record, person: PersonId) -> Iterator[Said]:
    if event.person == person:
        yield Said(what="was refused a place", id=event.occurrence)


def _meets(record: Record, occurrence: OccurrenceId, person: PersonId) -> bool:
    allocated = record.state.allocated.get(occurrence)
    company = company_of(record.state, allocated.series) if allocated else None
    return company is not None and person in company.people
