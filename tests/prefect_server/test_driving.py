"""Prefect for real: server and runner perform a year, whatever becomes of them."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort

from engine.commands.advance import advance, due_action, perform
from engine.commands.apply import apply
from engine.facts import Done
from engine.ids import ActionId, CohortId
from flows.deployments import due_moments
from flows.wiring import App
from tests.fakes.process import Performing, in_folder, performing, recorded_in, until
from tests.fakes.recorded import moved
from tests.fakes.sink import Sink, listening

ALL_DAY = "every day 0-24"
TAGS = ["aarhus-leadership", "2027"]


def runs(performer: Performing, *states: StateType) -> Sequence[FlowRun]:
    """Return the cohort's runs that are in one of these states, in order of time."""
    wanted = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(states))),
        tags=FlowRunFilterTags(all_=TAGS[:1]),
    )
    with SyncPrefectClient(f"{performer.address}/api") as client:
        return client.read_flow_runs(
            flow_run_filter=wanted, sort=FlowRunSort.EXPECTED_START_TIME_ASC
        )


def planned(performer: Performing) -> list[tuple[object, str]]:
    return [
        (run.expected_start_time, run.name)
        for run in runs(performer, StateType.SCHEDULED)
    ]


def owed(app: App, cohort: CohortId) -> list[object]:
    actions = app.unit.standing(cohort).actions
    return list(due_moments(actions, now=app.clock.now()))


def agree(performer: Performing, app: App, cohort: CohortId) -> bool:
    """Tell whether Prefect's calendar is that of the cohort."""
    return [moment for moment, _ in planned(performer)] == owed(app, cohort)


def done(app: App, cohort: CohortId) -> list[ActionId]:
    events = (fact.event for fact in app.unit.store.facts(cohort))
    return [event.action for event in events if isinstance(event, Done)]


def idle(app: App) -> bool:
    return app.unit.store.due(app.clock.now()) == ()


def expected(app: App, cohort: CohortId, folder: Path) -> set[ActionId]:
    """Return what is done by now where nothing goes wrong."""
    shutil.copytree(folder / "var", folder / "plain", ignore=lambda *_: ["prefect"])
    plain = in_folder(folder / "plain")
    advance(plain.unit, cohort, now=app.clock.now())
    plain.engine.dispose()
    return set(done(plain, cohort))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("installation")


@pytest.fixture(scope="module")
def performer(folder: Path) -> Iterator[Performing]:
    with performing(folder) as one:
        yield one


@pytest.fixture(scope="module")
def recorded(performer: Performing, folder: Path) -> tuple[App, CohortId]:
    """Record a cohort while Prefect performs, as somebody does by a command."""
    assert performer.address
    return recorded_in(folder, days_ago=10)


def test_a_recorded_cohort_gets_its_scheduled_runs_and_they_are_performed(
    performer: Performing, recorded: tuple[App, CohortId], folder: Path
) -> None:
    app, cohort = recorded
    wanted = expected(app, cohort, folder)

    until(lambda: idle(app))

    assert set(done(app, cohort)) == wanted
    until(lambda: runs(performer, StateType.COMPLETED))
    (run,) = runs(performer, StateType.COMPLETED)
    assert run.name == "aarhus-leadership 2027 · kick-off"
    assert set(TAGS) < set(run.tags)
    assert run.parameters == {"cohort": cohort}


def test_its_calendar_is_its_own_due_moments_by_name(
    performer: Performing, recorded: tuple[App, CohortId]
) -> None:
    app, cohort = recorded

    until(lambda: agree(performer, app, cohort))

    names = {name for _, name in planned(performer)}
    assert "aarhus-leadership 2027 · kick-off" in names
    assert all(name.startswith("aarhus-leadership 2027") for name in names)


def test_what_is_to_be_read_beside_it_is_there(performer: Performing) -> None:
    with SyncPrefectClient(f"{performer.address}/api") as client:
        keys = {one.key for one in client.read_artifacts(offset=0)}

    assert keys == {"aarhus-leadership-2027-plan"}


def test_a_rewritten_schedule_takes_effect(
    performer: Performing, recorded: tuple[App, CohortId], folder: Path
) -> None:
    app, cohort = recorded
    until(lambda: idle(app) and agree(performer, app, cohort))
    before = owed(app, cohort)

    files = moved(folder / "aarhus-leadership", weeks=1)
    apply(app.unit, files, now=app.clock.now())

    until(lambda: agree(performer, app, cohort))
    assert owed(app, cohort) != before


def test_killed_with_its_child_the_next_run_does_the_work_once(tmp_path: Path) -> None:
    app, cohort = recorded_in(tmp_path, days_ago=10, hours=ALL_DAY)
    wanted = expected(app, cohort, tmp_path)
    database = sqlite3.connect(tmp_path / "var" / "stafet.db", isolation_level=None)

    with listening(Sink()) as sink:
        with performing(tmp_path, smtp_port=sink.port) as first, closing(database):
            until(lambda: done(app, cohort), every=0.001)
            # The child stands in the middle of its work.
            database.execute("BEGIN IMMEDIATE")
            first.kill()
        half = done(app, cohort)
        assert not sink.accepted

        with performing(tmp_path, smtp_port=sink.port) as second:
            until(lambda: idle(app) and runs(second, StateType.COMPLETED))
            (crashed,) = runs(second, StateType.CRASHED)
            until(lambda: {one.status for one in app.outbox.standings()} == {"sent"})

    assert 0 < len(half) < len(wanted)
    assert Counter(done(app, cohort)) == Counter(wanted)
    assert crashed.name == "aarhus-leadership 2027 · kick-off"
    assert len(sink.accepted) == len(app.outbox.standings())
    assert sink.doubles() == 0


def test_a_fresh_prefect_database_and_ours_continue_a_year_half_done(
    tmp_path: Path,
) -> None:
    app, cohort = recorded_in(tmp_path, days_ago=10)
    wanted = expected(app, cohort, tmp_path)
    now = app.clock.now()
    for _ in range(3):
        action = due_action(app.unit, cohort, now=now)
        assert action
        perform(app.unit, cohort, action.id, now=now)
    half = app.unit.store.facts(cohort)

    with performing(tmp_path) as performer:
        until(lambda: idle(app))
        until(lambda: agree(performer, app, cohort))

    assert app.unit.store.facts(cohort)[: len(half)] == half
    assert Counter(done(app, cohort)) == Counter(wanted)
