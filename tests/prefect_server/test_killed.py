"""A worker is killed together with its child, in the middle of their work."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from prefect.client.schemas.objects import StateType

from flows.advancing import run_name
from tests.fakes.performed import copied, done, idle, plainly
from tests.fakes.prefect_home import Server
from tests.fakes.prefect_page import Page
from tests.fakes.process import performing, prepare, recorded_in, until
from tests.fakes.sink import Sink, listening

ALL_DAY = "every day 0-24"
HALTING = """
CREATE VIEW for_ever AS WITH RECURSIVE n(x) AS
    (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n;
CREATE TRIGGER halt BEFORE INSERT ON facts WHEN NEW.kind = 'done'
    AND (SELECT count(*) FROM facts WHERE kind = 'done') = 2
    BEGIN SELECT count(*) FROM for_ever; END;
"""


@contextmanager
def halted(folder: Path) -> Iterator[Callable[[], object]]:
    """Let whoever does the third action stand in the middle of it for ever.

    Yields:
        What lets others go on, once whoever stands there is dead.
    """
    with closing(
        sqlite3.connect(folder / "var" / "stafet.db", isolation_level=None)
    ) as database:
        database.executescript(HALTING)
        yield lambda: database.executescript("DROP TRIGGER halt; DROP VIEW for_ever")


def test_killed_with_its_child_the_next_run_does_the_work_once(
    tmp_path: Path, server: Server
) -> None:
    app, cohort = recorded_in(tmp_path, days_ago=10, hours=ALL_DAY)
    plain, name = copied(tmp_path), run_name(app, cohort, app.clock.now())
    prepare(tmp_path, server)

    with listening(Sink()) as sink:
        with (
            halted(tmp_path) as go_on,
            performing(tmp_path, smtp_port=sink.port) as first,
        ):
            Page(first.address).pause_sweep()
            until(lambda: len(done(app, cohort)) == 2)
            first.kill()
            half = done(app, cohort)
            go_on()
        assert not sink.accepted

        with performing(tmp_path, smtp_port=sink.port) as second:
            page = Page(second.address)
            until(lambda: idle(app) and page.runs(StateType.COMPLETED))
            crashed = [run.name for run in page.runs(StateType.CRASHED)]
    wanted = plainly(plain, cohort)

    assert len(half) == 2 < len(wanted)
    assert done(app, cohort) == wanted
    assert crashed == [name]
    assert {one.status for one in app.outbox.standings()} == {"sent"}
    assert len(sink.accepted) == len(app.outbox.standings())
    assert sink.doubles() == 0
    app.engine.dispose()
