"""How a nomination stands: who proposed whom, what is missing, and who is next."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from engine.ids import OccurrenceId, PersonId
from engine.nominees import Nominee
from engine.people import Participant
from engine.proposals import Proposal, quota_column
from engine.record import COORDINATOR, Record
from engine.spec.activities import Nomination
from engine.spec.programme import TRACK
from engine.spec.quotas import ANYBODY, Quota
from engine.timeline.model import Occurrence, Timeline

Hindrance = Literal["closed", "full", "known", "department", "self", "manager"]
"""Why somebody cannot be proposed."""

_ANYBODY = Quota(((1, ANYBODY[0]),))
_END_OF_DAY = dt.time(23, 59)


@dataclass(frozen=True, kw_only=True)
class Nominating:
    """A nomination in its record, at one moment of its history."""

    record: Record
    one: Occurrence
    activity: Nomination

    @property
    def role(self) -> str:
        """What people are proposed for."""
        return self.activity.nominated_for

    @property
    def nominators(self) -> tuple[PersonId, ...]:
        """Who proposes."""
        return self.one.slot.audience

    @cached_property
    def nominees(self) -> tuple[Nominee, ...]:
        """Everyone who was proposed, in the order of being so."""
        found = self.record.state.nominees.values()
        return tuple(each for each in found if each.occurrence == self.one.id)

    @cached_property
    def holders(self) -> tuple[Participant, ...]:
        """Who has the role now, by the people file or by a place."""
        return tuple(
            one
            for one in self.record.participants
            if self.role in one.roles
            and self.activity.track in (None, one.values.get(TRACK))
        )

    @property
    def queue(self) -> tuple[Nominee, ...]:
        """Who has said yes and has no place, in the order of the yeses."""
        waiting = (one for one in self.nominees if one.place == "waiting")
        return tuple(sorted(waiting, key=lambda one: one.turn))

    @property
    def free(self) -> int | None:
        """How many places are left; None where there is no end of them.

        A place that is never given again is not left.
        """
        if self.activity.places is None:
            return None
        lost = 0
        if self.activity.replaced == "never":
            lost = sum(one.had_place and not one.is_live for one in self.nominees)
        return max(self.activity.places - len(self.holders) - lost, 0)

    @property
    def next_up(self) -> tuple[Nominee, ...]:
        """Who gets a place now: by the order of the yeses, never more than are left.

        Nobody does where the coordinator chooses.
        """
        if self.activity.admitted == "by the coordinator":
            return ()
        return self.queue if self.free is None else self.queue[: self.free]

    def by(self, nominator: PersonId) -> tuple[Nominee, ...]:
        """Return whom somebody has proposed, in order."""
        return tuple(one for one in self.nominees if one.by == nominator)

    def missing(self, nominator: PersonId) -> Mapping[str, int]:
        """Return how many more of each kind somebody is asked for."""
        counted = self._counted(nominator)
        left = {
            kind: count - sum(self._is(kind, one) for one in counted)
            for count, kind in (self.activity.each or _ANYBODY).parts
        }
        return {kind: count for kind, count in left.items() if count > 0}

    @property
    def short(self) -> tuple[PersonId, ...]:
        """Who is asked to propose: who has too few, while any place is left."""
        if self.free == 0:
            return ()
        return tuple(one for one in self.nominators if self.missing(one))

    @property
    def silent(self) -> tuple[PersonId, ...]:
        """Who is asked and has proposed nobody."""
        return tuple(one for one in self.short if not self.by(one))

    def may_propose(self, nominator: PersonId, *, now: dt.datetime) -> bool:
        """Return whether it is open to somebody: in time, or to replace a no."""
        if nominator not in self.nominators:
            return False
        return self.one.starts <= now <= self.one.ends or (
            self.one.ends < now <= self._last_replaced and self.owes_another(nominator)
        )

    def owes_another(self, nominator: PersonId) -> bool:
        """Return whether somebody is asked for another, one of theirs having left.

        Nobody is while every place is taken: who waits has moved up.
        """
        fell_out = (one.place in ("declined", "withheld") for one in self.by(nominator))
        replaced = self.activity.replaced == "by the nominator" and any(fell_out)
        return replaced and self.free != 0 and bool(self.missing(nominator))

    def hindrance(
        self, nominator: PersonId, proposal: Proposal, *, now: dt.datetime
    ) -> Hindrance | None:
        """Return why somebody cannot propose somebody; None if they can."""
        by, address = self.record.people[nominator], proposal.email.lower()
        known = self.record.at_address(address)
        if not self.may_propose(nominator, now=now):
            return "closed"
        if address == by.email.lower():
            return "self"
        if proposal.manager and proposal.manager.address.lower() == address:
            return "manager"
        if known and known.department not in ("", by.department):
            return "department"
        if known and self._takes_part(known):
            return "known"
        return None if self._has_room(nominator, proposal) else "full"

    def answer_by(self, nominee: Nominee) -> dt.datetime:
        """Return until when whoever is asked about a nominee should answer."""
        days = self.record.days
        since = days.sending(nominee.asked or nominee.since)
        return max(self._end_of_span(days.zone.date(since)), since)

    @property
    def _last_replaced(self) -> dt.datetime:
        return self._end_of_span(self.record.days.zone.date(self.one.ends))

    def _end_of_span(self, date: dt.date) -> dt.datetime:
        days = self.record.days
        last = days.last_open(days.add(date, self.activity.answer_within))
        return days.zone.at(last, _END_OF_DAY)

    def _takes_part(self, known: Participant) -> bool:
        proposed = (self.one.id, known.person) in self.record.state.nominees
        takes_part = {COORDINATOR, self.role} & {*known.roles}
        return proposed or bool(takes_part)

    def _has_room(self, nominator: PersonId, proposal: Proposal) -> bool:
        if self.activity.each is None or self.activity.more_than_once == "allowed":
            return True
        known = self.record.at_address(proposal.email.lower())
        told = known.values.get(self.column or "") if known else None
        kind = told or proposal.values.get(self.column or "")
        missing = self.missing(nominator)
        return any(one in ANYBODY or one == kind for one in missing)

    def _counted(self, nominator: PersonId) -> Iterable[PersonId]:
        """Return who counts as proposed by somebody: also who was there before."""
        department = self.record.people[nominator].department
        proposed = {one.person for one in self.nominees}
        before = [
            one.person
            for one in self.holders
            if one.department == department and one.person not in proposed
        ]
        return (*before, *(one.person for one in self.by(nominator) if one.is_live))

    def _is(self, kind: str, person: PersonId) -> bool:
        if kind in ANYBODY or self.column is None:
            return True
        return self.record.people[person].values.get(self.column) == kind

    @cached_property
    def column(self) -> str | None:
        """The scale by which people are counted; None where anybody counts."""
        return quota_column(self.activity, self.record.frozen.programme)


def nominating(
    record: Record, timeline: Timeline, occurrence: OccurrenceId | None
) -> Nominating | None:
    """Return a nomination in which people propose; None where there is no such."""
    one = timeline.occurrences.get(occurrence) if occurrence else None
    if one is None:
        return None
    activity = record.frozen.programme.activity(one.slot.activity)
    if not isinstance(activity, Nomination) or activity.nominators is None:
        return None
    return Nominating(record=record, one=one, activity=activity)
