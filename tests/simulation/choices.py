"""What there is to choose from when a coordinator wants something by command."""

import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from engine.commands.standing import Standing
from engine.facts import Two
from engine.matches import Match
from engine.people import Participant
from engine.spec.activities import Gathering
from engine.timeline.model import Occurrence
from tests.simulation.machines import Command

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One cohort as it stands when a command is chosen, and the dice for it."""

    standing: Standing
    dice: random.Random
    now: dt.datetime

    def about(
        self, found: Iterable[T], command: Callable[[T], Command]
    ) -> Command | None:
        """Return a command about any of these, if there are some."""
        known = tuple(found)
        return command(self.dice.choice(known)) if known else None

    @property
    def people(self) -> tuple[Participant, ...]:
        """Who takes part."""
        return self.standing.record.participants

    @property
    def matches(self) -> tuple[Match, ...]:
        """Which matches go on."""
        known = self.standing.record.state.matches.values()
        return tuple(one for one in known if not one.dissolved)

    @property
    def gatherings(self) -> tuple[Occurrence, ...]:
        """What is ahead, and is not a match's own."""
        return tuple(
            one
            for one in self.standing.timeline.occurrences.values()
            if one.slot.kind == Gathering.KEYWORD
            and not one.provisional
            and one.starts > self.now
        )

    @property
    def pairs(self) -> tuple[Two, ...]:
        """Every mentor with every mentee."""
        return tuple(
            (mentor.person, mentee.person)
            for mentor in self.people
            for mentee in self.people
            if "mentor" in mentor.roles
            and "mentee" in mentee.roles
            and mentor != mentee
        )
