"""A recorded cohort behind the pages, with the mails that it sent."""

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from httpx2 import Response
from starlette.testclient import TestClient

from engine.commands.advance import advance
from engine.commands.apply import Files, apply
from engine.commands.matching import approve
from engine.commands.unit import Unit
from engine.facts import Fact, to_lines
from engine.frozen import freeze
from engine.ids import CohortId, PersonId
from engine.installation import Installation
from engine.letters.outgoing import words_for
from engine.matches import Match
from engine.people import Participant
from engine.ports import Response as Answers
from engine.ports import Store
from engine.posts import Post
from engine.record import Record
from engine.spec.cohort import Cohort
from engine.spec.programme import Programme
from engine.spec.reading import read
from flows.wiring import feed_of
from integrations.spec_files import built_in_texts
from integrations.web import create_app
from tests.fakes.clocks import Clock
from tests.fakes.memory import Memory, MemoryOutbox, MemoryStore

COHORT = CohortId("relay/2027")
BASE = "https://stafet.example"
SCOPES = ("answer", "reply", "book", "met", "confirm", "done")
APPLIED = dt.datetime(2027, 1, 25, 8, tzinfo=dt.UTC)
KICK_OFF = dt.datetime(2027, 3, 3, 12, tzinfo=dt.UTC)

_HERE = Path(__file__).parent
_LINK = re.compile(rf"{BASE}/([a-z]+)/([0-9a-f]{{64}})(\.ics)?")

MENTOR, MENTEE, OTHER_MENTOR, OTHER_MENTEE = "ugle", "alk", "falk", "mejse"
NAMES: Mapping[str, str] = {
    MENTOR: "Ulla Ugle",
    MENTEE: "Anna Alk",
    OTHER_MENTOR: "Frederik Falk",
    OTHER_MENTEE: "Mia Mejse",
}


@dataclass
class Sink:
    """A renderer that keeps the mails, from which tests take the links."""

    posts: list[Post] = field(default_factory=list)

    def render(self, post: Post) -> bytes:
        self.posts.append(post)
        return b"."


@dataclass(kw_only=True)
class World:
    """A cohort, its clock, and a client that has only what the mails gave it."""

    memory: Memory
    store: Store
    unit: Unit
    clock: Clock
    sink: Sink
    client: TestClient
    cohort: CohortId = COHORT

    @property
    def record(self) -> Record:
        return self.unit.standing(self.cohort).record

    @property
    def now(self) -> dt.datetime:
        return self.clock.now()

    def facts(self) -> tuple[Fact, ...]:
        return self.store.facts(self.cohort)

    def history(self) -> str:
        """Return everything recorded, to see whether something changed."""
        cohorts = self.store.cohorts()
        lines = [to_lines(self.store.facts(cohort)) for cohort in cohorts]
        answers = [self.store.responses(cohort) for cohort in cohorts]
        return repr((lines, answers))

    def responses(self) -> tuple[Answers, ...]:
        return self.store.responses(self.cohort)

    def person(self, id_: str) -> PersonId:
        found = self.record.participant(id_)
        assert found is not None
        return found.person

    def match(self, id_: str) -> Match:
        person = self.person(id_)
        matches = self.record.state.matches.values()
        return next(one for one in matches if person in one.people)

    def until(self, moment: dt.datetime) -> None:
        """Do everything that is due up to a moment, and stay there."""
        while (due := self._due()) is not None and due <= moment:
            self.clock.time = max(due, self.now)
            advance(self.unit, self.cohort, now=self.now)
        self.clock.time = moment

    def path(self, scope: str, id_: str) -> str:
        """Return the newest link of a kind that a person was sent."""
        found = [urlsplit(url).path for url in self._sent(id_) if f"/{scope}/" in url]
        return found[-1]

    def get(self, scope: str, id_: str) -> str:
        """Return the page that a person's newest link of a kind shows."""
        reply = self.client.get(self.path(scope, id_))
        assert reply.status_code == 200
        return reply.text

    def says(self, name: str, id_: str, **values: str) -> str:
        """Return a text of the mails in a person's language."""
        return words_for(self.record, self.person(id_)).get(name, **values)

    def post(self, scope: str, id_: str, **fields: str) -> Response:
        """Return what comes of a form, sent as browsers do even when it is empty."""
        kind = {"content-type": "application/x-www-form-urlencoded"}
        path, content = self.path(scope, id_), urlencode(fields)
        return self.client.post(path, content=content, headers=kind)

    def act(self, scope: str, id_: str, **fields: str) -> None:
        """Do what a link is for, as a person."""
        assert self.post(scope, id_, **fields).status_code == 200

    def _due(self) -> dt.datetime | None:
        return self.store.next_due(self.cohort)

    def _sent(self, id_: str) -> Iterator[str]:
        person = self.person(id_)
        for post in self.sink.posts:
            if post.person == person:
                yield from (found[0] for found in _LINK.finditer(repr(post)))


