"""Who is kept apart by command, and who is not any more, in the past tense."""

from dataclasses import dataclass

from engine.ids import PersonId

Two = tuple[PersonId, PersonId]
"""Two people; the lower surrogate first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Vetoed:
    """Two are not to be in one match of a kind; why is not told."""

    kind: str
    people: Two


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowed:
    """Such a veto was taken back."""

    kind: str
    people: Two
