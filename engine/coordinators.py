"""Who answers for whom, and who stands in while they are away."""

import datetime as dt
import re
from collections.abc import Iterator

from engine.ids import MatchId, PersonId
from engine.people import Participant
from engine.record import COORDINATOR, Record
from engine.spec.cohort import Cohort, Contact, Coordinator

_DEPUTY = "deputy"
_GAP = re.compile(r"[\W_]+")


def answering(cohort: Cohort) -> tuple[Participant, ...]:
    """Return everyone who answers for a cohort or stands in, each of them once.

    They have no surrogate yet, and an id such as those of the people file.
    """
    found: dict[str, Participant] = {}
    for department, coordinator in _offices(cohort):
        deputy = coordinator.deputy
        for role, contact in ((COORDINATOR, coordinator), (_DEPUTY, deputy)):
            if contact is not None:
                one = _participant(_id(role, department), contact)
                found.setdefault(contact.email.lower(), one)
    return tuple(found.values())


def coordinators(record: Record) -> tuple[PersonId, ...]:
    """Return everyone who answers for people of a cohort, who answers for all first."""
    departments = (department for department, _ in _offices(record.frozen.cohort))
    offices = (_known(record, COORDINATOR, one).person for one in departments)
    return tuple(dict.fromkeys(offices))


def organises(record: Record, person: PersonId) -> bool:
    """Return whether a person answers for the cohort, or stands in for who does."""
    here = {one.id for one in answering(record.frozen.cohort)}
    return record.people[person].id in here


def coordinator_of(record: Record, person: PersonId) -> Participant:
    """Return who answers for a person: one of their department, or of the cohort."""
    known = record.people.get(person)
    department = known.department if known and COORDINATOR not in known.roles else ""
    has_own = department in record.frozen.cohort.coordinators
    return _known(record, COORDINATOR, department if has_own else "")


def concerned(
    record: Record, match: MatchId | None, person: PersonId | None
) -> tuple[PersonId, ...]:
    """Return who gets a task about a match or a person; else who answers for all."""
    if person is None and match in record.state.matches:
        people = record.state.matches[match].people
    else:
        people = (person,) if person else ()
    theirs = (coordinator_of(record, one).person for one in people)
    return tuple(dict.fromkeys(theirs)) or (record.coordinator.person,)


def stand_in(record: Record, person: PersonId, now: dt.datetime) -> Participant:
    """Return who reads what is written to a person: the deputy of one who is away."""
    for department, coordinator in _offices(record.frozen.cohort):
        office = _known(record, COORDINATOR, department)
        away = coordinator.deputy and _away(record, coordinator, now)
        if away and office.person == person:
            return _known(record, _DEPUTY, department)
    return record.people[person]


def _offices(cohort: Cohort) -> Iterator[tuple[str, Coordinator]]:
    """Yield who answers for the cohort, under no name, and for each department."""
    yield "", cohort.coordinator
    yield from cohort.coordinators.items()


def _participant(id_: str, contact: Contact) -> Participant:
    return Participant(
        person=PersonId(""),
        id=id_,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        language=contact.language,
        roles=(COORDINATOR,),
    )


def _id(role: str, department: str) -> str:
    """Return an id such as those of the people file; that of the cohort's is bare."""
    tail = _GAP.sub("-", department.lower()).strip("-")
    return f"{role}-{tail}" if tail else role


def _known(record: Record, role: str, department: str) -> Participant:
    """Return somebody by their id here: another cohort may change their address.

    Who is in the file twice has the id of the first place, which the address tells.
    """
    own = record.participant(_id(role, department))
    if own is not None:
        return own
    contact = dict(_offices(record.frozen.cohort))[department]
    if role == _DEPUTY and contact.deputy is not None:
        return record.at_address(contact.deputy.email.lower()) or record.coordinator
    return record.at_address(contact.email.lower()) or record.coordinator


def _away(record: Record, coordinator: Coordinator, now: dt.datetime) -> bool:
    date = record.days.zone.date(now)
    # A break over New Year counts for the year in which it begins.
    years = (date.year - 1, date.year)
    return any(date in one.days_in(year) for one in coordinator.away for year in years)