def recorded(
    names: Mapping[str, str] = NAMES,
    *,
    store: Store | None = None,
    told: Files | None = None,
    at: dt.datetime = APPLIED,
) -> World:
    """Return a cohort just recorded, of people with these names, or of other files."""
    world = _opened(Memory(), Sink(), at, store=store)
    apply(world.unit, told or files(names=names), now=at)
    return world


def proposed(names: Mapping[str, str] = NAMES, *, store: Store | None = None) -> World:
    """Return a cohort whose mentors have been asked about their matches."""
    world = recorded(names, store=store)
    world.until(KICK_OFF - dt.timedelta(days=22))
    world.unit.perform(world.cohort, approve, now=world.now)
    world.until(world.now + dt.timedelta(days=8))
    return world


@cache
def _agreed(names: tuple[tuple[str, str], ...]) -> World:
    world = proposed(dict(names))
    for role in ((MENTOR, OTHER_MENTOR), (MENTEE, OTHER_MENTEE)):
        for id_ in role:
            world.act("confirm", id_, answer="yes")
        world.until(world.now + dt.timedelta(days=8))
    return world


def matched(names: Mapping[str, str] = NAMES) -> World:
    """Return a cohort, after its kick-off, of which everybody agreed to their match."""
    return reopened(_agreed(tuple(names.items())))


def booked() -> World:
    """Return a cohort of which one pair has booked its first meeting."""
    world = matched()
    world.act("book", MENTEE, date="2027-03-10", time="10:00", place="Café")
    return world


def reopened(world: World) -> World:
    """Return the same, with everything loaded anew and nothing in common."""
    return _opened(world.memory.copied(), Sink(list(world.sink.posts)), world.now)


def _opened(
    memory: Memory, sink: Sink, now: dt.datetime, *, store: Store | None = None
) -> World:
    store = store or MemoryStore(memory)
    unit = Unit(
        store=store,
        renderer=sink,
        installation=Installation(key=b"k" * 32, base_url=BASE, domain="example.org"),
    )
    clock = Clock(now)
    ballots = (f"ballot-{number}" for number in itertools.count())
    outbox = MemoryOutbox(memory)
    app = create_app(unit, outbox, clock, feed_of, lambda: next(ballots))
    return World(
        memory=memory,
        store=store,
        unit=unit,
        clock=clock,
        sink=sink,
        client=TestClient(app, base_url=BASE, raise_server_exceptions=False),
    )


def files(cohort: str = "2027", names: Mapping[str, str] = NAMES) -> Files:
    """Return the files of a cohort, of people with these names."""
    programme = read(_text("programme.yaml"), source="programme.yaml", model=Programme)
    written = _text("cohort.yaml").replace("cohort: 2027", f"cohort: {cohort}")
    frozen = freeze(
        programme.checked(),
        read(written, source="cohort.yaml", model=Cohort).checked(),
        built_in_texts(),
    )
    people = [
        _participant(id_, name, number)
        for number, (id_, name) in enumerate(names.items())
    ]
    return Files(id=CohortId(f"relay/{cohort}"), frozen=frozen, people=people)


def _participant(id_: str, name: str, number: int) -> Participant:
    mentor = id_ in {MENTOR, OTHER_MENTOR}
    wish = {MENTEE: (MENTOR,), OTHER_MENTEE: (OTHER_MENTOR,)}
    return Participant(
        person=PersonId(""),
        id=id_,
        name=name,
        email=f"{id_}@example.org",
        phone=f"+45 00 00 00 0{number}",
        language="en" if id_ == MENTEE else "da",
        roles=("mentor",) if mentor else ("mentee",),
        department="Kultur" if mentor else "Teknik og Miljø",
        values={"level": 1, "wishes": wish.get(id_, ())},
    )


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
