"""What somebody was sent, what they did, and when."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.facts import Enrolled, Fact
from engine.health import plight
from engine.ids import CohortId, MatchId, OccurrenceId, PersonId
from engine.letters.entries import occurrence_title
from engine.outbox import Standing
from engine.record import Record, ids_of
from engine.said import said


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
    for one in said(fact.event, record, person):
        yield Line(
            at=fact.at,
            cohort=record.id,
            what=one.what,
            which=_which(record, person, one.id),
            id=one.id or "",
            time=one.time,
            by="" if fact.actor == person else by,
        )


def _which(record: Record, person: PersonId, about: str | None) -> str:
    """Return a title, who else is in a match, or what a message is about."""
    state = record.state
    if about in state.messages:
        return record.written.get(f"{about}/subject/{record.language(person)}", "")
    if about in state.matches:
        others = (one for one in state.matches[MatchId(about)].people if one != person)
        return f"with {', '.join(ids_of(others, record))}"
    if about not in state.allocated:
        return ""
    told = state.allocated[OccurrenceId(about)]
    language = record.frozen.programme.languages[0]
    return occurrence_title(record, told.activity, told.ordinal, language)
