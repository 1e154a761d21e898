"""What somebody was sent, what they did, and when."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import singledispatch

from engine.company import company_of
from engine.facts import (
    Admitted,
    Answered,
    Approved,
    Attended,
    Booked,
    Completed,
    Confirmed,
    Consented,
    Dissolved,
    Enrolled,
    Fact,
    Met,
    Nominated,
    Refused,
    Replied,
    Responded,
)
from engine.health import plight
from engine.ids import CohortId, MatchId, OccurrenceId, PersonId
from engine.letters.entries import occurrence_title
from engine.outbox import Standing
from engine.record import Record, ids_of
from engine.spec.activities import Evaluation

_REPLIES = {"accepted": "accepted", "declined": "declined", "tentative": "said maybe"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One thing that somebody was sent, did, or that was recorded of them.

    Attributes:
        at: When it was recorded; of a mail when it came to its end, or may next leave.
        what: What happened, such as `said yes`; of a mail its kind.
        which: What it is about, as people know it: a title, a subject, who is met.
        id: The same as commands know it: an occurrence, a match or a message.
        time: The time that was chosen, where one was.
        status: Where a mail has got to; empty for anything else.
        by: Who recorded it, where it was not they themselves.
    """

    at: dt.datetime
    cohort: CohortId
    what: str
    which: str = ""
    id: str = ""
    time: dt.datetime | None = None
    status: str = ""
    by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """What one fact says of a person."""

    what: str
    id: OccurrenceId | MatchId | None = None
    time: dt.datetime | None = None


def history(
    record: Record,
    person: PersonId,
    *,
    facts: Iterable[Fact],
    mails: Iterable[Standing],
    subjects: Mapping[int, str],
    now: dt.datetime,
) -> tuple[Line, ...]:
    """Return what is recorded of a person, in order of time; facts before their mails.

    Never what they answered; of an anonymous evaluation not even that they did, since
    among few answers it would point at who wrote them.

    Args:
        record: The cohort.
        person: Who it is about.
        facts: All that happened in the cohort.
        mails: Where the messages of the cohort have got to.
        subjects: What theirs are about, by number.
        now: Tells what is in doubt.
    """
    news = _without_the_same_roles(facts, person)
    did = [line for fact in news for line in _of_fact(record, person, fact)]
    sent = [
        _of_mail(one, subjects.get(one.number, ""), now=now)
        for one in mails
        if one.recipient == person
    ]
    return tuple(sorted((*did, *sent), key=lambda line: line.at))


def line_document(record: Record, line: Line) -> dict[str, str | None]:
    """Return a line as plain values, its times local with their offset."""
    local = record.days.zone.local
    return {
        "at": local(line.at).isoformat(),
        "cohort": line.cohort,
        "what": line.what,
        "which": line.which,
        "id": line.id,
        "time": local(line.time).isoformat() if line.time else None,
        "status": line.status,
        "by": line.by,
    }


def _without_the_same_roles(facts: Iterable[Fact], person: PersonId) -> Iterator[Fact]:
    """Yield the facts but those that tell something else of a person in their roles."""
    roles: tuple[str, ...] = ()
    for fact in facts:
        event = fact.event
        if isinstance(event, Enrolled) and event.person == person:
            if event.roles == roles:
                continue
            roles = event.roles
        yield fact


def _of_mail(row: Standing, subject: str, *, now: dt.datetime) -> Line:
    return Line(
        at=row.settled_at or row.leaves,
        cohort=row.cohort,
        what=row.kind,
        which=subject,
        id=str(row.number),
        status=plight(row, now=now) or row.status,
    )


def _of_fact(record: Record, person: PersonId, fact: Fact) -> Iterator[Line]:
    other = record.people.get(PersonId(fact.actor))
    by = other.id if other else fact.actor
    for said in _said(fact.event, record, person):
        yield Line(
            at=fact.at,
            cohort=record.id,
            what=said.what,
            which=_which(record, person, said.id),
            id=said.id or "",
            time=said.time,
            by="" if fact.actor == person else by,
        )


def _which(
    record: Record, person: PersonId, about: OccurrenceId | MatchId | None
) -> str:
    """Return the title of an occurrence, or who else is in a match."""
    state = record.state
    if about in state.matches:
        others = (one for one in state.matches[MatchId(about)].people if one != person)
        return f"with {', '.join(ids_of(others, record))}"
    if about not in state.allocated:
        return ""
    told = state.allocated[OccurrenceId(about)]
    language = record.frozen.programme.languages[0]
    return occurrence_title(record, told.activity, told.ordinal, language)


