"""What can happen to who takes part while a year runs, in the past tense."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.facts.instants import Instant
from engine.ids import MatchId, PersonId

Members = Mapping[str, tuple[PersonId, ...]]
"""Who has which role in a match; roles in the order in which they are asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """A person takes part no more.

    `reason` is one of the words that the programme lists; empty where none was told.
    """

    person: PersonId
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reformed:
    """A match goes on with these members; its id and its meetings stay."""

    match: MatchId
    members: Members


Late = Literal["catch up", "skip", "compress"]
"""What becomes of what somebody missed: they do it, leave it out, or do it faster."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined:
    """A person takes part from now on who did not from the start, or comes back."""

    person: PersonId
    missed: Late


@dataclass(frozen=True, kw_only=True, slots=True)
class Paused:
    """A person is away for now; where no end is told, until they are back."""

    person: PersonId
    until: Instant | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Resumed:
    """A person is back from a pause."""

    person: PersonId
