"""A cohort's year from first mail to last, moment by moment, as it would happen."""

import datetime as dt
import heapq
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from engine.actions.due import next_due
from engine.commands.advance import advance
from engine.commands.apply import Files, apply
from engine.commands.decision import RefusedError
from engine.commands.deliver import deliver
from engine.commands.sketch import sketch
from engine.commands.standing import Standing
from engine.derive import derive
from engine.facts import Fact
from engine.ids import CohortId
from engine.installation import Installation
from engine.record import Record
from flows.rehearsal.personas import Cast, cast_of
from flows.rehearsal.reactions import Reaction
from flows.wiring import App, label_of, wire
from integrations.clock import FixedClock
from integrations.mail.files import FileMailer

Advance = Callable[[App, CohortId, dt.datetime], None]
"""How what is due is done: plainly, or as the tasks of a Prefect flow."""

Progress = Callable[[dt.datetime], None]
"""Told how far the year has got."""

Step = tuple[dt.datetime, tuple[Reaction, ...]]
"""A moment, and what people did at it before what was due was done."""

_LEASE = dt.timedelta(minutes=5)
_WEEK = dt.timedelta(days=7)
_LONGEST = dt.timedelta(days=3 * 366)


@dataclass(kw_only=True)
class Year:
    """A rehearsal under way.

    Attributes:
        standing: Where the cohort stands, as nobody else moves it on meanwhile.
        agenda: What people are going to do, soonest first.
        read: The last fact that people have reacted to.
        steps: What was lived through so far.
    """

    app: App
    clock: FixedClock
    cohort: CohortId
    standing: Standing
    cast: Cast
    mailer: FileMailer
    agenda: list[tuple[dt.datetime, int, Reaction | None]] = field(default_factory=list)
    read: int = 0
    steps: list[Step] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)

    def run(self, step: Advance, *, until: dt.datetime, progress: Progress) -> None:
        """Live through every moment at which something is due, up to `until`."""
        while (moment := self._next()) is not None and moment <= until:
            self.clock.move(moment)
            progress(moment)
            self._act(moment)
            step(self.app, self.cohort, moment)
            self._deliver()
            self._react(moment)

    def told(self, began: dt.datetime) -> "Rehearsed":
        """Return what it has come to by now."""
        return Rehearsed(
            app=self.app,
            record=self.standing.record,
            facts=self.app.unit.store.facts(self.cohort),
            steps=self.steps,
            began=began,
            ended=self.clock.now(),
        )

    def _next(self) -> dt.datetime | None:
        due = next_due(self.standing.actions)
        moments = [due] if due else []
        moments += [self.agenda[0][0]] if self.agenda else []
        return max(min(moments), self.clock.now()) if moments else None

    def _act(self, moment: dt.datetime) -> None:
        """Let everybody do what they meant to do by now; some of it may be moot."""
        acted: list[Reaction] = []
        while self.agenda and self.agenda[0][0] <= moment:
            _, _, reaction = heapq.heappop(self.agenda)
            if reaction is not None:
                with suppress(RefusedError):
                    self.standing = self.app.unit.perform(
                        self.cohort,
                        reaction.command,
                        now=moment,
                        actor=reaction.actor,
                        known=self.standing,
                    )
                    acted.append(reaction)
        self.steps.append((moment, tuple(acted)))

    def _deliver(self) -> None:
        deliver(self.app.outbox, self.mailer, self.clock, lease=_LEASE)

    def _react(self, moment: dt.datetime) -> None:
        """Put on the agenda what follows from new facts, and when mail next leaves."""
        self.standing = standing = self.app.unit.standing(self.cohort)
        if standing.record.state.number == self.read:
            return
        facts = self.app.unit.store.facts(self.cohort, after=self.read)
        self.read = standing.record.state.number
        for reaction in self.cast.react(standing, facts):
            self._put(max(reaction.at, moment), reaction)
        opens = standing.record.days.sending(moment)
        if opens > moment:
            self._put(opens, None)

    def _put(self, at: dt.datetime, reaction: Reaction | None) -> None:
        heapq.heappush(self.agenda, (at, next(self._order), reaction))


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """What a rehearsal came to.

    Attributes:
        steps: Every moment and what people did then, so that it can be done for real.
    """

    app: App
    record: Record
    facts: tuple[Fact, ...]
    steps: Sequence[Step]
    began: dt.datetime
    ended: dt.datetime


def rehearse(
    files: Files,
    *,
    mail: Path,
    seed: int,
    until: dt.datetime | None = None,
    step: Advance | None = None,
    progress: Progress = lambda _moment: None,
) -> Rehearsed:
    """Live through a cohort's year in a database in memory, mail going to a folder."""
    began = beginning(files)
    clock = FixedClock(began)
    home = _home(seed)
    app = wire("sqlite://", installation=home, clock=clock, mailer=lambda: mailer)
    apply(app.unit, files, now=began)
    mailer = FileMailer(mail, label=label_of(lambda: year.standing.record))
    year = Year(
        app=app,
        clock=clock,
        cohort=files.id,
        standing=app.unit.standing(files.id),
        cast=cast_of(app.unit.store, seed),
        mailer=mailer,
    )
    year.run(step or plainly, until=until or began + _LONGEST, progress=progress)
    return year.told(began)


def _home(seed: int) -> Installation:
    """Return where a rehearsal lives: its links lead nowhere."""
    return Installation(
        key=derive(b"rehearsal", "installation", str(seed)).encode(),
        base_url="http://localhost:8000",
        domain="rehearsal.stafet.localhost",
    )


def plainly(app: App, cohort: CohortId, now: dt.datetime) -> None:
    """Do what is due, without Prefect."""
    advance(app.unit, cohort, now=now)


def span(files: Files) -> tuple[dt.datetime, dt.datetime]:
    """Return when the year begins, and about when it ends, as the files have it."""
    year = sketch(files).timeline.occurrences.values()
    return beginning(files), max(one.ends for one in year)


def beginning(files: Files) -> dt.datetime:
    """Return when a coordinator would apply: in good time before the first phase."""
    standing = sketch(files)
    first = min(one.starts for one in standing.timeline.occurrences.values())
    return standing.record.days.sending(first - _WEEK)
