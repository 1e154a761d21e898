"""Who has not seen the latest of what was announced: to be called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.ids import OccurrenceId, PersonId
from engine.outbox import Ending, Standing, Waiting
from engine.record import Record

Mail = Waiting | Ending | Literal["none"]
"""Where the latest mail about it has got to; `none` for who was sent none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unreached:
    """Somebody who is asked to be there and may not know it as it is now.

    Attributes:
        mail: What became of the latest mail that took it to them.
        answered: Whether they have answered to it as it is now.
    """

    person: PersonId
    mail: Mail
    answered: bool


def unreached(
    record: Record, occurrence: OccurrenceId, standings: Iterable[Standing]
) -> tuple[Unreached, ...]:
    """Return who has not answered to the latest, or has not got it, in their order.

    An answer to an earlier SEQUENCE is none: they answered to another time or place.
    To what is cancelled nobody needs to answer, nor get a mail that takes back one
    which never left.
    """
    told = record.state.announced[occurrence].told
    latest = _latest(record, occurrence, standings)
    everyone = (
        Unreached(
            person=person,
            mail=latest.get(person, "none"),
            answered=_has_answered(record, occurrence, person),
        )
        for person in told.audience
    )
    if told.cancelled:
        return tuple(one for one in everyone if one.mail not in ("sent", "annihilated"))
    return tuple(one for one in everyone if one.mail != "sent" or not one.answered)


def _has_answered(record: Record, occurrence: OccurrenceId, person: PersonId) -> bool:
    said = record.state.replies.get((occurrence, person))
    told = record.state.announced[occurrence].told
    return said is not None and said.sequence >= told.sequence


def _latest(
    record: Record, occurrence: OccurrenceId, standings: Iterable[Standing]
) -> Mapping[PersonId, Mail]:
    """Return where the latest mail about it has got to, by whom it went to."""
    uid = record.uid(occurrence)
    found: dict[PersonId, Mail] = {}
    for one in sorted(standings, key=_number):
        if one.lane == f"{one.recipient}/{uid}":
            found[one.recipient] = one.status
    return found


def _number(one: Standing) -> int:
    return one.number
