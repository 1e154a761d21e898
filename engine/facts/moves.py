"""What a coordinator can do to a gathering's date by command, in the past tense."""

from dataclasses import dataclass

from engine.facts.instants import Instant
from engine.ids import OccurrenceId


@dataclass(frozen=True, kw_only=True, slots=True)
class Rescheduled:
    """The coordinator gave an occurrence another time or place than the files.

    `filed` and `filed_place` are when and where the files had it at that time. As long
    as they do, the move holds; once they say something else, they are the later word.
    """

    occurrence: OccurrenceId
    starts: Instant
    ends: Instant
    place: str
    filed: Instant
    filed_place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CalledOff:
    """The coordinator called an occurrence off, for good; `filed` as of a move."""

    occurrence: OccurrenceId
    filed: Instant
