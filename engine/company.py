"""Who of a match meets: all of its members, or one with those of the other roles."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from engine.facts import Members
from engine.ids import MatchId, OccurrenceId, PersonId
from engine.matches import TOGETHER, Match, meets
from engine.state import State

_WHOSE = "/"


@dataclass(frozen=True, kw_only=True)
class Company:
    """Those of a match who meet.

    Attributes:
        person: Whose meetings they are, where people of a role meet one by one.
    """

    match: Match
    person: PersonId | None = None

    @property
    def series(self) -> str:
        """What their meetings are counted in: `group-1`, or `group-1/p7`."""
        if self.person is None:
            return self.match.id
        return f"{self.match.id}{_WHOSE}{self.person}"

    @cached_property
    def members(self) -> Members:
        """Who meets, by role; whose meetings they are is alone in theirs."""
        alone = (self.person,) if self.person else ()
        return {
            role: alone if self.person in people else people
            for role, people in self.match.members.items()
        }

    @cached_property
    def people(self) -> tuple[PersonId, ...]:
        """Everyone who meets, role by role."""
        return tuple(person for role in self.members.values() for person in role)

    def without(self, person: PersonId) -> tuple[PersonId, ...]:
        """Return whom somebody meets."""
        return tuple(one for one in self.people if one != person)


def companies(match: Match, one_by_one: str | None) -> tuple[Company, ...]:
    """Return who meets of a match: all together, or those of a role one by one."""
    if one_by_one is None:
        return (Company(match=match),)
    people = match.members.get(one_by_one, ())
    return tuple(Company(match=match, person=person) for person in people)


def company_of(
    state: State, series: str, *, match: MatchId | None = None
) -> Company | None:
    """Return who meets in a series; None where it is no match's.

    Args:
        state: Of the cohort.
        series: What an ordinal counts in.
        match: Whose it is also where the series is none of its own, as between two of
            its meetings.
    """
    own, (_, _, person) = match_of(series), series.partition(_WHOSE)
    found = state.matches.get(match or own)
    if found is None or (person and person not in found.people):
        return None
    if not person or own != found.id:
        return Company(match=found)
    return Company(match=found, person=PersonId(person))


def match_of(series: str) -> MatchId:
    """Return the id of the match that a series is of, where it is a match's."""
    return MatchId(series.partition(_WHOSE)[0])


def present(state: State, company: Company, *, at: dt.datetime) -> tuple[PersonId, ...]:
    """Return who of those who meet will be there, role by role."""
    absent = state.presence.absent_at(at)
    return tuple(one for one in company.people if one not in absent)


def rests(state: State, company: Company, *, at: dt.datetime | None = None) -> bool:
    """Return whether they cannot meet: a role has nobody there, or one is alone.

    Args:
        state: Of the cohort.
        company: Who meets.
        at: When they would; None is now.
    """
    presence = state.presence
    absent = presence.absent if at is None else presence.absent_at(at)
    return not meets(company.members, without=absent)


def back(state: State, company: Company) -> dt.datetime | None:
    """Return since when they can meet again, after a rest."""
    returned = (
        at
        for person, at in state.presence.back.items()
        if person in company.people and not meets(company.members, without=(person,))
    )
    waited = (company.match.back,) if company.match.back else ()
    return max((*waited, *returned), default=None)


def declined(state: State, occurrence: OccurrenceId) -> tuple[PersonId, ...]:
    """Return who has declined, and did so at the time and place that hold."""
    known = state.announced.get(occurrence)
    if known is None:
        return ()
    replies = {one: state.replies.get((occurrence, one)) for one in known.told.audience}
    off = ("declined", known.told.sequence)
    return tuple(
        person
        for person, said in replies.items()
        if said is not None and (said.answer, said.sequence) == off
    )


def falls_through(state: State, occurrence: OccurrenceId) -> bool:
    """Return whether so many have declined that nobody is left to meet anybody."""
    known = state.announced.get(occurrence)
    audience = known.told.audience if known else ()
    return len(audience) - len(declined(state, occurrence)) < TOGETHER
