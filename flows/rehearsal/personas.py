"""How the people of a rehearsal react to what happens: who books when, who declines.

Everybody here is played: their manners are drawn from the seed, person by person.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.commands.answers import answer
from engine.commands.booking import book
from engine.commands.decision import Decision, RefusedError
from engine.commands.matching import confirm
from engine.commands.meetings import met, reply
from engine.commands.minting import identify
from engine.commands.standing import Standing
from engine.commands.work import complete
from engine.company import company_of, falls_through
from engine.derive import derive
from engine.evaluation.summary import questions_of
from engine.facts import Announced, Booked, Fact, Noticed, Posted, Raised
from engine.ids import MatchId, OccurrenceId, PersonId
from engine.needs import NEEDS_YOU
from engine.ports import Store
from engine.record import Record
from engine.spec.activities import Evaluation, Handover
from engine.timeline.model import Occurrence
from flows.rehearsal.chance import Chance
from flows.rehearsal.coordinator import called, read_list
from flows.rehearsal.invented import INVENTED
from flows.rehearsal.nominees import Nominees
from flows.rehearsal.reactions import Reaction

_HOURS = (9, 10, 13, 14, 15)
_AGAIN = "-again"
_TO_BOOK = ("book-meeting", "meeting-declined")
_TO_DO = ("assignment", "module", "task", "agreement")


def cast_of(store: Store, seed: int) -> "Cast":
    """Return the people of a rehearsal in a store, their manners by the seed."""
    chance = Chance(seed)
    nominees = Nominees(chance=chance, identify=identify(store))
    return Cast(chance=chance, nominees=nominees)


@dataclass(kw_only=True)
class Cast:
    """The people of one rehearsal, with what they have been told of so far."""

    chance: Chance
    nominees: Nominees
    _notices: dict[str, Noticed] = field(default_factory=dict)

    def react(self, standing: Standing, facts: tuple[Fact, ...]) -> Iterator[Reaction]:
        """Yield what people do because of facts that just happened."""
        for fact in facts:
            match fact.event:
                case Noticed() as notice:
                    self._notices[notice.notice] = notice
                case Posted() as posted:
                    for told in posted.told:
                        yield from self._read(standing, self._notices[told], fact.at)
                case Announced() as told:
                    yield from self._invited(standing, told, fact.at)
                case Booked() as booked:
                    yield from self._booked(standing.record, booked, fact.at)
                case Raised() as raised:
                    yield from called(self.chance, standing.record, raised, fact.at)
                    yield from self.nominees.called(standing, raised, fact.at)

    def _read(
        self, standing: Standing, notice: Noticed, at: dt.datetime
    ) -> Iterator[Reaction]:
        """Yield what a reader of a letter does about one thing in it."""
        yield from self.nominees.read(standing, notice, at)
        wording = notice.wording.removesuffix(_AGAIN)
        again = notice.wording.endswith(_AGAIN)
        one = standing.timeline.occurrences.get(notice.occurrence or OccurrenceId(""))
        if wording == "confirm-match" and notice.match is not None:
            yield from self._confirms(standing.record, notice.person, notice.match, at)
        elif wording in _TO_BOOK and one is not None:
            yield from self._books(standing.record, notice.person, one, at, again=again)
        elif wording == "did-you-meet" and one is not None:
            yield from self._tells(standing.record, notice.person, one, at)
        elif wording in _TO_DO and one is not None:
            yield from self._does(standing.record, notice.person, one, at, again=again)
        elif wording == NEEDS_YOU:
            yield from read_list(standing.record, notice.person, at)
        elif wording in ("evaluation", "handover") and one is not None:
            yield from self._answers(
                standing.record, notice.person, one, at, again=again
            )

    def _confirms(
        self, record: Record, person: PersonId, match: MatchId, at: dt.datetime
    ) -> Iterator[Reaction]:
        # One who says no ends the match for all: as few matches of many end as of two.
        others = len(record.state.matches[match].people) - 1
        agrees = not self.chance.happens(0.02 / others, "declines", person, match)
        yield Reaction(
            at=self.chance.later(record, at, 4, "confirms", person, match),
            actor=person,
            command=lambda now: confirm(now, match=match, person=person, agrees=agrees),
        )

    def _books(
        self,
        record: Record,
        person: PersonId,
        one: Occurrence,
        at: dt.datetime,
        *,
        again: bool,
    ) -> Iterator[Reaction]:
        """Yield a booking: most at once, some when reminded, a few never.

        What was declined is booked again, unless it has begun by then.
        """
        series = one.slot.series
        if self.chance.happens(0.04, "silent", person, one.id):
            return
        if not again and self.chance.happens(0.15, "forgets", person, one.id):
            return
        acts = self.chance.later(record, at, 4, "books", person, one.id)
        if one.id in record.state.booked and acts >= one.starts:
            return
        starts = self._time(record, one, acts)
        yield Reaction(
            at=acts,
            actor=person,
            command=lambda now: _books_soon(now, series, starts, acts),
        )

    def _time(self, record: Record, one: Occurrence, acts: dt.datetime) -> dt.datetime:
        """Return an hour on an open day of the window, after the booking is made."""
        days = record.days
        first = max(days.zone.date(one.starts), days.zone.date(acts)) + dt.timedelta(2)
        room = max((days.zone.date(one.ends) - first).days, 0)
        day = first + dt.timedelta(self.chance.whole(room, "day", one.id))
        hour = _HOURS[self.chance.whole(len(_HOURS) - 1, "hour", one.id)]
        return days.zone.at(days.next_open(day), dt.time(hour))

    def _booked(
        self, record: Record, booked: Booked, at: dt.datetime
    ) -> Iterator[Reaction]:
        """Yield, now and then, that a booked meeting is moved by two days."""
        series = record.state.allocated[booked.occurrence].series
        company = company_of(record.state, series)
        question = ("moves", booked.occurrence, booked.starts.isoformat())
        if not self.chance.happens(0.06, *question):
            return
        acts = self.chance.later(record, at, 2, *question)
        date = record.days.next_open(
            record.days.zone.date(booked.starts) + dt.timedelta(days=2)
        )
        starts = record.days.zone.at(date, record.days.zone.time(booked.starts))
        if company is not None and acts < booked.starts:
            yield Reaction(
                at=acts,
                actor=company.people[0],
                command=lambda now: book(now, series=series, starts=starts, now=acts),
            )

    def _tells(
        self, record: Record, person: PersonId, one: Occurrence, at: dt.datetime
    ) -> Iterator[Reaction]:
        if self.chance.happens(0.3, "does not click", person, one.id):
            return
        failed = self.chance.happens(0.03, "did not meet", one.id)
        held = not (failed or falls_through(record.state, one.id))
        acts = self.chance.later(record, at, 3, "tells", person, one.id)
        yield Reaction(
            at=acts,
            actor=person,
            command=lambda now: met(now, occurrence=one.id, held=held, now=acts),
        )

    def _does(
        self,
        record: Record,
        person: PersonId,
        one: Occurrence,
        at: dt.datetime,
        *,
        again: bool,
    ) -> Iterator[Reaction]:
        """Yield that it is done: by most before it is due, by some when reminded."""
        question = ("does", person, one.id, "again" if again else "")
        if person not in one.slot.audience or self.chance.happens(0.2, *question):
            return
        room = max((one.ends - at).days - 1, 1)
        acts = self.chance.later(record, at, room, "does", person, one.id)
        yield Reaction(
            at=acts,
            actor=person,
            command=lambda now: complete(
                now, occurrence=one.id, person=person, now=acts
            ),
        )

    def _answers(
        self,
        record: Record,
        person: PersonId,
        one: Occurrence,
        at: dt.datetime,
        *,
        again: bool,
    ) -> Iterator[Reaction]:
        asked = record.frozen.programme.activity(one.slot.activity)
        if not isinstance(asked, (Evaluation, Handover)):
            return
        if self._is_silent(person, one.id, again=again):
            return
        acts = self.chance.later(record, at, 3, "answers", person, one.id)
        given = self._given(asked, person, one.id, record.language(person))
        ballot = derive(b"rehearsal", "ballot", str(self.chance.seed), person, one.id)
        yield Reaction(
            at=acts,
            actor=person,
            command=lambda now: answer(
                now,
                occurrence=one.id,
                person=person,
                answers=given,
                ballot=ballot[:32],
                now=acts,
            ),
        )

    def _is_silent(
        self, person: PersonId, occurrence: OccurrenceId, *, again: bool
    ) -> bool:
        """Return whether somebody never answers, or not before they are reminded."""
        late = self.chance.happens(0.35, "answers late", person, occurrence)
        never = self.chance.happens(0.25, "never answers", person, occurrence)
        return never or (late and not again)

    def _given(
        self,
        asked: Evaluation | Handover,
        person: PersonId,
        occurrence: OccurrenceId,
        language: str,
    ) -> Mapping[str, str | int]:
        words = INVENTED.get(language, INVENTED["en"])
        given: dict[str, str | int] = {}
        for name, question in questions_of(asked).items():
            about = (person, occurrence, name)
            if question.scale is not None:
                given[name] = 5 - self.chance.whole(2, *about)
            elif self.chance.happens(0.5, "writes", *about):
                given[name] = self.chance.pick(words, *about)
        return given

    def _invited(
        self, standing: Standing, told: Announced, at: dt.datetime
    ) -> Iterator[Reaction]:
        for person in told.audience if not told.cancelled else ():
            question = ("replies", person, told.occurrence, str(told.revision))
            if self.chance.happens(0.85, *question):
                declines = self.chance.happens(0.07, "declines", *question)
                yield self._reply(standing.record, told, person, at, declines=declines)

    def _reply(
        self,
        record: Record,
        told: Announced,
        person: PersonId,
        at: dt.datetime,
        *,
        declines: bool,
    ) -> Reaction:
        return Reaction(
            at=self.chance.later(record, at, 4, "replies at", person, told.occurrence),
            actor=person,
            command=lambda now: reply(
                now,
                occurrence=told.occurrence,
                person=person,
                answer="declined" if declines else "accepted",
            ),
        )


def _books_soon(
    standing: Standing, series: str, starts: dt.datetime, acts: dt.datetime
) -> Decision:
    """Book that time, or the same hour of the next open day when it is taken."""
    days = standing.record.days
    try:
        return book(standing, series=series, starts=starts, now=acts)
    except RefusedError:
        date = days.next_open(days.zone.date(starts) + dt.timedelta(days=1))
        again = days.zone.at(date, days.zone.time(starts))
        return book(standing, series=series, starts=again, now=acts)
