"""Whose link a token is, and where their cohort stands when they come."""

import datetime as dt
import re
from dataclasses import dataclass

from engine.commands.decision import RefusedError
from engine.commands.standing import Standing
from engine.commands.unit import Unit
from engine.derive import token_hash
from engine.ids import OccurrenceId, PersonId
from engine.letters.texts import Words
from engine.ports import Clock, Link
from engine.record import Record
from integrations.web.wording import words_of

_TOKEN = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """Somebody who came by a personal link."""

    link: Link
    standing: Standing
    words: Words
    now: dt.datetime

    @property
    def record(self) -> Record:
        """The cohort that the link is about."""
        return self.standing.record

    @property
    def person(self) -> PersonId:
        """Who came."""
        return self.link.person

    @property
    def occurrence(self) -> OccurrenceId:
        """What the link is about, where that is an occurrence."""
        return OccurrenceId(self.link.subject)

    @property
    def programme(self) -> str:
        """What participants call the cohort."""
        return self.record.title(self.words.language)

    def local(self, instant: dt.datetime) -> dt.datetime:
        """Return the local time of an instant where the programme is."""
        return self.record.days.zone.local(instant)


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """Lets in whoever has a link; everybody else looks the same from here."""

    unit: Unit
    clock: Clock

    def link(self, scope: str, token: str) -> Link | None:
        """Return what a token is for; None if it is for nothing, or something else."""
        if not _TOKEN.fullmatch(token):
            return None
        link = self.unit.store.link(token_hash(token))
        if link is None or link.scope != scope:
            return None
        if link.expires is not None and link.expires <= self.clock.now():
            return None
        return link

    def visit(self, scope: str, token: str) -> Visit | None:
        """Return the visit of whoever has a token."""
        link = self.link(scope, token)
        if link is None:
            return None
        try:
            standing = self.unit.standing(link.cohort)
        except RefusedError:
            return None
        if link.person not in standing.record.people:
            return None
        words = words_of(standing.record, link.person)
        return Visit(link=link, standing=standing, words=words, now=self.clock.now())

    def records(self, person: PersonId) -> tuple[Record, ...]:
        """Return every cohort that a person was ever in, the newest last."""
        found = [
            record
            for cohort in self.unit.store.cohorts()
            if person in (record := self.unit.standing(cohort).record).people
        ]
        return tuple(sorted(found, key=_applied))


def _applied(record: Record) -> dt.datetime:
    return record.state.applied or dt.datetime.min.replace(tzinfo=dt.UTC)
