"""What can happen on the way from being proposed to taking part, in the past tense."""

from dataclasses import dataclass

from engine.ids import OccurrenceId, PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class Nominated:
    """Somebody was proposed.

    Attributes:
        by: Who proposed them.
        manager: Who is asked to give the time first; None where nobody is.
    """

    occurrence: OccurrenceId
    person: PersonId
    by: PersonId
    manager: PersonId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Consented:
    """Their manager gave the time, or did not."""

    occurrence: OccurrenceId
    person: PersonId
    agrees: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Responded:
    """They said yes or no; a no may come after a yes."""

    occurrence: OccurrenceId
    person: PersonId
    agrees: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Admitted:
    """They got a place."""

    occurrence: OccurrenceId
    person: PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """The coordinator said no to them, kindly."""

    occurrence: OccurrenceId
    person: PersonId
