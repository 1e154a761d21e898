"""What can happen, in the past tense.

An event holds ids, enumerated words and instants only. Names and free text live in rows
that can be erased, so that a history can be kept for ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.facts.changes import (
    Joined,
    Left,
    Members,
    Paused,
    Reformed,
    Resumed,
)
from engine.facts.instants import Instant
from engine.facts.messages import Messaged
from engine.facts.moves import CalledOff, Rescheduled
from engine.facts.nominations import (
    Admitted,
    Consented,
    Nominated,
    Refused,
    Responded,
)
from engine.facts.vetoes import Allowed, Vetoed
from engine.ids import ActionId, CohortId, MatchId, OccurrenceId, PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class Applied:
    """A coordinator's files came into force, frozen as `revision`."""

    revision: int
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Enrolled:
    """A person takes part in these roles, from now on."""

    person: PersonId
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Allocated:
    """An occurrence got its lasting id: the `ordinal`th of `series` in an activity.

    `shared` names the cohort and occurrence whose calendar entry this one is, where one
    gathering takes place in two cohorts.
    """

    occurrence: OccurrenceId
    activity: str
    series: str
    ordinal: int
    shared: tuple[CohortId, OccurrenceId] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Announced:
    """What an audience was told of an occurrence; the latest one is what holds.

    Attributes:
        revision: 0 for the first; rises with each announcement.
        sequence: The iCalendar SEQUENCE; rises when the time, the place of a physical
            gathering or the cancellation changes.
        stage: `held` asks to keep the date free, `invited` gives the details.
        withdrawn: Who was told once and is no longer in the audience.
        extra: What is added to the SEQUENCE for whoever was taken off, and again for
            whoever came back, so that nobody else's calendar changes with theirs.
    """

    occurrence: OccurrenceId
    revision: int
    sequence: int
    starts: Instant
    ends: Instant
    place: str
    audience: tuple[PersonId, ...]
    withdrawn: tuple[PersonId, ...] = ()
    extra: Mapping[PersonId, int] = field(default_factory=dict)
    stage: Literal["held", "invited"]
    cancelled: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """An action was performed, or skipped for good."""

    action: ActionId
    outcome: Literal["done", "skipped"] = "done"


@dataclass(frozen=True, kw_only=True, slots=True)
class Noticed:
    """Somebody is to be told something, in the next letter that they get."""

    notice: str
    person: PersonId
    wording: str
    occurrence: OccurrenceId | None = None
    match: MatchId | None = None
    about: PersonId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """The waiting notices of one person became one letter, or were moot by then."""

    letter: str
    person: PersonId
    told: tuple[str, ...]
    moot: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Pairing:
    """Members of one proposed match, and its points."""

    members: Members
    points: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposed:
    """The solver's answer, awaiting the coordinator."""

    kind: str
    matches: tuple[Pairing, ...]
    unmatched: tuple[PersonId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Approved:
    """The coordinator approved a match, which got its lasting id."""

    match: MatchId
    kind: str
    members: Members
    points: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirmed:
    """A member said yes or no to a match."""

    match: MatchId
    person: PersonId
    agrees: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Dissolved:
    """A match came to nothing, or ended before its time."""

    match: MatchId


@dataclass(frozen=True, kw_only=True, slots=True)
class Booked:
    """A match chose the time of a meeting."""

    occurrence: OccurrenceId
    starts: Instant
    ends: Instant
    place: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lapsed:
    """The time for a meeting passed without one being booked; the next one is due."""

    occurrence: OccurrenceId


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """Somebody of a match told whether a meeting was held."""

    occurrence: OccurrenceId
    held: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Attended:
    """Whether a person came to a gathering."""

    occurrence: OccurrenceId
    person: PersonId
    came: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Replied:
    """A person answered an invitation, to the revision with this SEQUENCE."""

    occurrence: OccurrenceId
    person: PersonId
    answer: Literal["accepted", "declined", "tentative"]
    sequence: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """A person handed in an evaluation; what they wrote is kept apart."""

    occurrence: OccurrenceId
    person: PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class Linked:
    """Another cohort hands over to this one, or takes over from it."""

    cohort: CohortId
    relation: Literal["previous", "next"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Completed:
    """Somebody says that they have done what an occurrence asks of them.

    That an assignment is handed in, a module done, or an agreement theirs.
    """

    occurrence: OccurrenceId
    person: PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class Raised:
    """Something needs the coordinator."""

    task: str
    wording: str
    occurrence: OccurrenceId | None = None
    match: MatchId | None = None
    person: PersonId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """It does not any more."""

    task: str


Event = (
    Applied
    | Enrolled
    | Allocated
    | Announced
    | Done
    | Noticed
    | Posted
    | Proposed
    | Approved
    | Confirmed
    | Dissolved
    | Booked
    | Lapsed
    | Met
    | Attended
    | Replied
    | Answered
    | Completed
    | Linked
    | Raised
    | Settled
    | Nominated
    | Consented
    | Responded
    | Admitted
    | Refused
    | Left
    | Reformed
    | Joined
    | Paused
    | Resumed
    | Messaged
    | Rescheduled
    | CalledOff
    | Vetoed
    | Allowed
)
