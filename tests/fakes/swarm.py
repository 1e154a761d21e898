"""What one process of a swarm does, until it is killed.

`schedule` records small cohorts, one after the other, and does what is due of all of
them; `send` sends what may leave; `both` does one after the other. All processes of a
swarm have the same clock.
"""

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from engine.commands.advance import due_action, perform
from engine.commands.apply import Files, apply
from engine.commands.deliver import deliver
from engine.commands.unit import Unit
from engine.installation import Installation
from engine.ports import ConflictError, Mailer, StoreUnavailableError
from flows.wiring import MimeRenderer
from integrations.mail.files import FileMailer
from integrations.mail.smtp import SmtpMailer
from integrations.store.database import connect
from integrations.store.outbox import SqlOutbox
from integrations.store.store import SqlStore
from tests.fakes import worker
from tests.fakes.cohort_files import APPLIED, small_files

Role = Literal["schedule", "send", "both"]

BASE = dt.datetime(2027, 2, 25, 8, tzinfo=dt.UTC)
"""A working day before the kick-off, for hours of which nothing more falls due."""

INSTALLATION = Installation(
    key=b"k" * 32, base_url="http://localhost:8000", domain="example.org"
)
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Ticking:
    """A clock that began at `BASE` when the machine's steady one showed `started`."""

    started: float

    def now(self) -> dt.datetime:
        return BASE + dt.timedelta(seconds=time.monotonic() - self.started)


def files(number: int) -> Files:
    """Return the files of the cohort with a number; their people are the same."""
    return small_files(cohort={"cohort: 2027": f"cohort: {3000 + number}"})


def unit_of(store: SqlStore) -> Unit:
    """Return what carries commands out."""
    return Unit(store=store, renderer=MimeRenderer(), installation=INSTALLATION)


def schedule(unit: Unit, clock: Ticking, cohorts: int) -> None:
    """Do what is due in every cohort, an action at a time, then record the next one."""
    now = clock.now()
    for cohort in unit.store.due(now):
        while action := due_action(unit, cohort, now=now):
            perform(unit, cohort, action.id, now=now)
    known = len(unit.store.cohorts())
    if known < cohorts:
        apply(unit, files(known), now=APPLIED)
    else:
        time.sleep(_PAUSE)


def mailer_of(out: str, lease: dt.timedelta) -> Mailer:
    """Return the way to a port on this machine, or into a folder."""
    if out.isdigit():
        return SmtpMailer(worker.relay(int(out), lease))
    return FileMailer(Path(out), label=lambda message: message.recipient)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What a process is told.

    Attributes:
        url: Of the database, which is prepared.
        out: The port that mail is sent to, or the folder that it is written into.
        lease: How long a message is a worker's own.
        cohorts: How many are recorded.
    """

    role: Role
    url: str
    out: str
    clock: Ticking
    lease: dt.timedelta
    cohorts: int


def take_part(part: Part, ready: "Connection[bytes, bytes]") -> None:
    """Say that all is ready, and work on, whatever becomes of the database."""
    engine = connect(part.url)
    unit, outbox = unit_of(SqlStore(engine)), SqlOutbox(engine)
    mailer, lease = mailer_of(part.out, part.lease), part.lease
    scheduling = partial(schedule, unit, part.clock, part.cohorts)
    sending = partial(deliver, outbox, mailer, part.clock, lease=lease, limit=5)
    turns: Mapping[Role, Sequence[Callable[[], object]]] = {
        "schedule": [scheduling],
        "send": [sending, lambda: time.sleep(_PAUSE)],
        "both": [scheduling, sending],
    }
    ready.send_bytes(b"ready")
    while True:
        _insist(turns[part.role])


def _insist(turns: Sequence[Callable[[], object]]) -> None:
    """Take a turn each; one that somebody else was faster at is taken again."""
    for turn in turns:
        try:
            turn()
        except ConflictError:
            continue
        except StoreUnavailableError:
            time.sleep(_PAUSE)
