"""An action, and what performing it comes to."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from engine.ids import ActionId, MatchId, OccurrenceId, PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class Announce:
    """Everyone in the audience is sent the calendar entry as it now is."""

    occurrence: OccurrenceId
    stage: Literal["held", "invited"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Notify:
    """People are told something, in their next letter."""

    wording: str
    people: tuple[PersonId, ...]
    occurrence: OccurrenceId | None = None
    match: MatchId | None = None
    about: PersonId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """The coordinator gets a task, and is told of it."""

    wording: str
    occurrence: OccurrenceId | None = None
    match: MatchId | None = None
    person: PersonId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Lapse:
    """The window of a meeting closed; the coordinator is called, the next one opens."""

    occurrence: OccurrenceId
    match: MatchId


@dataclass(frozen=True, kw_only=True, slots=True)
class Propose:
    """Matches of a kind are solved for, and laid before the coordinator."""

    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """The waiting notices of a person become a letter."""

    person: PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class Resume:
    """A person is back from a pause."""

    person: PersonId


Effect = Announce | Notify | Call | Lapse | Propose | Post | Resume


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One thing that the programme does once, at or after a given moment.

    Attributes:
        due: In sending hours where somebody is written to.
        useless_after: From when on it is skipped instead; None for never.
    """

    id: ActionId
    due: dt.datetime
    phase: str
    activity: str
    effect: Effect
    useless_after: dt.datetime | None = None
