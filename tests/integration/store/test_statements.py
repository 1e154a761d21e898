"""How often the database is asked, and told to commit: neither creeps up unseen."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, event

from engine.commands.advance import advance, due_action, perform
from engine.commands.deliver import deliver
from engine.commands.unit import Unit
from engine.ids import CohortId
from flows.rehearsal.year import rehearse
from flows.wiring import App, MimeRenderer
from integrations.clock import FixedClock
from integrations.store.store import SqlStore
from tests.fakes.cohorts import INSTALLATION, small_files
from tests.fakes.databases import statements
from tests.fakes.recorded import began, example, recorded
from tests.fakes.samples import LEASE


@dataclass(kw_only=True)
class Counted:
    """What a database was asked meanwhile; a statement that writes alone commits."""

    seen: list[str]
    commits: int = 0

    @property
    def both(self) -> tuple[int, int]:
        """The statements without those that only begin, and the commits."""
        told = [one for one in self.seen if not one.startswith("BEGIN")]
        return len(told), self.commits


@contextmanager
def counting(engine: Engine) -> Iterator[Counted]:
    with statements(engine) as seen:
        counted = Counted(seen=seen)

        def commit(_connection: object) -> None:
            counted.commits += 1

        def execute(connection: Connection, *arguments: object) -> None:
            driven = connection.connection.driver_connection
            alone = driven is not None and not driven.in_transaction
            writes = str(arguments[1]).startswith(("INSERT", "UPDATE", "DELETE"))
            counted.commits += alone and writes

        event.listen(engine, "commit", commit)
        event.listen(engine, "before_cursor_execute", execute)
        try:
            yield counted
        finally:
            event.remove(engine, "commit", commit)
            event.remove(engine, "before_cursor_execute", execute)


def test_an_action_is_so_many_statements_and_one_commit(tmp_path: Path) -> None:
    found: dict[str, set[tuple[int, int]]] = {}

    def step(app: App, cohort: CohortId, now: dt.datetime) -> None:
        while (action := due_action(app.unit, cohort, now=now)) is not None:
            with counting(app.engine) as counted:
                perform(app.unit, cohort, action.id, now=now)
            effect = type(action.effect).__name__
            found.setdefault(effect, set()).add(counted.both)

    # In this year there is something of each kind.
    rehearse(small_files(), mail=tmp_path, seed=2, step=step)

    assert found == {
        "Announce": {(6, 1)},
        "Call": {(2, 1)},
        "Lapse": {(2, 1)},
        "Notify": {(2, 1)},
        # One more with links in the letter, and one where it tells what was answered.
        "Post": {(5, 1), (6, 1), (7, 1)},
        "Propose": {(2, 1)},
    }


def test_a_cohort_is_read_with_so_many_statements(tmp_path: Path) -> None:
    app = recorded(tmp_path)
    fresh = Unit(
        store=SqlStore(app.engine),
        renderer=MimeRenderer(),
        installation=INSTALLATION,
    )

    with counting(app.engine) as first:
        fresh.standing(example().id)
    with counting(app.engine) as again:
        fresh.standing(example().id)

    assert (first.both, again.both) == ((6, 0), (1, 0))


def test_finding_that_nothing_is_due_is_one_statement(tmp_path: Path) -> None:
    app = recorded(tmp_path)

    with counting(app.engine) as counted:
        due = app.unit.store.due(began() - dt.timedelta(days=1))

    assert (due, counted.both) == ((), (1, 0))


def test_a_message_is_two_commits_and_twenty_are_claimed_with_one(
    tmp_path: Path,
) -> None:
    app = recorded(tmp_path)
    advance(app.unit, example().id, now=began())
    morning = FixedClock(began() + dt.timedelta(days=1))

    with counting(app.engine) as one:
        deliver(app.outbox, app.mailer(), morning, lease=LEASE, limit=1)
    with counting(app.engine) as rest:
        delivery = deliver(app.outbox, app.mailer(), morning, lease=LEASE)

    assert delivery.sent > 20
    assert one.both == (5, 3)
    claims = delivery.sent // 20 + 1
    # The last look finds nothing, and so has no bytes to read.
    asked = 2 * delivery.sent + 3 * claims - 1
    assert rest.both == (asked, 2 * delivery.sent + claims)
