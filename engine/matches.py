"""An approved match: who is in it, who has said yes, and what became of it."""

import datetime as dt
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from engine.facts import Members
from engine.ids import MatchId, PersonId


@dataclass(frozen=True, kw_only=True)
class Match:
    """An approved match, and who has said yes to it.

    Attributes:
        approved: When the coordinator approved it.
        confirmed: When each member said yes.
        declined: Who said no.
        ended: When it was dissolved, where all had said yes before.
        parted: Whether it was dissolved because one of them had left, so that nothing
            is against their being matched again.
        former: Who was in it before, and in which role.
        instead: Whose place somebody has, who came into it later; where that is sure.
        earlier: Who was in it before, until each change of them.
        back: Since when it goes on after a rest, in which a role had nobody.
    """

    id: MatchId
    kind: str
    members: Members
    points: int
    approved: dt.datetime
    confirmed: Mapping[PersonId, dt.datetime] = field(default_factory=dict)
    declined: tuple[PersonId, ...] = ()
    dissolved: bool = False
    ended: dt.datetime | None = None
    parted: bool = False
    former: Mapping[PersonId, str] = field(default_factory=dict)
    instead: Mapping[PersonId, PersonId] = field(default_factory=dict)
    earlier: tuple[tuple[dt.datetime, Members], ...] = ()
    back: dt.datetime | None = None

    @cached_property
    def people(self) -> tuple[PersonId, ...]:
        """Everyone in the match, role by role."""
        return _everyone(self.members)

    @cached_property
    def agreed(self) -> dt.datetime | None:
        """When the last member said yes; None while one has not, or it is dissolved."""
        said = [self.confirmed.get(person) for person in self.people]
        yeses = [at for at in said if at is not None]
        if self.dissolved or not yeses or len(yeses) < len(said):
            return None
        return max(yeses)

    def people_at(self, at: dt.datetime) -> Collection[PersonId]:
        """Return who was in it just before a moment."""
        were = (members for until, members in self.earlier if until >= at)
        return _everyone(next(were, self.members))

    def people_until(self, at: dt.datetime) -> Collection[PersonId]:
        """Return who was ever in it before a moment."""
        were = (members for until, members in self.earlier if until < at)
        return {one for members in were for one in _everyone(members)} | {
            *self.people_at(at)
        }

    def role(self, person: PersonId) -> str:
        """Return which role somebody has in it, or had."""
        roles = (role for role, people in self.members.items() if person in people)
        return next(roles, self.former.get(person, ""))


def _everyone(members: Members) -> tuple[PersonId, ...]:
    return tuple(person for role in members.values() for person in role)


def dissolved(match: Match, *, at: dt.datetime, left: Collection[PersonId]) -> Match:
    """Return a match that has come to nothing, or ended before its time."""
    return replace(
        match,
        dissolved=True,
        ended=at if match.agreed is not None else None,
        parted=any(person in left for person in match.people),
    )


TOGETHER = 2
"""Who are fewer do not meet."""


def meets(members: Members, *, without: Container[PersonId] = ()) -> bool:
    """Return whether these can meet: each role has somebody, and nobody is alone."""
    there = [
        [person for person in people if person not in without]
        for people in members.values()
    ]
    return sum(map(len, there)) >= TOGETHER and all(there)


def reformed(
    match: Match,
    members: Members,
    *,
    at: dt.datetime,
    absent: Container[PersonId] = (),
) -> Match:
    """Return a match with other members.

    One that was agreed stays so, and since then: whoever comes in has been asked by the
    coordinator. In one that is not, they are asked as everybody is.
    """
    agreed = match.agreed
    people = {person for role in members.values() for person in role}
    gone = {one: match.role(one) for one in match.people if one not in people}
    known = {one: role for one, role in match.former.items() if one not in people}
    return replace(
        match,
        members=members,
        confirmed=dict.fromkeys(sorted(people), agreed)
        if agreed is not None
        else {one: at for one, at in match.confirmed.items() if one in people},
        former={**known, **gone},
        instead={**match.instead, **_places(match, members)},
        earlier=(*match.earlier, (at, match.members)),
        back=match.back if meets(match.members, without=absent) else at,
    )


def _places(match: Match, members: Members) -> Mapping[PersonId, PersonId]:
    """Return who gets whose place, where that is sure.

    Whoever comes in for one who was there has their place in the row; others have one
    that was free, which is sure where none stays free.
    """
    found: dict[PersonId, PersonId] = {}
    for role, people in members.items():
        before = match.members.get(role, ())
        new = [one for one in people if one not in before]
        left = [one for one in before if one not in people]
        if len(new) > len(left):
            left += _free(match, role)
        if len(new) == len(left):
            found |= zip(new, left, strict=True)
    return found


def _free(match: Match, role: str) -> list[PersonId]:
    """Return who has left a role and in whose place nobody came."""
    filled = {*match.instead.values()}
    return [
        one for one, had in match.former.items() if had == role and one not in filled
    ]
