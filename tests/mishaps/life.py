"""A year that people play, in which something goes wrong at fixed moments."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from engine.commands.apply import Files, apply
from engine.commands.deliver import deliver
from engine.commands.standing import Standing
from engine.commands.tasks import raise_undelivered
from engine.commands.unit import Decide
from engine.facts import Fact, Noticed, Posted
from engine.ids import CohortId, OccurrenceId
from engine.installation import Installation
from engine.outbox import Message, Outcome
from engine.outbox import Standing as Row
from engine.ports import Transfer
from flows.rehearsal.personas import cast_of
from flows.rehearsal.year import Year, beginning, plainly
from flows.wiring import label_of, wire
from integrations.clock import FixedClock
from integrations.mail.files import FileMailer
from tests.mishaps.before import Before
from tests.mishaps.telling import Told

INSTALLATION = Installation(
    key=b"m" * 32,
    base_url="http://localhost:8000",
    domain="mishaps.stafet.localhost",
)
_LEASE = dt.timedelta(minutes=5)
_LONGEST = dt.timedelta(days=3 * 366)
_DAYS = tuple(dt.timedelta(days=one) for one in range(4))


@dataclass(frozen=True, kw_only=True)
class Mishap:
    """Something that goes wrong.

    Attributes:
        days: How long after the kick-off of the first files it happens.
        before: An occurrence instead, two hours before which it happens.
        tells: Who is to be told what of it, from how things stood before.
    """

    what: str
    days: int = 0
    before: str = ""
    does: Callable[["Life"], None]
    tells: Callable[["Before"], Told]


@dataclass(frozen=True, kw_only=True)
class Happened:
    """A mishap that happened, and what was recorded and stored with it."""

    mishap: Mishap
    before: Before
    facts: tuple[Fact, ...]
    mails: tuple[int, ...]


@dataclass(kw_only=True)
class Life(Year):
    """A year under way.

    Attributes:
        files: In force; a mishap may put others into force.
        script: What is still to go wrong.
        refused: Addresses to which nothing can be delivered for now.
        cohorts: Which are advanced.
    """

    files: Files
    kick_off: dt.datetime
    script: list[Mishap] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    happened: list[Happened] = field(default_factory=list)
    others: list[CohortId] = field(default_factory=list)

    def before(self) -> Before:
        """Return how things stand."""
        return Before(standing=self.standing, now=self.clock.now())

    def do(self, decide: Decide) -> None:
        """Let the coordinator do something."""
        self.standing = self.app.unit.perform(
            self.cohort, decide, now=self.clock.now(), actor="coordinator"
        )

    def put_into_force(self, files: Files) -> None:
        """Let the coordinator put other files into force."""
        self.files = files
        apply(self.app.unit, files, now=self.clock.now())
        self.standing = self.app.unit.standing(self.cohort)

    def _next(self) -> dt.datetime | None:
        usual, own = super()._next(), self._goes_wrong()
        if own is None:
            return usual
        return min(own, usual) if usual else own

    def _goes_wrong(self) -> dt.datetime | None:
        moments = [at for one in self.script if (at := self._moment(one))]
        return max(min(moments), self.clock.now()) if moments else None

    def _moment(self, mishap: Mishap) -> dt.datetime | None:
        """Return ten in the morning of that day, or two hours before something.

        No two are on one day, so that each is told by itself.
        """
        if mishap.before:
            known = self.standing.record.state.announced
            one = known.get(OccurrenceId(mishap.before))
            return one.told.starts - dt.timedelta(hours=2) if one else None
        days = self.standing.record.days
        day = days.zone.date(self.kick_off) + dt.timedelta(days=mishap.days)
        if self.happened:
            last = days.zone.date(self.happened[-1].before.now)
            day = max(day, last + dt.timedelta(days=1))
        return days.zone.at(days.next_open(day), dt.time(10))

    def _act(self, moment: dt.datetime) -> None:
        for one in tuple(self.script):
            if (at := self._moment(one)) and at <= moment:
                self.script.remove(one)
                self._befall(one)
        super()._act(moment)

    def _befall(self, mishap: Mishap) -> None:
        before = self.before()
        past, known = self._history(), self._numbers()
        mishap.does(self)
        facts = tuple(one for key, one in self._history().items() if key not in past)
        mails = tuple(one for one in self._numbers() if one not in known)
        found = Happened(mishap=mishap, before=before, facts=facts, mails=mails)
        self.happened.append(found)

    def _history(self) -> dict[tuple[CohortId, int], Fact]:
        return {
            (each, one.number): one
            for each in (self.cohort, *self.others)
            for one in self.app.unit.store.facts(each)
        }

    def _numbers(self) -> dict[int, None]:
        cohorts = (self.cohort, *self.others)
        rows = (one for each in cohorts for one in self.app.outbox.standings(each))
        return dict.fromkeys(one.number for one in rows)

    def _deliver(self) -> None:
        for other in self.others:
            plainly(self.app, other, self.clock.now())
        if deliver(self.app.outbox, self.mailer, self.clock, lease=_LEASE).dead:
            raise_undelivered(self.app.unit, self.app.outbox, now=self.clock.now())


@dataclass(frozen=True, kw_only=True)
class Lived:
    """A year that was lived through to its end."""

    life: Life
    folder: Path

    @property
    def cohorts(self) -> tuple[CohortId, ...]:
        """The cohort, and those that people went over to."""
        return (self.life.cohort, *self.life.others)

    @cached_property
    def standing(self) -> Standing:
        """Where the cohort stands in the end."""
        return self.life.app.unit.standing(self.life.cohort)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Everything that was recorded."""
        store = self.life.app.unit.store
        return tuple(one for each in self.cohorts for one in store.facts(each))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """What became of each mail."""
        outbox = self.life.app.outbox
        return tuple(one for each in self.cohorts for one in outbox.standings(each))

    @cached_property
    def payloads(self) -> Mapping[Path, bytes]:
        """Every mail that left, in order, by its file."""
        return {path: path.read_bytes() for path in sorted(self.folder.iterdir())}

    def told(self, happened: Happened) -> Told:
        """Return what a mishap told whom, by what became of each mail and notice."""
        found: dict[str, list[str]] = {}
        people = self.standing.record.people
        for row in self.rows:
            if row.number in happened.mails:
                fate = "" if row.status == "sent" else f"{row.status}: "
                what = f"{fate}{row.kind} {row.key.split('/')[2]}"
                found.setdefault(people[row.recipient].id, []).append(what)
        for fact in happened.facts:
            if isinstance(notice := fact.event, Noticed):
                fate = self._fates.get((fact.cohort, notice.notice), "waits: ")
                what = f"{fate}letter {notice.wording}"
                found.setdefault(people[notice.person].id, []).append(what)
        return {who: sorted(all_) for who, all_ in sorted(found.items())}

    @cached_property
    def _fates(self) -> Mapping[tuple[CohortId, str], str]:
        """What became of each notice that does not wait: told, or too late for it."""
        return {
            (fact.cohort, notice): fate
            for fact in self.facts
            if isinstance(posted := fact.event, Posted)
            for fate, notices in (("", posted.told), ("moot: ", posted.moot))
            for notice in notices
        }


