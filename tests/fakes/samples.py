"""Messages, people and changes that tests of storage share."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.facts import Done, Event
from engine.ids import ActionId, CohortId, OccurrenceId, PersonId
from engine.outbox import Message
from engine.people import Participant
from engine.ports import Change, Link, Outbox, Response, Store

NOW = dt.datetime(2027, 3, 1, 8, tzinfo=dt.UTC)
LEASE = dt.timedelta(minutes=5)
COHORT = CohortId("aarhus-leadership/2027")
OTHER = CohortId("women-in-tech/2027")
ANNA = PersonId("p2")
BO = PersonId("p10")


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """A store and the outbox of the same database."""

    store: Store
    outbox: Outbox

    def post(self, *messages: Message, at: dt.datetime = NOW) -> None:
        """Append messages to whatever the cohort has got to."""
        expected = len(self.store.facts(COHORT))
        self.store.append(COHORT, change(messages=messages, at=at), expected=expected)

    def leave(self, person: PersonId, *messages: Message) -> None:
        """Append that somebody leaves, with messages."""
        expected = len(self.store.facts(COHORT))
        left = change(messages=messages, leaving=[person])
        self.store.append(COHORT, left, expected=expected)

    def statuses(self) -> dict[str, str]:
        """Return what became of each message, by key."""
        return {row.key: row.status for row in self.outbox.standings()}


def message(key: str, lane: str = "", **changes: Any) -> Message:  # noqa: ANN401
    """Return a letter, or an update where it has a lane."""
    values: dict[str, Any] = {
        "key": key,
        "cohort": COHORT,
        "recipient": ANNA,
        "lane": lane or key,
        "kind": "update" if lane else "letter",
        "not_before": NOW,
        "sender": "programme@example.org",
        "address": "anna@example.org",
        "message_id": f"<{key}@example.org>",
        "payload": f"Message-ID: <{key}@example.org>\r\n\r\n.{key}\r\n".encode(),
    }
    return Message(**{**values, **changes})


def participant(person: PersonId = ANNA, **changes: Any) -> Participant:  # noqa: ANN401
    """Return somebody who fills every field."""
    values: dict[str, Any] = {
        "person": person,
        "id": f"id-{person}",
        "name": "Anna Ægir",
        "email": f"{person}@Example.org",
        "phone": "+45 12 34 56 78",
        "language": "da",
        "roles": ("mentor", "mentee"),
        "department": "Kultur",
        "manager": "id-9",
        "values": {
            "level": 3,
            "goals": ("a", "b"),
            "note": "ø",
            "yes": True,
            "no": None,
        },
    }
    return Participant(**{**values, **changes})


def change(facts: Sequence[Event] = (), **changes: Any) -> Change:  # noqa: ANN401
    """Return a change at `NOW` with nothing due next."""
    values: dict[str, Any] = {
        "facts": facts,
        "actor": "schedule",
        "at": NOW,
        "next_due": None,
    }
    return Change(**{**values, **changes})


def done(action: str) -> Done:
    """Return a fact."""
    return Done(action=ActionId(action))


def link(digest: str, **changes: Any) -> Link:  # noqa: ANN401
    """Return a link to an evaluation."""
    values: dict[str, Any] = {
        "hash": digest,
        "scope": "answer",
        "cohort": COHORT,
        "person": ANNA,
        "subject": "final-1",
        "expires": NOW + dt.timedelta(days=10),
    }
    return Link(**{**values, **changes})


def response(ballot: str, occurrence: str = "final-1") -> Response:
    """Return an anonymous response."""
    return Response(
        ballot=ballot,
        occurrence=OccurrenceId(occurrence),
        person=None,
        answers={"worth": 5, "words": "God tid"},
    )
