"""What the report tells of: a rehearsed cohort, its answers, its mails, its words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.commands.standing import Standing
from engine.company import company_of
from engine.documents import Document, matches_document, timeline_document
from engine.facts import Fact
from engine.ids import MatchId, OccurrenceId
from engine.letters.company import listed
from engine.letters.texts import Words
from engine.ports import Response
from engine.record import Record
from engine.spec.model import text_in
from engine.timeline.model import Occurrence, Timeline
from flows.rehearsal.report.mails import MailLine


@dataclass(frozen=True, kw_only=True)
class Material:
    """Everything that the sections of the report draw on."""

    standing: Standing
    facts: tuple[Fact, ...]
    responses: tuple[Response, ...]
    mails: Sequence[MailLine]
    words: Words
    began: dt.datetime
    ended: dt.datetime

    @property
    def record(self) -> Record:
        """The cohort at the end of the rehearsal."""
        return self.standing.record

    @property
    def timeline(self) -> Timeline:
        """Its year."""
        return self.standing.timeline

    @property
    def language(self) -> str:
        """In which the report is told."""
        return self.words.language

    def local(self, instant: dt.datetime) -> dt.datetime:
        """Return the programme's local time."""
        return self.record.days.zone.local(instant)

    def pair(self, match: MatchId, series: str = "") -> str:
        """Return the members of a match by name; of a series, those who meet in it."""
        company = company_of(self.record.state, series, match=match)
        people = company.people if company else ()
        return listed([self.record.people[one].name for one in people])

    @cached_property
    def year(self) -> tuple[Document, ...]:
        """Every occurrence as other programs read it."""
        return timeline_document(self.standing, language=self.language, now=self.ended)

    @cached_property
    def matches(self) -> Document:
        """The matches as other programs read them."""
        return matches_document(self.record, language=self.language)

    @cached_property
    def documents(self) -> Mapping[OccurrenceId, Document]:
        """Every occurrence by id."""
        return {one["id"]: one for one in self.year}

    def heading(self, one: Occurrence) -> str:
        """Return the title of an occurrence, and of the one that it is asked about."""
        title: str = self.documents[one.id]["title"]
        about = self.documents.get(OccurrenceId(one.slot.series))
        # A match's id may be that of an occurrence.
        if one.slot.match is not None or about is None:
            return title
        return f"{title} ({about['title']})"

    def phase_title(self, name: str) -> str:
        """Return what participants call a phase."""
        phase = next(
            one for one in self.record.frozen.programme.phases if one.phase == name
        )
        if phase.title is None:
            return name.replace("-", " ").capitalize()
        return text_in(phase.title, self.language)