@dataclass(frozen=True, kw_only=True)
class Refusing:
    """A mailer into a folder, to which some addresses are unknown."""

    inner: FileMailer
    refused: set[str]

    def begin(self, message: Message) -> Transfer | Outcome:
        """Refuse for good, or go on."""
        if message.address in self.refused:
            return Outcome(verdict="dead", reply="550 5.1.1 no such user")
        return self.inner.begin(message)

    def close(self) -> None:
        """Nothing: no file is kept open."""


def live(files: Files, script: Sequence[Mishap], folder: Path) -> Lived:
    """Live through a year among mishaps, mail going to a folder."""
    clock, refused = FixedClock(beginning(files)), set[str]()
    began = clock.now()
    app = wire(
        "sqlite://", installation=INSTALLATION, clock=clock, mailer=lambda: mailer
    )
    apply(app.unit, files, now=began)
    label = label_of(lambda: life.standing.record)
    mailer = Refusing(inner=FileMailer(folder, label=label), refused=refused)
    days = files.frozen.days
    dates = files.frozen.cohort.dates["kick-off"]
    life = Life(
        app=app,
        clock=clock,
        cohort=files.id,
        standing=app.unit.standing(files.id),
        cast=cast_of(app.unit.store, 1),
        mailer=mailer,  # type: ignore[arg-type]
        files=files,
        kick_off=days.zone.at(dates.date, dt.time(10)),
        script=list(script),
        refused=refused,
    )
    life.run(plainly, until=began + _LONGEST, progress=lambda _moment: None)
    return Lived(life=life, folder=folder)
