"""What a command would come to: what changes, for whom, and who is told, and when."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.frozen import digest
from engine.ids import MatchId, OccurrenceId, PersonId

Cause = Literal["at once", "later", "anyway", "no more"]
"""Why something is done: the command does it; what is due does it because of the
command, or in any case; it would have been done, were it not for the command."""

_LENGTH = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Appointment:
    """When and where something is, and for whom; the place in words."""

    starts: dt.datetime
    ends: dt.datetime
    place: str
    audience: tuple[PersonId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """An occurrence that comes to be, is otherwise than before, or is no more.

    Attributes:
        title: In the programme's first language.
        told: Whether people had been told of it, or chose it themselves.
        begun: Whether some of what is done around it was done; that is not done again.
        overrules: Whether it undoes a move by command, since the files are later.
        was, now: None for what was not there before, or is gone.
    """

    occurrence: OccurrenceId
    kind: str
    title: str
    match: MatchId | None
    told: bool
    begun: bool
    overrules: bool
    was: Appointment | None
    now: Appointment | None

    @property
    def rescheduled(self) -> bool:
        """Whether it is at another time than before."""
        if self.was is None or self.now is None:
            return False
        return (self.was.starts, self.was.ends) != (self.now.starts, self.now.ends)

    @property
    def joining(self) -> tuple[PersonId, ...]:
        """Who comes to it now, and did not before."""
        return _without(self.now, self.was)

    @property
    def leaving(self) -> tuple[PersonId, ...]:
        """Who does not come to it any more."""
        return _without(self.was, self.now)

    def stays(self, person: PersonId) -> bool:
        """Return whether somebody came to it before, and does now."""
        before = self.was.audience if self.was else ()
        return person in before and person not in self.leaving

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everybody whom it touches."""
        return (*(self.now.audience if self.now else ()), *self.leaving)

    @property
    def when(self) -> dt.datetime:
        """When it is now, or would have been."""
        shown = self.now or self.was
        if shown is None:
            raise AssertionError("a change is of something")
        return shown.starts


Why = Literal[
    "booked",
    "moved by command",
    "dated in the file",
    "not touched by it",
    "it has begun",
]
"""Why a date stays where others move."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stay:
    """Something ahead that people come to, and that stays where it is."""

    occurrence: OccurrenceId
    title: str
    starts: dt.datetime
    why: Why


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailed:
    """A mail to one person; of a letter, one of the things that it tells.

    Attributes:
        leaves: The earliest moment at which it leaves.
        sequence: Of the calendar entry that goes along; None in a letter.
    """

    person: PersonId
    kind: str
    subject: str
    leaves: dt.datetime
    sequence: int | None
    cause: Cause


@dataclass(frozen=True, kw_only=True, slots=True)
class Called:
    """Something that needs the coordinator, from a moment on."""

    task: str
    at: dt.datetime
    cause: Cause


@dataclass(frozen=True, kw_only=True, slots=True)
class Touched:
    """What a plan means to one person.

    Attributes:
        mails: All that they get, but what they would get in any case, in order of time.
    """

    person: PersonId
    joins: tuple[Change, ...]
    leaves: tuple[Change, ...]
    moved: tuple[Change, ...]
    mails: tuple[Mailed, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The consequences of a command, before anything is done.

    Attributes:
        first: Whether the cohort is recorded for the first time.
        changed: Whether files come into force that differ from those in force.
        joined: People who are enrolled, or in other roles than before.
        edited: People of whom something else is told than before.
        missing: People of the cohort whom the participants file newly leaves out: a
            question to the coordinator, and not a dropout.
        back: People whose row was missing, and is there again.
        left: People who have left and are in the file still: it does not bring them
            back.
        changes: Of occurrences, in order of time; forecasts are none.
        stays: Where files move dates, those ahead that they do not; and what has begun,
            where they say otherwise.
        soon: Who is told of something that begins within a day, or would have: better
            called too.
        matches: Which come to be, end, or have others in them.
        mails: Those of the command, in its order; then those of the days ahead.
        tasks: What needs the coordinator because of it, and in the days ahead.
        settled: Tasks that do not need the coordinator any more.
        warns: What to think of before, in words.
        until: How far ahead this looks; None where it does not.
        writes: All that is written, in a form in which equal is equal.
    """

    first: bool
    changed: bool
    joined: Sequence[PersonId]
    edited: Sequence[PersonId]
    missing: Sequence[PersonId]
    back: Sequence[PersonId]
    changes: Sequence[Change]
    stays: Sequence[Stay]
    soon: Sequence[PersonId]
    matches: Sequence[MatchId]
    mails: Sequence[Mailed]
    tasks: Sequence[Called]
    settled: Sequence[str]
    until: dt.datetime | None = None
    writes: Sequence[str] = ()
    left: Sequence[PersonId] = ()
    warns: Sequence[str] = ()

    @property
    def new(self) -> tuple[Change, ...]:
        """Return what comes to be."""
        return tuple(one for one in self.changes if one.was is None)

    @property
    def moved(self) -> tuple[Change, ...]:
        """Return what has another time, place or audience."""
        return tuple(one for one in self.changes if one.was and one.now)

    @property
    def gone(self) -> tuple[Change, ...]:
        """Return what is no more."""
        return tuple(one for one in self.changes if one.now is None)

    @property
    def empty(self) -> bool:
        """Whether nothing would be done."""
        return not (self.writes or self.changes or self.of("at once"))

    def of(self, *causes: Cause) -> tuple[Mailed, ...]:
        """Return the mails of these causes."""
        return tuple(one for one in self.mails if one.cause in causes)

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Return everybody whom it touches, in order of surrogate."""
        listed = (self.joined, self.edited, self.missing, self.back)
        named = {person for people in listed for person in people}
        mailed = {one.person for one in self.mails if one.cause != "anyway"}
        changed = {person for one in self.changes for person in one.people}
        return tuple(sorted(named | mailed | changed))

    def touched(self) -> tuple[Touched, ...]:
        """Return what it means to each person whom it touches."""
        return tuple(self._touched(person) for person in self.people)

    def _touched(self, person: PersonId) -> Touched:
        mails = (one for one in self.of("at once", "later", "no more"))
        theirs = (one for one in mails if one.person == person)
        return Touched(
            person=person,
            joins=tuple(one for one in self.changes if person in one.joining),
            leaves=tuple(one for one in self.changes if person in one.leaving),
            moved=tuple(one for one in self.moved if one.stays(person)),
            mails=tuple(sorted(theirs, key=lambda one: one.leaves)),
        )

    @property
    def name(self) -> str:
        """Return a short name of the effects, the same while these are the same."""
        return "-".join(self.parts.values())

    @property
    def parts(self) -> dict[str, str]:
        """Return a short name of each part of the effects, by what that part is.

        Times at which mail leaves are none: they move with the clock.
        """
        people = (self.joined, self.edited, self.missing, self.back)
        mails = (
            (one.person, one.kind, one.subject, one.sequence)
            for one in self.of("at once")
        )
        return {
            "people": _named(people),
            "dates": _named(self.changes),
            "mails": _named(mails),
            "what is recorded": _named(self.writes),
        }


def _named(values: Iterable[object]) -> str:
    return digest("\n".join(map(repr, values)))[:_LENGTH]


def _without(
    one: Appointment | None, other: Appointment | None
) -> tuple[PersonId, ...]:
    there = set(other.audience) if other else set()
    return tuple(who for who in (one.audience if one else ()) if who not in there)
