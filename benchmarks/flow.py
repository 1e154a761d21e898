"""What does Prefect add to advancing?"""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.copies import advance_all, filled, let_be_due, opened
from benchmarks.measuring import Row, Table, alternately, took
from engine.facts import Done, Posted
from engine.ids import CohortId
from flows.current import using
from flows.prefect_home import prefect_server
from flows.wiring import App

COUNT = 200
ROUNDS = 3


def measure() -> Table:
    """Measure the same cohorts plainly, and as the tasks of one flow run."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        with prefect_server(home / "prefect", services=False) as api:
            found, actions = _measured(home, api)
    plain, flow = found["plain"], found["flow"]
    return Table(
        title="Advancing inside a Prefect flow",
        words=(
            f"{COUNT} copies of the example with {actions} actions due between them,"
            " read anew from a SQLite file: by `advance`, and as the tasks of one flow"
            " run, with Prefect's own server on this machine. Medians of"
            f" {ROUNDS} rounds."
        ),
        rows=[
            Row(what="plain", measured=f"{plain:.2f} s"),
            Row(
                what="inside one flow run",
                measured=f"{flow:.2f} s",
                ratio=f"{flow / plain:.2f}",
            ),
            Row(
                what="what Prefect adds to an action",
                measured=f"{(flow - plain) / actions * 1000:.0f} ms",
            ),
        ],
    )


def _measured(home: Path, api: str) -> tuple[dict[str, float], int]:
    from prefect import settings

    told = {
        settings.PREFECT_API_URL: api,
        settings.PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
    }
    done: list[int] = []

    def timed(act: Callable[[App], int], name: str, number: int) -> float:
        database = home / f"{name}-{number}.db"
        names, due = filled(database, COUNT)
        let_be_due(database, names, at=due)
        app = opened(database, now=due)
        seconds = took(lambda: done.append(act(app)))
        app.engine.dispose()
        return seconds

    with settings.temporary_settings(told):
        found = alternately(
            {
                "plain": partial(timed, advance_all, "plain"),
                "flow": partial(timed, _flow, "flow"),
            },
            rounds=ROUNDS,
        )
    if len(set(done)) > 1 or not done[0]:
        raise AssertionError(f"not the same was done each time: {done}")
    return dict(found), done[0]


def _flow(app: App) -> int:
    """Do the same as `advance_all` in a flow run; return how many actions that were."""
    from prefect import flow

    from flows.advancing import perform_due

    now = app.clock.now()
    due = app.unit.store.due(now)
    before = _performed(app, due)

    @flow(name="benchmark")
    def everything() -> None:
        for cohort in due:
            perform_due(cohort, now)

    with using(app):
        everything()
    return _performed(app, due) - before


def _performed(app: App, cohorts: Iterable[CohortId]) -> int:
    """Return how many actions are on record; a letter leaves `posted`, not `done`."""
    return sum(
        isinstance(fact.event, Done | Posted)
        for cohort in cohorts
        for fact in app.unit.store.facts(cohort)
    )
