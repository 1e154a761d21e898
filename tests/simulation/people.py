"""What people do about the mail that reached them: answer, book, decline, forget."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from engine.commands.answers import answer
from engine.commands.booking import book, bookable
from engine.commands.decision import Decision, RefusedError
from engine.commands.matching import approve, confirm
from engine.commands.meetings import attend, met, reply
from engine.commands.standing import Standing
from engine.commands.tasks import settle
from engine.company import company_of
from engine.derive import derive
from engine.evaluation.summary import questions_of
from engine.facts import Fact, Noticed, Posted, Raised
from engine.ids import CohortId, MatchId, OccurrenceId, PersonId
from engine.record import COORDINATOR
from engine.spec.activities import Evaluation, Handover
from flows.rehearsal.chance import Chance
from tests.simulation.commands import ask
from tests.simulation.machines import Command
from tests.simulation.relay import Arrival
from tests.simulation.world import World

Reply = Literal["accepted", "declined", "tentative"]

_NIGHTS = (3, 10)
_NIGHT = dt.time(2, 30)
_PLACES = ("", "", "hall", "Kantinen", "Torvet 3")
_REPLIES: Sequence[Reply] = ("accepted", "accepted", "declined", "tentative")
_AGAIN = "-again"
_NO_ANSWER = 0.2
_SOON = dt.timedelta(days=60)


@dataclass(kw_only=True)
class People:
    """Everybody who reads mail, each with manners drawn from the seed."""

    world: World
    chance: Chance
    notices: dict[tuple[CohortId, str], Noticed] = field(default_factory=dict)
    letters: dict[str, Posted] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.world.listeners.append(self.hear)
        self.world.readers.append(self.read)

    def hear(self, cohort: CohortId, facts: Sequence[Fact]) -> None:
        """Remember what each letter is about, and do a coordinator's work."""
        for fact in facts:
            match fact.event:
                case Noticed() as notice:
                    self.notices[(cohort, notice.notice)] = notice
                case Posted() as posted:
                    self.letters[posted.letter] = posted
                case Raised() as raised:
                    self._called(cohort, raised)

    def read(self, arrival: Arrival) -> None:
        """Open a mail, and do something about it later."""
        message = arrival.message
        if message.kind == "letter":
            letter = self.letters.get(message.key)
            for told in letter.told if letter else ():
                self._told(message.cohort, self.notices[(message.cohort, told)])
        elif arrival.mail.entry is not None and not arrival.mail.cancels:
            occurrence = OccurrenceId(message.key.split("/")[2])
            self._invited(message.cohort, message.recipient, occurrence, message.key)

    def _told(self, cohort: CohortId, notice: Noticed) -> None:
        person, match, one = notice.person, notice.match, notice.occurrence
        wording = notice.wording.removesuffix(_AGAIN)
        if self.chance.happens(_NO_ANSWER, "no answer", person, notice.notice):
            return
        command: Command | None = None
        if wording == "confirm-match" and match:
            agrees = not self.chance.happens(0.05, "declines", person, match)
            command = partial(_confirms, match, person, agrees)
        elif wording == "book-meeting" and one:
            command = partial(self._books, one)
        elif wording == "meeting-declined" and one:
            command = partial(self._moves, one)
        elif wording == "did-you-meet" and one:
            held = not self.chance.happens(0.1, "did not meet", one)
            command = partial(_tells, one, held)
        elif wording in ("evaluation", "handover") and one:
            command = partial(self._answers, one, person)
        if command is not None:
            self._later(cohort, person, command, wording, notice.notice)

    def _invited(
        self, cohort: CohortId, person: PersonId, one: OccurrenceId, key: str
    ) -> None:
        if self.chance.happens(_NO_ANSWER, "no reply", key):
            return
        said = _REPLIES[self.chance.whole(len(_REPLIES) - 1, "says", key)]
        self._later(cohort, person, partial(_replies, one, person, said), "reply", key)
        if self.chance.happens(0.05, "changes their mind", key):
            declines = partial(_replies, one, person, "declined")
            self._later(cohort, person, declines, "other-reply", key)
        if self.chance.happens(0.08, "moves it", key):
            moves = partial(self._moves, one)
            self._later(cohort, person, moves, "other-time", key)

    def _called(self, cohort: CohortId, raised: Raised) -> None:
        """Do what needs the coordinator, some working days later."""
        command: Command | None = None
        what = "task"
        if raised.wording in ("approve-matches", "match-declined"):
            command, what = _approves, "approve"
            if self.chance.happens(0.4, "wants others", cohort, raised.task):
                number = self.chance.whole(99, "which", cohort, raised.task)
                self.world.in_minutes(
                    5, 900, partial(ask, self.world, cohort, "propose", number)
                )
        elif raised.wording == "who-came" and raised.occurrence:
            command, what = partial(self._attended, raised.occurrence), "attend"
        elif self.chance.happens(0.5, "settles", cohort, raised.task):
            command = partial(_settles, raised.task)
        if command is not None:
            about = raised.task.replace(" ", "-")
            self._later(cohort, PersonId(COORDINATOR), command, what, about)

    def _later(
        self,
        cohort: CohortId,
        person: PersonId,
        command: Command,
        what: str,
        about: str,
    ) -> None:
        days = self.chance.whole(5, "days", cohort, person, what, about)
        minutes = 5 + self.chance.whole(900, "minutes", cohort, person, what, about)
        at = self.world.time.now + dt.timedelta(days=days, minutes=minutes)
        act = partial(
            self.world.click, cohort, command, actor=person, about=f"{what} {about}"
        )
        self.world.put(at, act)

    def _books(
        self, occurrence: OccurrenceId, standing: Standing, now: dt.datetime
    ) -> Decision:
        one = standing.timeline.occurrences.get(occurrence)
        if one is None or one.slot.match is None:
            raise RefusedError(f"{occurrence} is gone", "")
        return self._book(standing, one.slot.series, now)

    def _moves(
        self, occurrence: OccurrenceId, standing: Standing, now: dt.datetime
    ) -> Decision:
        state = standing.record.state
        series = state.allocated[occurrence].series
        if company_of(state, series) is None:
            raise RefusedError(f"{occurrence} is no meeting", "")
        return self._book(standing, series, now)

    def _book(self, standing: Standing, series: str, now: dt.datetime) -> Decision:
        """Book what can be booked, on an open day of its window or later.

        A few meet in the hour that comes twice, or never.
        """
        one = bookable(standing, series, now=now)
        days = standing.record.days
        opens = days.zone.date(max(one.starts, now) if one else now)
        about = (standing.record.id, series, now.isoformat())
        room = self.chance.whole(20, "day", *about)
        hour = self.chance.pick(("9", "10", "13", "15"), "hour", *about)
        day = days.next_open(opens + dt.timedelta(days=1 + room))
        night = _change_of_the_clock(opens)
        if self.chance.happens(0.3, "night", *about) and night - opens < _SOON:
            starts = days.zone.at(night, _NIGHT)
        else:
            starts = days.zone.at(day, dt.time(int(hour)))
        place = self.chance.pick(_PLACES, "place", *about)
        return book(standing, series=series, starts=starts, now=now, place=place)

    def _answers(
        self,
        occurrence: OccurrenceId,
        person: PersonId,
        standing: Standing,
        now: dt.datetime,
    ) -> Decision:
        one = standing.timeline.occurrences.get(occurrence)
        activity = (
            standing.record.frozen.programme.activity(one.slot.activity)
            if one
            else None
        )
        if not isinstance(activity, (Evaluation, Handover)):
            raise RefusedError(f"{occurrence} is gone", "")
        given: dict[str, str | int] = {
            name: 5 - self.chance.whole(2, person, occurrence, name)
            if question.scale is not None
            else "Mere tid"
            for name, question in questions_of(activity).items()
        }
        ballot = derive(b"simulation", standing.record.id, person, occurrence)[:32]
        return answer(
            standing,
            occurrence=occurrence,
            person=person,
            answers=given,
            ballot=ballot,
            now=now,
        )

    def _attended(
        self, occurrence: OccurrenceId, standing: Standing, now: dt.datetime
    ) -> Decision:
        known = standing.record.state.announced.get(occurrence)
        audience = known.told.audience if known else ()
        came: Mapping[PersonId, bool] = {
            one: not self.chance.happens(0.2, "is away", one, occurrence)
            for one in audience
        }
        return attend(standing, occurrence=occurrence, came=came, now=now)


