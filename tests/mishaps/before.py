"""How things stood when something went wrong, read from the facts alone."""

import datetime as dt
from dataclasses import dataclass

from engine.commands.standing import Standing
from engine.ids import MatchId, OccurrenceId, PersonId


@dataclass(frozen=True, kw_only=True)
class Before:
    """How things stood when something went wrong, read from the facts alone."""

    standing: Standing
    now: dt.datetime

    def person(self, id_: str) -> PersonId:
        """Return somebody's surrogate."""
        return self.standing.record.participant(id_).person  # type: ignore[union-attr]

    def match(self, id_: str) -> MatchId:
        """Return the first match that goes on and that somebody is in."""
        return self.matches(id_)[0]

    def matches(self, id_: str) -> tuple[MatchId, ...]:
        """Return the matches that go on and that somebody is in."""
        who, found = self.person(id_), self.standing.record.state.matches
        return tuple(
            one.id
            for one in found.values()
            if who in one.people and not one.dissolved and one.agreed
        )

    def others(self, id_: str, match: MatchId | None = None) -> tuple[str, ...]:
        """Return with whom somebody is in a match: in one, or in all of theirs."""
        record = self.standing.record
        return tuple(
            record.people[one].id
            for match in ((match,) if match else self.matches(id_))
            for one in record.state.matches[match].people
            if one != self.person(id_)
        )

    def ahead(self, id_: str) -> tuple[OccurrenceId, ...]:
        """Return what somebody has in their calendar that is still to begin."""
        found = self.standing.record.participant(id_)
        who = found.person if found else None
        return tuple(
            one
            for one, known in self.standing.record.state.announced.items()
            if who in known.told.audience
            and known.told.starts > self.now
            and not known.told.cancelled
        )

    def until(
        self, span: dt.timedelta | None, these: tuple[OccurrenceId, ...]
    ) -> tuple[OccurrenceId, ...]:
        """Return what of these begins within a span; all of it where there is none."""
        known = self.standing.record.state.announced
        return tuple(
            one
            for one in these
            if span is None or known[one].told.starts < self.now + span
        )

    def coming(self, id_: str, *roles: str) -> tuple[OccurrenceId, ...]:
        """Return what all of these roles come to, and somebody is not invited to yet.

        What members of a match meet for is for them alone.
        """
        state = self.standing.record.state
        here = {other for role in roles for other in self.here(role)} - {id_}
        theirs = {one for other in here for one in self.ahead(other)}
        own = {
            one
            for one in theirs
            if state.allocated[one].series.partition("/")[0] in state.matches
        }
        return tuple(sorted(theirs - own - set(self.ahead(id_))))

    def here(self, role: str) -> tuple[str, ...]:
        """Return who takes part in a role, but for those who are away."""
        state, people = self.standing.record.state, self.standing.record.people
        return tuple(
            people[one].id
            for one, roles in state.enrolled.items()
            if role in roles and one not in state.presence.absent
        )

    def booked(self, match: MatchId) -> tuple[OccurrenceId, ...]:
        """Return which meetings a match has booked and still ahead."""
        state = self.standing.record.state
        return tuple(
            one
            for one, known in state.announced.items()
            if state.allocated[one].series == match
            and one in state.booked
            and known.told.starts > self.now
            and not known.told.cancelled
        )

    def asked_to_book(self, match: MatchId) -> bool:
        """Return whether a meeting of a match is asked for, and not booked."""
        state = self.standing.record.state
        return any(
            f"{one}/ask" in state.done
            for one, known in state.allocated.items()
            if known.series == match and one not in {*state.booked, *state.lapsed}
        )

    @property
    def bookers(self) -> tuple[str, ...]:
        """Return who books what their match meets for."""
        meetings = self.standing.record.frozen.programme.activities()
        roles = {getattr(one, "booked_by", None) for _, one in meetings}
        return tuple(id_ for role in roles if role for id_ in self.here(role))

    def office(self, *ids: str) -> tuple[str, ...]:
        """Return who answers for these: of their department, or of all."""
        offices = self.standing.record.frozen.cohort.coordinators
        departments = [
            self.standing.record.people[self.person(id_)].department for id_ in ids
        ]
        return tuple(
            f"coordinator-{one.lower()}" if one in offices else "coordinator"
            for one in dict.fromkeys(departments)
        )

    def having(self, occurrence: str) -> tuple[str, ...]:
        """Return who has something in their calendar."""
        record = self.standing.record
        known = record.state.announced[OccurrenceId(occurrence)]
        return tuple(record.people[one].id for one in known.told.audience)

    def meetings(self, id_: str) -> tuple[OccurrenceId, ...]:
        """Return which meetings of somebody's own matches lie ahead of them."""
        allocated, own = self.standing.record.state.allocated, self.matches(id_)
        return tuple(one for one in self.ahead(id_) if allocated[one].series in own)

    def shared(self, id_: str, other: str) -> tuple[OccurrenceId, ...]:
        """Return which meetings of two people's own lie ahead."""
        both = set(self.ahead(id_)) & set(self.ahead(other))
        booked = self.standing.record.state.booked
        return tuple(sorted(both & set(booked)))
