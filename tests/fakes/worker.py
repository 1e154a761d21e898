"""A process that decides once and delivers: `worker URL PORT LEASE-SECONDS [COUNT]`."""

import datetime as dt
import sys

from engine.commands.deliver import deliver
from engine.outbox import Message
from engine.ports import ConflictError
from integrations.clock import SystemClock
from integrations.mail.session import Relay
from integrations.mail.smtp import SmtpMailer
from integrations.store.database import connect
from integrations.store.outbox import SqlOutbox
from integrations.store.store import SqlStore
from tests.fakes import kill
from tests.fakes.samples import COHORT, change, done, message

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def messages(count: int) -> list[Message]:
    """Return what is decided: letters, and updates in a few lanes."""
    return [
        message(
            f"m{number}",
            lane=f"lane-{number}" if number % 2 else "",
            address=f"r{number}@example.org",
            not_before=LONG_AGO,
        )
        for number in range(count)
    ]


def decide(store: SqlStore, count: int) -> None:
    """Append everything, unless that was done before."""
    try:
        store.append(
            COHORT, change([done("all")], messages=messages(count)), expected=0
        )
    except ConflictError:
        return


def relay(port: int, lease: dt.timedelta) -> Relay:
    """Return how the sink is reached."""
    return Relay(host="127.0.0.1", port=port, security="none", timeout=lease / 4)


def main(arguments: list[str]) -> None:
    """Decide and deliver."""
    url, port, seconds, *rest = kill.arm(arguments)
    lease = dt.timedelta(seconds=float(seconds))
    engine = connect(url)
    decide(SqlStore(engine), int(rest[0]) if rest else 6)
    mailer = SmtpMailer(relay(int(port), lease))
    deliver(SqlOutbox(engine), mailer, SystemClock(), lease=lease)
    mailer.close()
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1:])
