"""What applying files would change, by occurrence and by person."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from engine.facts import Announced
from engine.ids import OccurrenceId, PersonId
from engine.timeline.model import Occurrence


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """An announced occurrence that the files now put elsewhere."""

    was: Announced
    now: Announced


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailed:
    """A mail that applying sends.

    Attributes:
        leaves: The earliest moment at which it leaves.
    """

    person: PersonId
    kind: str
    subject: str
    leaves: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The consequences of applying files, before anything is done.

    Attributes:
        first: Whether the cohort is recorded for the first time.
        changed: Whether the files differ from what is in force.
        joined: People who are enrolled, or in other roles than before.
        edited: People of whom something else is told than before.
        missing: People of the cohort whom the participants file newly leaves out: a
            question to the coordinator, and not a dropout.
        back: People whose row was missing, and is there again.
        new: Occurrences that come to be.
        moved: Announced ones with another time, place or audience.
        gone: Announced ones that are cancelled.
    """

    first: bool
    changed: bool
    joined: Sequence[PersonId]
    edited: Sequence[PersonId]
    missing: Sequence[PersonId]
    back: Sequence[PersonId]
    new: Sequence[Occurrence]
    moved: Sequence[Moved]
    gone: Sequence[OccurrenceId]
    mails: Sequence[Mailed]

    @property
    def empty(self) -> bool:
        """Whether applying would do nothing."""
        return not any(
            (
                self.changed,
                self.joined,
                self.edited,
                self.missing,
                self.back,
                self.new,
                self.moved,
                self.gone,
            )
        )
