"""What the engine asks of the world: the only ways out of pure code."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from engine.facts import Event, Fact
from engine.ids import CohortId, OccurrenceId, PersonId
from engine.outbox import Claim, Message, Outcome, Standing, Stored
from engine.people import Participant


class ConflictError(Exception):
    """Somebody else appended first: fold again and decide again."""


class StoreUnavailableError(Exception):
    """The database cannot be reached or stays locked.

    Nothing was changed, or, where the connection broke during the commit, everything
    was: do the same again, and a `ConflictError`, a stored key or a fence tells which.
    """


class UnreachableError(Exception):
    """The way out is closed for every message; the words say why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """One handed-in questionnaire, kept apart from who wrote it.

    Attributes:
        ballot: A random id drawn by the caller; it leads back to nobody.
        person: Who answered, only where the evaluation is not anonymous.
        answers: Question name to a number, a chosen word or the person's own words.
    """

    ballot: str
    occurrence: OccurrenceId
    person: PersonId | None
    answers: Mapping[str, str | int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A personal link: what its token lets the holder do, and until when.

    Attributes:
        hash: SHA-256 of the token; the token itself is stored nowhere.
        scope: What it is for: `feed`, `answer`, `reply`, `book`, `nominate` and so on.
        subject: The occurrence or match that it is about, `consent` with whom; empty
            for a feed.
    """

    hash: str
    scope: str
    cohort: CohortId
    person: PersonId
    subject: str = ""
    expires: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Everything that one command writes, all of it or nothing.

    Attributes:
        frozen: The resolved spec of a new revision as JSON, or None.
        people: Participants to insert or overwrite, by surrogate.
        leaving: To whom no letter goes any more that waits to be sent.
        next_due: When the cohort next has something to do; None for never.
        written: What somebody wrote in their own words, by the name that facts use for
            it, so that it can be erased.
    """

    facts: Sequence[Event]
    actor: str
    at: dt.datetime
    next_due: dt.datetime | None
    frozen: str | None = None
    people: Sequence[Participant] = ()
    messages: Sequence[Message] = ()
    links: Sequence[Link] = ()
    responses: Sequence[Response] = ()
    written: Mapping[str, str] = field(default_factory=dict)
    leaving: Sequence[PersonId] = ()


class Store(Protocol):
    """The recorded cohorts."""

    def cohorts(self) -> tuple[CohortId, ...]:
        """Return every recorded cohort, in order of name."""
        ...

    def due(self, now: dt.datetime) -> tuple[CohortId, ...]:
        """Return the cohorts whose next due moment is not after `now`, oldest first."""
        ...

    def next_due(self, cohort: CohortId) -> dt.datetime | None:
        """Return when the cohort next has something to do."""
        ...

    def frozen(self, cohort: CohortId) -> tuple[int, str] | None:
        """Return the number and JSON of the revision in force; None if unrecorded."""
        ...

    def people(self, cohort: CohortId) -> tuple[Participant, ...]:
        """Return everyone ever enrolled in the cohort, in order of surrogate."""
        ...

    def surrogates(self, keys: Iterable[str]) -> Mapping[str, PersonId]:
        """Return the known surrogates of these lower-case e-mail addresses."""
        ...

    def next_person(self) -> int:
        """Return the first number that no surrogate has."""
        ...

    def facts(self, cohort: CohortId, *, after: int = 0) -> tuple[Fact, ...]:
        """Return the cohort's facts with a number above `after`, in order."""
        ...

    def append(self, cohort: CohortId, change: Change, *, expected: int) -> None:
        """Write a change in one transaction, if the last fact is still `expected`.

        Facts are numbered from `expected + 1`. A message whose key is stored already is
        passed over. Inserting a message settles the undelivered ones of its lane as
        `Message` says.

        Raises:
            ConflictError: If there is a later fact; nothing is written.
        """
        ...

    def written(self, cohort: CohortId) -> Mapping[str, str]:
        """Return what people wrote in their own words, by its name."""
        ...

    def responses(self, cohort: CohortId) -> tuple[Response, ...]:
        """Return what was handed in, ordered by evaluation and ballot."""
        ...

    def link(self, token_hash: str) -> Link | None:
        """Return what a token is for, or None: unknown and revoked look the same."""
        ...


class Outbox(Protocol):
    """Messages on their way out, claimed by one worker at a time."""

    def claim(
        self, *, now: dt.datetime, lease: dt.timedelta, most: int = 1
    ) -> tuple[Claim, ...]:
        """Take the next messages that may leave, in order; none when there are none.

        May leave: pending or in doubt, or claimed with a lease that ran out; not before
        its time, nor while an earlier message of its lane is unsettled. Nothing may
        while mail is paused.
        """
        ...

    def release(self, claims: Sequence[Claim]) -> None:
        """Give back what is claimed and not marked, as if it had not been claimed."""
        ...

    def mark_sending(self, claim: Claim, *, now: dt.datetime) -> bool:
        """Commit that the final dot comes next; False if the claim does not hold.

        Nor does it once the message is too late: several are claimed at once.
        """
        ...

    def settle(
        self,
        claim: Claim,
        outcome: Outcome,
        *,
        now: dt.datetime,
        again: dt.datetime | None,
    ) -> bool:
        """Commit how it ended, or when to try `again`; False if fenced off.

        A message that was once in doubt stays `in doubt` when a later try is refused
        for now: the earlier dot may have been accepted.
        """
        ...

    def standings(self, cohort: CohortId | None = None) -> tuple[Standing, ...]:
        """Return where each message has got to, of one cohort or of all, in order."""
        ...

    def outstanding(self) -> tuple[Standing, ...]:
        """Return the same of what waits or is dead, in order."""
        ...

    def find(self, number: int) -> Stored | None:
        """Return a message whole, and where it has got to."""
        ...

    def retry(self, numbers: Sequence[int], *, now: dt.datetime) -> Mapping[int, str]:
        """Let messages leave at once, with the same bytes: all of them or none.

        Each gets its full patience again.

        Returns:
            Why not, as `hindrances` says; empty when it is done.
        """
        ...

    def drop(self, numbers: Sequence[int], *, now: dt.datetime) -> Mapping[int, str]:
        """Settle messages as dropped, all of them or none; their lanes go on.

        Returns:
            Why not, as `hindrances` says; empty when it is done.
        """
        ...

    def pause(self, *, now: dt.datetime) -> None:
        """Let nothing more be claimed or marked from the moment that this returns.

        What is claimed and not marked is taken back from whoever has it. A pause that
        is on stays as old as it is.
        """
        ...

    def resume(self) -> None:
        """End the pause, if there is one."""
        ...

    def paused(self) -> dt.datetime | None:
        """Return since when mail is paused; None when it is not."""
        ...


class Transfer(Protocol):
    """One message handed to the receiver except for its final dot."""

    def finish(self) -> Outcome:
        """Send the final dot and return what came back."""
        ...

    def abort(self) -> None:
        """Close the connection without the dot: nothing was accepted."""
        ...


class Mailer(Protocol):
    """The way to a receiver of mail."""

    def begin(self, message: Message) -> Transfer | Outcome:
        """Send all but the final dot, or say why it could not be begun.

        Raises:
            UnreachableError: If no message at all can be handed over now.
        """
        ...

    def close(self) -> None:
        """Give up the connection that was kept for the next message."""
        ...


class Clock(Protocol):
    """The only place that knows what time it is."""

    def now(self) -> dt.datetime:
        """Return the time in UTC."""
        ...
