"""A recorded cohort, as every command sees it: its files, its people, what happened."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from engine.derive import calendar_uid
from engine.facts import Event, Fact
from engine.frozen import Frozen
from engine.ids import CohortId, MatchId, OccurrenceId, PersonId
from engine.installation import Installation
from engine.people import Participant
from engine.spec.activities import Nomination
from engine.spec.model import Audience, text_in
from engine.state import State, fold
from engine.timeline.days import Days

COORDINATOR = "coordinator"
EVERYONE = "everyone"
NOMINEES = "nominees"
"""An audience: who has said yes to being nominated, with a place or still without."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One cohort at one moment of its history.

    Attributes:
        installation: From whose key identities derive.
        people: Everyone ever enrolled, proposed or asked about somebody proposed;
            `state.enrolled` tells who takes part.
        earlier: Where the cohorts before this one stand: the one that hands over to it,
            the one before that, and so on.
        following: The cohort that this one hands over to, without its own neighbours.
        written: What people wrote in their own words, by the name that facts use.
    """

    id: CohortId
    installation: Installation
    frozen: Frozen
    people: Mapping[PersonId, Participant]
    state: State
    earlier: tuple[State, ...] = ()
    following: "Record | None" = None
    written: Mapping[str, str] = field(default_factory=dict)

    @property
    def previous(self) -> State | None:
        """Where the cohort stands that hands over to this one."""
        return next(iter(self.earlier), None)

    @property
    def days(self) -> Days:
        """The calendar in force."""
        return self.frozen.days

    @cached_property
    def coordinator(self) -> Participant:
        """Who answers for the cohort."""
        return next(one for one in self.people.values() if one.id == COORDINATOR)

    @cached_property
    def by_address(self) -> Mapping[str, Participant]:
        """Everyone ever enrolled, by their address in lower case."""
        return {one.email.lower(): one for one in self.people.values()}

    @cached_property
    def participants(self) -> tuple[Participant, ...]:
        """Who takes part now, in order of surrogate; not the coordinator.

        Nor is it who has no role: they were only proposed, asked, or have left.
        """
        return tuple(
            self.people[person]
            for person, roles in sorted(self.state.enrolled.items())
            if roles and COORDINATOR not in roles
        )

    @cached_property
    def admitted(self) -> Mapping[PersonId, tuple[str, ...]]:
        """Who has a place that they were proposed for, and the roles of those."""
        roles: dict[PersonId, tuple[str, ...]] = {}
        for one in self.state.nominees.values():
            slug = self.state.allocated[one.occurrence].activity
            activity = self.frozen.programme.activity(slug)
            if one.place == "admitted" and isinstance(activity, Nomination):
                known = roles.get(one.person, ())
                roles[one.person] = (*known, activity.nominated_for)
        return roles

    def audience(self, named: Audience) -> tuple[PersonId, ...]:
        """Return whom `everyone`, `mentors` or `nominees`, or a list, stands for."""
        words = (named,) if isinstance(named, str) else named
        if NOMINEES in words:
            return tuple(sorted({*self._audience(words), *self._nominees}))
        return self._audience(words)

    def _audience(self, words: Sequence[str]) -> tuple[PersonId, ...]:
        if EVERYONE in words:
            return tuple(one.person for one in self.participants if self._is_of(one))
        roles = {role_of(word) for word in words}
        return tuple(
            one.person for one in self.participants if roles.intersection(one.roles)
        )

    @property
    def _nominees(self) -> Iterator[PersonId]:
        """Yield who has said yes to a nomination, or has its role already."""
        waiting = self.state.nominees.values()
        yield from (one.person for one in waiting if one.place == "waiting")
        roles = self.frozen.programme.nominated
        for one in self.participants:
            if roles.intersection(one.roles):
                yield one.person

    def _is_of(self, one: Participant) -> bool:
        """Return whether `everyone` means a person: not who only stands beside."""
        declared = self.frozen.programme.roles
        return any(
            role not in declared or declared[role].invited == "with everyone"
            for role in one.roles
        )

    def partners(self, match: MatchId, person: PersonId) -> tuple[Participant, ...]:
        """Return the others of a match."""
        everyone = self.state.matches[match].people
        return tuple(self.people[other] for other in everyone if other != person)

    def language(self, person: PersonId) -> str:
        """Return the language in which a person is written to."""
        wanted = self.people[person].language
        known = self.frozen.programme.languages
        return wanted if wanted in known else known[0]

    def title(self, language: str) -> str:
        """Return what participants call the cohort."""
        return text_in(
            self.frozen.cohort.title or self.frozen.programme.title, language
        )

    def activity_title(self, slug: str, language: str) -> str:
        """Return what participants call an activity."""
        activity = self.frozen.programme.activity(slug)
        if activity is None or activity.title is None:
            return slug.replace("-", " ").capitalize()
        return text_in(activity.title, language)

    def role_title(self, role: str, language: str) -> str:
        """Return what participants call a role."""
        part = self.frozen.programme.roles.get(role)
        return text_in(part.title, language) if part and part.title else role

    def place(self, name: str) -> str:
        """Return a venue's name and address, or the place that somebody wrote.

        What was erased is an empty place.
        """
        venue = self.frozen.cohort.venues.get(name)
        return venue.shown if venue else self.written.get(name, "")

    def uid(self, occurrence: OccurrenceId) -> str:
        """Return the iCalendar UID, which two cohorts share for one gathering."""
        allocated = self.state.allocated.get(occurrence)
        if allocated and allocated.shared:
            return calendar_uid(self.installation.key, *allocated.shared)
        return calendar_uid(self.installation.key, self.id, occurrence)

    def participant(self, id_: str) -> Participant | None:
        """Return the person with this id in the people file."""
        return next((one for one in self.people.values() if one.id == id_), None)

    def at_address(self, address: str) -> Participant | None:
        """Return the person with this address, in lower case."""
        return self.by_address.get(address)


def grown_by(
    record: Record, events: Iterable[Event], *, now: dt.datetime, actor: str = ""
) -> Record:
    """Return where a cohort stands after events; rows beside them stay as they are."""
    facts = (
        Fact(cohort=record.id, number=number, at=now, actor=actor, event=event)
        for number, event in enumerate(events, start=record.state.number + 1)
    )
    return replace(record, state=fold(record.state, facts))


def role_of(plural: str) -> str:
    """Return the role of a word such as `mentees`."""
    return plural.removesuffix("s")


def ids_of(people: Iterable[PersonId], record: Record) -> tuple[str, ...]:
    """Return the ids that the people file uses, in its terms and in order."""
    return tuple(sorted(record.people[person].id for person in people))