def _change_of_the_clock(after: dt.date) -> dt.date:
    """Return the next night in which the clock is changed."""
    nights = [
        last - last.isoweekday() % 7 * dt.timedelta(days=1)
        for year in (after.year, after.year + 1)
        for last in (dt.date(year, month, 31) for month in _NIGHTS)
    ]
    return next(night for night in nights if night > after)


def _confirms(
    match: MatchId,
    person: PersonId,
    agrees: bool,  # noqa: FBT001  # Bound by `partial`.
    standing: Standing,
    _now: dt.datetime,
) -> Decision:
    return confirm(standing, match=match, person=person, agrees=agrees)


def _tells(
    occurrence: OccurrenceId,
    held: bool,  # noqa: FBT001  # Bound by `partial`.
    standing: Standing,
    now: dt.datetime,
) -> Decision:
    return met(standing, occurrence=occurrence, held=held, now=now)


def _replies(
    occurrence: OccurrenceId,
    person: PersonId,
    said: Reply,
    standing: Standing,
    _now: dt.datetime,
) -> Decision:
    return reply(standing, occurrence=occurrence, person=person, answer=said)


def _approves(standing: Standing, _now: dt.datetime) -> Decision:
    return approve(standing)


def _settles(task: str, standing: Standing, _now: dt.datetime) -> Decision:
    return settle(standing, task=task)
