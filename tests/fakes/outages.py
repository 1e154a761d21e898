"""A database that is away for a while, each kind in its own way."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from integrations.store.database import writing
from tests.fakes.postgres import Server
from tests.fakes.storm import opened


@dataclass(frozen=True, kw_only=True)
class Outage:
    """What can happen to a database.

    Attributes:
        url: Of the database.
        away: Takes it away meanwhile.
        seconds: How long it is to be away at the least.
    """

    url: str
    away: Callable[[], AbstractContextManager[None]]
    seconds: float

    @contextmanager
    def lasting(self) -> Iterator[None]:
        """Take the database away for so long, whatever is done meanwhile."""
        with self.away():
            over = time.monotonic() + self.seconds
            yield
            time.sleep(max(0, over - time.monotonic()))


def locking(url: str, *, seconds: float) -> Outage:
    """Return an outage of SQLite: somebody else has the lock."""

    @contextmanager
    def locked() -> Iterator[None]:
        with opened(url) as engine, writing(engine):
            yield

    return Outage(url=url, away=locked, seconds=seconds)


def stopping(server: Server, *, seconds: float) -> Outage:
    """Return an outage of PostgreSQL: the server is stopped, whoever is connected."""

    @contextmanager
    def stopped() -> Iterator[None]:
        server.stop()
        try:
            yield
        finally:
            server.start()

    with opened(server.url):
        return Outage(url=server.url, away=stopped, seconds=seconds)
