"""PostgreSQL itself: its tables, its faults, and who waits for whom."""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise

import pytest
from sqlalchemy import Engine, text

from engine.ids import CohortId
from engine.ports import StoreUnavailableError
from integrations.store import schema
from integrations.store.database import connect, single, writing
from integrations.store.schema import prepare
from integrations.store.store import SqlStore
from integrations.store.tables import metadata
from tests.fakes.databases import opened
from tests.fakes.postgres import server
from tests.fakes.samples import COHORT, LEASE, NOW, World, change, done, message
from tests.fakes.schemas import missing, shape


@pytest.fixture
def impatient(url: str) -> Iterator[Engine]:
    made = connect(url, patience=dt.timedelta(seconds=0.2))
    yield made
    made.dispose()


def test_the_migrations_make_what_the_tables_describe(engine: Engine) -> None:
    with single(engine) as connection:
        assert missing(connection) == []


def test_the_description_makes_what_the_migrations_make(url: str) -> None:
    engine = connect(url)
    # Never committed: what is dropped here is back afterwards.
    with suppress(InterruptedError), writing(engine) as connection:
        migrated = shape(connection)
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
        schema._create(connection)  # noqa: SLF001  # Otherwise for databases in memory.
        described = shape(connection)
        raise InterruptedError
    engine.dispose()

    assert described == migrated


def test_a_connection_killed_while_it_rested_is_made_again(
    world: World, engine: Engine
) -> None:
    world.post(message("a"))
    _end_every_connection(engine)
    time.sleep(1.1)

    assert world.statuses() == {"a": "pending"}


def test_a_connection_killed_half_way_is_unavailable_and_changes_nothing(
    world: World, engine: Engine
) -> None:
    with pytest.raises(StoreUnavailableError):
        _interrupted(engine)

    assert world.store.cohorts() == ()


def test_a_lock_that_stays_is_unavailable(world: World, impatient: Engine) -> None:
    world.store.append(COHORT, change([done("a")]), expected=0)
    late = SqlStore(impatient)

    with writing(impatient) as connection:
        connection.execute(text("UPDATE cohorts SET last = last"))
        with pytest.raises(StoreUnavailableError, match="lock"):
            late.append(COHORT, change([done("b")]), expected=1)

    late.append(COHORT, change([done("b")]), expected=1)


def test_a_server_that_is_gone_is_unavailable() -> None:
    with server() as url:
        engine = connect(url, patience=dt.timedelta(seconds=1))
        world = opened(engine)
        world.post(message("a"))

    with pytest.raises(StoreUnavailableError):
        world.outbox.claim(now=NOW, lease=LEASE)
    engine.dispose()


def test_a_worker_passes_over_what_another_is_claiming(
    world: World, engine: Engine
) -> None:
    world.post(message("a"), message("b"))
    with writing(engine) as connection:
        connection.execute(text("UPDATE outbox SET fence = fence WHERE key = 'a'"))

        (claim,) = world.outbox.claim(now=NOW, lease=LEASE)

    assert claim.message.key == "b"


def test_a_pause_waits_for_a_claim_that_has_begun_and_takes_it_back(
    world: World, engine: Engine
) -> None:
    world.post(message("a"))
    with ThreadPoolExecutor(1) as pool:
        with writing(engine) as connection:
            connection.execute(
                text("UPDATE outbox SET status = 'leased', fence = fence + 1")
            )
            paused = pool.submit(world.outbox.pause, now=NOW)
            with pytest.raises(TimeoutError):
                paused.result(timeout=0.3)
        paused.result()

    assert world.statuses() == {"a": "pending"}
    assert world.outbox.claim(now=NOW, lease=LEASE) == ()


def test_numbers_rise_in_the_order_of_commit(world: World) -> None:
    cohorts = [CohortId(f"c/{number}") for number in range(4)]
    seen: list[tuple[int, ...]] = []
    over = threading.Event()

    def post(cohort: CohortId) -> None:
        for number in range(10):
            letter = message(f"{cohort}-{number}", cohort=cohort)
            world.store.append(cohort, change(messages=[letter]), expected=0)

    def watch() -> None:
        while not over.is_set():
            seen.append(tuple(row.number for row in world.outbox.standings()))

    watching = threading.Thread(target=watch)
    watching.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(post, cohorts))
    over.set()
    watching.join()

    # Nothing ever appears below what could be seen before.
    for earlier, later in pairwise(seen):
        assert later[: len(earlier)] == earlier


def test_several_may_prepare_at_once() -> None:
    with server() as url:
        engines = [connect(url) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(prepare, engines))
        with single(engines[0]) as connection:
            assert missing(connection) == []
        for engine in engines:
            engine.dispose()


def _interrupted(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO cohorts VALUES ('c', NULL, 0, 0)"))
        _end_every_connection(engine)


def _end_every_connection(engine: Engine) -> None:
    other = connect(str(engine.url.render_as_string(hide_password=False)))
    with single(other) as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE usename = 'stafet' AND pid <> pg_backend_pid()"
            )
        ).all()
    other.dispose()
