"""How do the engine's values become rows, and rows values again?"""

import json
from typing import Any, cast

from sqlalchemy import RowMapping

from engine.facts import Event, Fact, decode, encode, kind_of, version_of
from engine.ids import CohortId
from engine.outbox import Claim, Message, Standing, Stored
from engine.people import Participant, Value
from engine.ports import Change, Link, Response

Row = dict[str, Any]


def of_fact(cohort: CohortId, number: int, event: Event, change: Change) -> Row:
    """Return the row of a fact in its envelope."""
    return {
        "cohort": cohort,
        "number": number,
        "kind": kind_of(event),
        "version": version_of(event),
        "at": change.at,
        "actor": change.actor,
        "body": encode(event),
    }


def fact(row: RowMapping) -> Fact:
    """Return a fact, brought up to today's version."""
    return Fact(
        cohort=row["cohort"],
        number=row["number"],
        at=row["at"],
        actor=row["actor"],
        event=decode(row["kind"], row["version"], row["body"]),
    )


def of_person(participant: Participant) -> Row:
    """Return what is kept of a person in all cohorts."""
    return {
        "id": participant.person,
        "key": participant.email.lower(),
        "name": participant.name,
        "email": participant.email,
        "phone": participant.phone,
        "language": participant.language,
    }


def of_enrolment(cohort: CohortId, participant: Participant) -> Row:
    """Return what is kept of a person in one cohort."""
    return {
        "cohort": cohort,
        "person": participant.person,
        "participant": participant.id,
        "roles": _dump(participant.roles),
        "department": participant.department,
        "manager": participant.manager,
        "values": _dump(participant.values),
    }


def participant(row: RowMapping) -> Participant:
    """Return a person as enrolled in one cohort."""
    values = json.loads(row["values"])
    return Participant(
        person=row["person"],
        id=row["participant"],
        name=row["name"],
        email=row["email"],
        phone=row["phone"],
        language=row["language"],
        roles=tuple(json.loads(row["roles"])),
        department=row["department"],
        manager=row["manager"],
        values={name: _value(value) for name, value in values.items()},
    )


def of_message(message: Message) -> Row:
    """Return the row of a message that nobody has claimed yet."""
    return {
        **{name: getattr(message, name) for name in _MESSAGE if name != "payload"},
        "status": "pending",
        "fence": 0,
        "attempts": 0,
        "doubts": 0,
        "lease_until": None,
        "again": None,
        "settled_at": None,
        "reply": "",
    }


def of_payload(message: Message) -> Row:
    """Return the row of its bytes."""
    return {"key": message.key, "payload": message.payload}


def claim(row: RowMapping, payload: bytes) -> Claim:
    """Return a claim on a message."""
    known = {name: row[name] for name in _MESSAGE if name != "payload"}
    return Claim(
        message=Message(**known, payload=payload),
        number=row["number"],
        fence=row["fence"],
        attempts=row["attempts"],
        lease_until=row["lease_until"],
    )


def standing(row: RowMapping) -> Standing:
    """Return where a message has got to."""
    return Standing(**row)


def stored(row: RowMapping) -> Stored:
    """Return a message whole, and where it has got to."""
    return Stored(
        message=Message(**{name: row[name] for name in _MESSAGE}),
        standing=Standing(**{name: row[name] for name in Standing.__slots__}),
    )


def of_link(link: Link) -> Row:
    """Return the row of a personal link."""
    return {name: getattr(link, name) for name in Link.__slots__}


def of_response(cohort: CohortId, response: Response) -> Row:
    """Return the row of what somebody handed in; it holds no time and no number."""
    return {
        "ballot": response.ballot,
        "cohort": cohort,
        "occurrence": response.occurrence,
        "person": response.person,
        "answers": _dump(response.answers),
    }


def response(row: RowMapping) -> Response:
    """Return what somebody handed in."""
    return Response(
        ballot=row["ballot"],
        occurrence=row["occurrence"],
        person=row["person"],
        answers=json.loads(row["answers"]),
    )


_MESSAGE = Message.__slots__


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _value(loaded: Any) -> Value:  # noqa: ANN401  # What JSON may hold.
    return tuple(loaded) if isinstance(loaded, list) else cast("Value", loaded)
