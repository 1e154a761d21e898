"""A process that advances a cohort and delivers: `advancer URL FOLDER NOW`.

It is the shipped cohort, applied first where that was not done.
"""

import datetime as dt
import sys
from pathlib import Path

from engine.commands.advance import advance
from engine.commands.apply import apply
from engine.commands.deliver import deliver
from engine.installation import Installation
from flows.loading import load
from flows.wiring import wire
from integrations.clock import FixedClock
from integrations.mail.files import FileMailer
from tests.fakes import kill

COHORT = Path("specs/aarhus-leadership/cohorts/2027.yaml")
INSTALLATION = Installation(
    key=b"k" * 32, base_url="http://localhost:8000", domain="example.org"
)
LEASE = dt.timedelta(minutes=5)


def main(arguments: list[str]) -> None:
    """Do what is due by then, and send it."""
    url, folder, now = kill.arm(arguments)
    clock = FixedClock(dt.datetime.fromisoformat(now))
    mailer = FileMailer(Path(folder), label=lambda message: message.recipient)
    app = wire(url, installation=INSTALLATION, clock=clock, mailer=lambda: mailer)
    files = load(COHORT)
    apply(app.unit, files, now=clock.now())
    advance(app.unit, files.id, now=clock.now())
    deliver(app.outbox, mailer, clock, lease=LEASE)
    app.engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1:])
