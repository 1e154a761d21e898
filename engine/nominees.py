"""Where somebody stands who was proposed, and what brings them further."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from engine.facts import Admitted, Consented, Nominated, Refused, Responded
from engine.ids import OccurrenceId, PersonId

Place = Literal[
    "consent", "asked", "waiting", "admitted", "withheld", "declined", "refused"
]
"""Whose turn it is: the manager's, their own or nobody's; or how it ended."""

LIVE: tuple[Place, ...] = ("consent", "asked", "waiting", "admitted")
"""Where somebody may still take part, or does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Nominee:
    """Somebody who was proposed.

    Attributes:
        by: Who proposed them.
        manager: Who is asked to give the time; None where nobody is.
        since: From when on they stand where they stand.
        asked: When they themselves were first to be asked; None before.
        turn: Number of the fact of their yes, by which those who wait are in order; 0
            without one.
        had_place: Whether they have a place, or had one and gave it back.
    """

    occurrence: OccurrenceId
    person: PersonId
    by: PersonId
    manager: PersonId | None
    place: Place
    since: dt.datetime
    asked: dt.datetime | None
    turn: int = 0
    had_place: bool = False

    @property
    def is_live(self) -> bool:
        """Whether they may still take part, or do."""
        return self.place in LIVE


def proposed(event: Nominated, *, at: dt.datetime) -> Nominee:
    """Return where somebody stands who has just been proposed."""
    return Nominee(
        occurrence=event.occurrence,
        person=event.person,
        by=event.by,
        manager=event.manager,
        place="asked" if event.manager is None else "consent",
        since=at,
        asked=at if event.manager is None else None,
    )


def moved_on(
    known: Nominee,
    event: Consented | Responded | Admitted | Refused,
    *,
    at: dt.datetime,
    number: int,
) -> Nominee:
    """Return where they stand after an event, the fact of this number."""
    match event:
        case Consented(agrees=True):
            return replace(known, place="asked", since=at, asked=at)
        case Consented():
            return replace(known, place="withheld", since=at)
        case Responded(agrees=True):
            return replace(known, place="waiting", since=at, turn=number)
        case Responded():
            return replace(known, place="declined", since=at)
        case Admitted():
            return replace(known, place="admitted", since=at, had_place=True)
        case Refused():
            return replace(known, place="refused", since=at)
        case _:
            assert_never(event)
