"""What is left in a database and at the receiver after a worker was killed."""

import datetime as dt
from collections import Counter

from engine.commands.deliver import deliver
from engine.outbox import Standing
from integrations.clock import SystemClock
from integrations.mail.smtp import SmtpMailer
from integrations.store.database import connect
from integrations.store.outbox import SqlOutbox
from integrations.store.store import SqlStore
from tests.fakes import worker
from tests.fakes.clocks import Clock
from tests.fakes.sink import Sink, Verb

Rows = tuple[Standing, ...]

WORKER = "tests.fakes.worker"
LEASE = dt.timedelta(seconds=60)
COUNT = 6


class Recipients:
    """One is refused at first, one is refused for good, the others are welcome."""

    def __init__(self) -> None:
        self._refused = False

    def __call__(self, verb: Verb, recipient: str) -> str:
        if verb == "RCPT" and recipient.startswith("r1@"):
            first, self._refused = not self._refused, True
            return "450 later" if first else ""
        return "550 never" if verb == "RCPT" and recipient.startswith("r2@") else ""


def recovered(url: str, sink: Sink, *, count: int) -> Rows:
    """Decide again and deliver until nothing is left; return what became of it."""
    engine = connect(url)
    worker.decide(SqlStore(engine), count)
    outbox = SqlOutbox(engine)
    clock = Clock(SystemClock().now())
    mailer = SmtpMailer(worker.relay(sink.port, LEASE))
    for _ in range(8):
        clock.turn(hours=1)
        deliver(outbox, mailer, clock, lease=LEASE)
    mailer.close()
    rows = outbox.standings()
    engine.dispose()
    return rows


def audit(sink: Sink, rows: Rows, *, expected: set[int]) -> int:
    """Check that nothing is lost or has two identities; return the physical doubles."""
    arrived = {address for address, _ in sink.accepted}
    identities = Counter(address for address, _ in set(sink.accepted))
    assert arrived == {f"r{number}@example.org" for number in expected}
    assert set(identities.values()) == {1}
    assert {row.status for row in rows} <= {"sent", "dead"}
    assert sink.doubles() <= sum(row.doubts for row in rows)
    return sink.doubles()
