"""Recorded cohorts over a store in memory, and what moves them on."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Literal, TypeVar

from engine.commands.advance import advance, due_action, perform
from engine.commands.answers import answer
from engine.commands.apply import Files, apply, prepare
from engine.commands.booking import book, series_of
from engine.commands.decision import Decision
from engine.commands.matching import approve, confirm
from engine.commands.meetings import attend, met, reply
from engine.commands.standing import Standing
from engine.commands.unit import Unit
from engine.commands.work import complete
from engine.facts import Event, Fact
from engine.ids import ActionId, CohortId, MatchId, OccurrenceId, PersonId
from engine.installation import Installation
from engine.matches import Match
from engine.outbox import Message
from engine.plan import Plan
from engine.ports import Response
from engine.posts import Post
from engine.record import Record
from engine.state import State
from tests.fakes.cohort_files import (
    APPLIED,
    CLOSING,
    COHORT,
    FIRST_WORKSHOP,
    KICK_OFF,
    PEOPLE,
    PROGRAMME,
    SMALL,
    edited,
    person,
    shipped_files,
    small_files,
)
from tests.fakes.memory import Memory, MemoryStore

__all__ = [
    "APPLIED",
    "CLOSING",
    "COHORT",
    "FIRST_WORKSHOP",
    "KICK_OFF",
    "PEOPLE",
    "PROGRAMME",
    "SMALL",
    "Keys",
    "Live",
    "begun",
    "edited",
    "matched",
    "person",
    "proposed",
    "recorded",
    "shipped_files",
    "small_files",
]

INSTALLATION = Installation(
    key=b"k" * 32, base_url="https://stafet.example", domain="example.org"
)
T = TypeVar("T", bound=Event)


@dataclass
class Keys:
    """A renderer whose mails are nothing but their keys; it remembers the posts."""

    posts: list[Post] = field(default_factory=list)

    def render(self, post: Post) -> bytes:
        self.posts.append(post)
        return post.key.encode()


@dataclass(kw_only=True)
class Live:
    """A recorded cohort at one moment, and what can be done with it."""

    memory: Memory
    unit: Unit
    renderer: Keys
    now: dt.datetime
    cohort: CohortId = SMALL

    @property
    def standing(self) -> Standing:
        return self.unit.standing(self.cohort)

    @property
    def record(self) -> Record:
        return self.standing.record

    @property
    def state(self) -> State:
        return self.record.state

    def facts(self, kind: type[T]) -> tuple[T, ...]:
        """Return what happened of one kind, in order."""
        return tuple(one.event for one in self.history() if isinstance(one.event, kind))

    def history(self) -> tuple[Fact, ...]:
        return self.unit.store.facts(self.cohort)

    def messages(self) -> tuple[Message, ...]:
        return tuple(entry.message for entry in self.memory.entries)

    def posts(self, id_: str = "", kind: str = "") -> tuple[Post, ...]:
        """Return the mails of one kind to one person, or of all, in order."""
        return tuple(
            post
            for post in self.renderer.posts
            if id_ in ("", self.record.people[post.person].id)
            and kind in ("", post.kind)
        )

    def person(self, id_: str) -> PersonId:
        found = self.record.participant(id_)
        assert found is not None
        return found.person

    def match_of(self, id_: str) -> Match:
        """Return the living match of a person."""
        return next(
            match
            for match in self.state.matches.values()
            if self.person(id_) in match.people and not match.dissolved
        )

    def do(self, command: Callable[[Standing], Decision]) -> None:
        """Carry out a command now."""
        self.unit.perform(self.cohort, command, now=self.now)

    def until(self, moment: dt.datetime) -> None:
        """Do what is due, each thing at its own time, and stay at the moment."""
        while (due := self.unit.store.next_due(self.cohort)) and due <= moment:
            self.now = max(self.now, due)
            advance(self.unit, self.cohort, now=self.now)
        self.now = moment

    def outage(self, moment: dt.datetime) -> tuple[ActionId, ...]:
        """Do nothing until the moment, and everything then."""
        self.now = moment
        return advance(self.unit, self.cohort, now=moment)

    def step(self) -> ActionId | None:
        """Do one thing, as soon as it is due, and return which."""
        due = self.unit.store.next_due(self.cohort)
        if due is None:
            return None
        self.now = max(self.now, due)
        action = due_action(self.unit, self.cohort, now=self.now)
        assert action is not None
        perform(self.unit, self.cohort, action.id, now=self.now)
        return action.id

    def plan(self, files: Files, *, move_booked: bool = False) -> Plan:
        found = prepare(self.unit, files, now=self.now, move_booked=move_booked)
        return found.plan

    def apply(self, files: Files, *, move_booked: bool = False) -> Plan:
        return apply(self.unit, files, now=self.now, move_booked=move_booked)

    def approve(self) -> None:
        self.do(approve)

    def confirm(self, id_: str, *, agrees: bool = True) -> None:
        """Let a person say yes or no to their living match."""
        self.agree(self.match_of(id_).id, self.person(id_), agrees=agrees)

    def confirm_all(self) -> None:
        """Let everybody say yes, match by match, in the order of being asked."""
        for match in self.state.matches.values():
            for who in () if match.dissolved else match.people:
                self.agree(match.id, who)

    def agree(self, match: MatchId, who: PersonId, *, agrees: bool = True) -> None:
        self.do(lambda one: confirm(one, match=match, person=who, agrees=agrees))

    def book(self, id_: str, starts: dt.datetime, place: str = "") -> None:
        match, who, now = self.match_of(id_).id, self.person(id_), self.now
        series = series_of(self.standing, match, who, now=now)
        self.do(partial(book, series=series, starts=starts, now=now, place=place))

    def met(self, occurrence: str, *, held: bool = True) -> None:
        one_id, now = OccurrenceId(occurrence), self.now
        self.do(lambda one: met(one, occurrence=one_id, held=held, now=now))

    def attend(self, occurrence: str, **came: bool) -> None:
        here = {self.person(id_): yes for id_, yes in came.items()}
        one_id, now = OccurrenceId(occurrence), self.now
        self.do(lambda one: attend(one, occurrence=one_id, came=here, now=now))

    def accept(
        self,
        occurrence: str,
        id_: str,
        said: Literal["accepted", "declined"] = "accepted",
    ) -> None:
        one_id, who = OccurrenceId(occurrence), self.person(id_)
        self.do(lambda one: reply(one, occurrence=one_id, person=who, answer=said))

    def answer(self, occurrence: str, id_: str, **given: str | int) -> None:
        who, now = self.person(id_), self.now
        self.do(
            lambda one: answer(
                one,
                occurrence=OccurrenceId(occurrence),
                person=who,
                answers=given,
                ballot=f"ballot-{len(self.responses())}",
                now=now,
            )
        )

    def complete(self, occurrence: str, id_: str) -> None:
        one_id, who, now = OccurrenceId(occurrence), self.person(id_), self.now
        self.do(lambda one: complete(one, occurrence=one_id, person=who, now=now))

    def responses(self) -> tuple[Response, ...]:
        return self.unit.store.responses(self.cohort)

    def conversations(self, id_: str) -> tuple[OccurrenceId, ...]:
        """Return the meetings of a person's match, in order of time."""
        match, talks = self.match_of(id_).id, self.standing.timeline.of("conversation")
        return tuple(one.id for one in talks if one.slot.match == match)

    def copied(self) -> "Live":
        """Return the same cohort, to be moved on apart from this one."""
        posts = list(self.renderer.posts)
        return _opened(self.memory.copied(), Keys(posts), self.now, self.cohort)

    def reopened(self) -> Unit:
        """Return a unit over the same store that knows nothing yet."""
        return Unit(
            store=self.unit.store, renderer=self.renderer, installation=INSTALLATION
        )


def _opened(memory: Memory, renderer: Keys, now: dt.datetime, cohort: CohortId) -> Live:
    unit = Unit(store=MemoryStore(memory), renderer=renderer, installation=INSTALLATION)
    return Live(memory=memory, unit=unit, renderer=renderer, now=now, cohort=cohort)


def recorded(files: Files | None = None, *, at: dt.datetime = APPLIED) -> Live:
    """Return a cohort just recorded; the small one where no files are given."""
    files = files or small_files()
    live = _opened(Memory(), Keys(), at, files.id)
    apply(live.unit, files, now=at)
    return live


@cache
def _proposed() -> Live:
    live = recorded()
    live.until(dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC))
    return live


@cache
def _matched() -> Live:
    live = proposed()
    live.approve()
    live.until(live.now + dt.timedelta(days=1))
    live.confirm_all()
    return live


def proposed() -> Live:
    """Return the small cohort with its matches proposed."""
    return _proposed().copied()


def matched() -> Live:
    """Return the small cohort, all of whose matches are agreed, before its kick-off."""
    return _matched().copied()


def begun() -> Live:
    """Return the small cohort on the day after its kick-off."""
    live = matched()
    live.until(KICK_OFF + dt.timedelta(days=1))
    return live