@singledispatch
def _said(_event: object, _record: Record, _person: PersonId) -> Iterator[_Said]:
    """Yield what an event says of a person: of most, nothing."""
    yield from ()


@_said.register
def _(event: Enrolled, _record: Record, person: PersonId) -> Iterator[_Said]:
    if event.person == person:
        roles = ", ".join(event.roles)
        yield _Said(
            what=f"takes part as {roles}" if roles else "takes no part any more"
        )


@_said.register
def _(event: Approved, _record: Record, person: PersonId) -> Iterator[_Said]:
    if any(person in people for people in event.members.values()):
        yield _Said(what="was matched", id=event.match)


@_said.register
def _(event: Confirmed, _record: Record, person: PersonId) -> Iterator[_Said]:
    if event.person == person:
        yield _Said(what="said yes" if event.agrees else "said no", id=event.match)


@_said.register
def _(event: Dissolved, record: Record, person: PersonId) -> Iterator[_Said]:
    if person in record.state.matches[event.match].people:
        yield _Said(what="match came to nothing", id=event.match)


@_said.register
def _(event: Booked, record: Record, person: PersonId) -> Iterator[_Said]:
    if _meets(record, event.occurrence, person):
        yield _Said(what="booked", id=event.occurrence, time=event.starts)


@_said.register
def _(event: Met, record: Record, person: PersonId) -> Iterator[_Said]:
    if _meets(record, event.occurrence, person):
        yield _Said(what="met" if event.held else "did not meet", id=event.occurrence)


@_said.register
def _(event: Attended, _record: Record, person: PersonId) -> Iterator[_Said]:
    if event.person == person:
        yield _Said(what="came" if event.came else "did not come", id=event.occurrence)


@_said.register
def _(event: Replied, _record: Record, person: PersonId) -> Iterator[_Said]:
    if event.person == person:
        yield _Said(what=_REPLIES[event.answer], id=event.occurrence)


@_said.register
def _(event: Answered, record: Record, person: PersonId) -> Iterator[_Said]:
    slug = record.state.allocated[event.occurrence].activity
    asked = record.frozen.programme.activity(slug)
    hidden = isinstance(asked, Evaluation) and asked.anonymous is not None
    if event.person == person and asked is not None and not hidden:
        yield _Said(what="answered", id=event.occurrence)


@_said.register
def _(event: Completed, _record: Record, person: PersonId) -> Iterator[_Said]:
    if event.person == person:
        yield _Said(what="completed", id=event.occurrence)


@_said.register
def _(event: Nominated, record: Record, person: PersonId) -> Iterator[_Said]:
    if event.person == person:
        yield _Said(what="was nominated", id=event.occurrence)
    if event.by == person:
        whom = record.people[event.person].id
        yield _Said(what=f"nominated {whom}", id=event.occurrence)


@_said.register
def _(event: Consented, record: Record, person: PersonId) -> Iterator[_Said]:
    nominee = record.state.nominees[(event.occurrence, event.person)]
    not_ = "" if event.agrees else "not "
    if event.person == person:
        yield _Said(what=f"was {not_}given the time", id=event.occurrence)
    if nominee.manager == person:
        did = "gave" if event.agrees else "did not give"
        whom = record.people[event.person].id
        yield _Said(what=f"{did} {whom} the time", id=event.occurrence)


@_said.register
def _(event: Responded, _record: Record, person: PersonId) -> Iterator[_Said]:
    if event.person == person:
        yield _Said(what="said yes" if event.agrees else "said no", id=event.occurrence)


@_said.register
def _(event: Admitted, _record: Record, person: PersonId) -> Iterator[_Said]:
    if event.person == person:
        yield _Said(what="got a place", id=event.occurrence)


@_said.register
def _(event: Refused, _record: Record, person: PersonId) -> Iterator[_Said]:
    if event.person == person:
        yield _Said(what="was refused a place", id=event.occurrence)


def _meets(record: Record, occurrence: OccurrenceId, person: PersonId) -> bool:
    allocated = record.state.allocated.get(occurrence)
    company = company_of(record.state, allocated.series) if allocated else None
    return company is not None and person in company.people
