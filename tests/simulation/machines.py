"""The processes of an installation: workers, pages, commands; each may be killed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Engine

from engine.commands.advance import advance
from engine.commands.apply import Files, apply
from engine.commands.decision import Decision, RefusedError
from engine.commands.deliver import deliver
from engine.commands.standing import Standing
from engine.commands.tasks import raise_undelivered
from engine.commands.unit import Unit
from engine.ids import CohortId
from engine.installation import Installation
from engine.letters.outgoing import Renderer
from engine.outbox import Claim, Outcome
from engine.ports import Change, StoreUnavailableError
from flows.wiring import MimeRenderer
from integrations.store.outbox import SqlOutbox
from integrations.store.store import SqlStore
from tests.simulation.faults import KilledError
from tests.simulation.relay import Relay, RelayMailer
from tests.simulation.tracing import Skewed, Time

LEASE = dt.timedelta(minutes=5)
MOST_SKEW = dt.timedelta(seconds=60)
INSTALLATION = Installation(
    key=b"k" * 32, base_url="https://stafet.example", domain="example.org"
)

Command = Callable[[Standing, dt.datetime], Decision]
"""What somebody asks for, at the moment at which the process takes it up."""

Fate = str
"""How a process ended: `done`, `killed`, `database gone` or `refused`."""


class Surroundings(Protocol):
    """What a process meets: others that come in between, and a database that fails."""

    time: Time
    relay: Relay

    def overtaken(self) -> None:
        """Let somebody else append first, now and then."""
        ...

    def fails(self, where: str) -> None:
        """Let the database go away, now and then."""
        ...

    def deciding(self, cohort: CohortId, change: Change, expected: int) -> None:
        """Judge what is about to be written."""
        ...


class Store(SqlStore):
    """The real store, in a place where things go wrong."""

    def __init__(self, engine: Engine, around: Surroundings) -> None:
        super().__init__(engine)
        self.around = around

    def append(self, cohort: CohortId, change: Change, *, expected: int) -> None:
        self.around.overtaken()
        self.around.fails("before an append")
        self.around.deciding(cohort, change, expected)
        super().append(cohort, change, expected=expected)
        self.around.fails("after an append")


class Outbox(SqlOutbox):
    """The real outbox, likewise.

    Attributes:
        marked: The claims that held until the final dot.
    """

    def __init__(self, engine: Engine, around: Surroundings) -> None:
        super().__init__(engine)
        self.around = around
        self.marked = set[tuple[int, int]]()

    def mark_sending(self, claim: Claim, *, now: dt.datetime) -> bool:
        self.around.fails("before a mark")
        marked = super().mark_sending(claim, now=now)
        if marked:
            self.marked.add((claim.number, claim.fence))
        self.around.fails("after a mark")
        return marked

    def settle(
        self,
        claim: Claim,
        outcome: Outcome,
        *,
        now: dt.datetime,
        again: dt.datetime | None,
    ) -> bool:
        try:
            self.around.fails("before a settlement")
        except StoreUnavailableError:
            self.around.relay.excuse(claim.message.key)
            raise
        settled = super().settle(claim, outcome, now=now, again=again)
        if outcome.verdict == "sent" and settled:
            self.around.relay.hear(claim.message.key)
        elif outcome.verdict == "sent" and (claim.number, claim.fence) in self.marked:
            # The lease ran out between the mark and this: the row says in doubt.
            self.around.relay.excuse(claim.message.key)
        return settled


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What processes are made of; a planted bug takes the place of one."""

    store: Callable[[Engine, Surroundings], SqlStore] = Store
    outbox: Callable[[Engine, Surroundings], SqlOutbox] = Outbox
    renderer: Callable[[], Renderer] = MimeRenderer


@dataclass(kw_only=True)
class Process:
    """What one process has in memory, until it is killed."""

    unit: Unit
    outbox: SqlOutbox
    mailer: RelayMailer


@dataclass(kw_only=True)
class Machine:
    """One computer with a clock of its own, on which a process is started again."""

    name: str
    engine: Engine
    around: Surroundings
    parts: Parts
    off: dt.timedelta = dt.timedelta()
    process: Process | None = None

    @property
    def clock(self) -> Skewed:
        """What this computer believes."""
        return Skewed(time=self.around.time, off=self.off)

    @property
    def running(self) -> Process:
        """The process that runs here, started if there is none."""
        if self.process is None:
            parts, engine, around = self.parts, self.engine, self.around
            self.process = Process(
                unit=Unit(
                    store=parts.store(engine, around),
                    renderer=parts.renderer(),
                    installation=INSTALLATION,
                ),
                outbox=parts.outbox(engine, around),
                mailer=RelayMailer(relay=around.relay),
            )
        return self.process

    def serve(self) -> Fate:
        """Do what is due, and send what may leave."""
        return self._survived(self._serve)

    def advance(self) -> Fate:
        """Do what is due."""
        return self._survived(self._advance)

    def click(
        self, cohort: CohortId, command: Command, *, actor: str, about: str
    ) -> Fate:
        """Carry out what somebody asks for; tell if that came to something."""
        decided: list[Decision] = []

        def noted(standing: Standing, now: dt.datetime) -> Decision:
            decided.append(command(standing, now))
            return decided[-1]

        fate = self._survived(lambda: self._click(cohort, noted, actor))
        if fate == "done" and decided[-1].events:
            self.around.time.tell("carried", cohort, actor, about)
        return fate

    def apply(self, files: Files) -> Fate:
        """Put files into force, in a process of its own."""
        self.process = None
        unit = self.running.unit
        return self._survived(lambda: apply(unit, files, now=self.clock.now()))

    def _survived(self, act: Callable[[], object]) -> Fate:
        time = self.around.time
        try:
            act()
        except KilledError as killed:
            self.process = None
            time.tell("killed", self.name, killed)
            return "killed"
        except StoreUnavailableError as gone:
            time.tell("failed", self.name, gone)
            return "database gone"
        except RefusedError as refused:
            time.tell("refused", self.name, refused)
            return "refused"
        return "done"

    def _click(self, cohort: CohortId, command: Command, actor: str) -> None:
        now = self.clock.now()
        self.running.unit.perform(
            cohort, lambda standing: command(standing, now), now=now, actor=actor
        )

    def _advance(self) -> None:
        unit, now = self.running.unit, self.clock.now()
        for cohort in unit.store.due(now):
            advance(unit, cohort, now=now)

    def _serve(self) -> None:
        self._advance()
        process, clock = self.running, self.clock
        delivery = deliver(process.outbox, process.mailer, clock, lease=LEASE)
        if delivery.dead:
            raise_undelivered(process.unit, process.outbox, now=clock.now())
