"""SQLite itself: how it is set, what is said of its faults, and what it keeps."""

import datetime as dt
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from engine.commands.deliver import deliver
from engine.ports import ConflictError, StoreUnavailableError
from integrations.mail.files import FileMailer
from integrations.store.database import connect, single, writing
from integrations.store.outbox import SqlOutbox
from tests.fakes.clocks import Clock
from tests.fakes.databases import failing, opened, statements
from tests.fakes.samples import (
    COHORT,
    LEASE,
    NOW,
    World,
    change,
    done,
    link,
    message,
    participant,
    response,
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = connect(
        f"sqlite:///{tmp_path}/stafet.db", patience=dt.timedelta(seconds=0.1)
    )
    yield made
    made.dispose()


@pytest.fixture
def world(engine: Engine) -> World:
    return opened(engine)


def test_an_unknown_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match="neither sqlite nor postgresql"):
        connect("mysql://localhost/stafet")


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)],
)
def test_sqlite_is_set_to_keep_what_it_commits(
    engine: Engine, pragma: str, value: object
) -> None:
    with single(engine) as connection:
        assert connection.scalar(text(f"PRAGMA {pragma}")) == value


def test_responses_have_no_order_of_their_own(world: World, engine: Engine) -> None:
    world.store.append(COHORT, change(responses=[response("b")]), expected=0)

    with single(engine) as connection:
        words = connection.scalar(
            text("SELECT sql FROM sqlite_master WHERE name = 'responses'")
        )
    assert words.strip().endswith("WITHOUT ROWID")


def test_a_number_is_not_given_twice_after_a_deletion(
    world: World, engine: Engine
) -> None:
    world.post(message("a"))
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM outbox"))
    world.post(message("b"))

    assert [row.number for row in world.outbox.standings()] == [2]


def test_a_locked_database_is_unavailable_and_nothing_is_changed(
    world: World, engine: Engine
) -> None:
    world.post(message("a"))
    with writing(engine):
        with pytest.raises(StoreUnavailableError, match="locked"):
            world.store.append(COHORT, change([done("a")]), expected=0)
        with pytest.raises(StoreUnavailableError, match="locked"):
            world.outbox.claim(now=NOW, lease=LEASE)
        assert world.store.facts(COHORT) == ()

    world.store.append(COHORT, change([done("a")]), expected=0)
    assert world.statuses() == {"a": "pending"}


def test_a_writer_waits_for_another(world: World, tmp_path: Path) -> None:
    other = connect(f"sqlite:///{tmp_path}/stafet.db")
    held, patient = threading.Event(), opened(other)

    def hold() -> None:
        with writing(other):
            held.set()
            threading.Event().wait(0.3)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    patient.post(message("a"))
    thread.join()
    other.dispose()

    assert world.statuses() == {"a": "pending"}


def test_a_database_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    engine = connect(f"sqlite:///{tmp_path}/folder")

    with pytest.raises(StoreUnavailableError, match="unable to open"):
        opened(engine)


def test_a_full_disk_is_unavailable_and_nothing_is_changed(
    world: World, engine: Engine
) -> None:
    with single(engine) as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
        # The limit is of the connection, and the pool has this one only.
        connection.execute(text(f"PRAGMA max_page_count = {pages + 2}"))

    big = message("a", payload=bytes(100_000))
    with pytest.raises(StoreUnavailableError, match="full"):
        world.post(big)

    assert world.store.cohorts() == ()


def test_our_own_mistakes_are_not_called_unavailable(engine: Engine) -> None:
    unprepared = SqlOutbox(engine)

    with pytest.raises(OperationalError, match="no such table"):
        unprepared.claim(now=NOW, lease=LEASE)


def test_a_copy_made_at_any_moment_is_whole(world: World, tmp_path: Path) -> None:
    stop, copies = threading.Event(), tmp_path / "copies"

    def copy() -> None:
        for number in count():
            folder = copies / str(number)
            folder.mkdir(parents=True)
            with sqlite3.connect(tmp_path / "stafet.db") as source:
                with sqlite3.connect(folder / "stafet.db") as target:
                    source.backup(target)
                target.close()
            source.close()
            if stop.is_set():
                return

    thread = threading.Thread(target=copy)
    thread.start()
    for number in range(30):
        facts = [done(f"{number}-{each}") for each in range(3)]
        world.store.append(
            COHORT, change(facts, messages=[message(str(number))]), expected=3 * number
        )
    stop.set()
    thread.join()

    for folder in copies.iterdir():
        engine = connect(f"sqlite:///{folder}/stafet.db")
        copied = opened(engine)
        kept = len(copied.store.facts(COHORT))
        assert kept == 3 * len(copied.outbox.standings())
        with single(engine) as connection:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        engine.dispose()


def test_whichever_statement_fails_nothing_is_lost_or_sent_twice(
    tmp_path: Path,
) -> None:
    prepared = connect(f"sqlite:///{tmp_path}/stafet.db")
    opened(prepared)
    prepared.dispose()
    for number in count(1):
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copy(tmp_path / "stafet.db", folder)
        engine = connect(f"sqlite:///{folder}/stafet.db")
        world, mailer = opened(engine), FileMailer(folder, label=lambda one: one.key)
        with failing(engine, statement=number) as failed:
            _until_settled(world, mailer)
        written = [path.name[5:] for path in folder.glob("*.eml")]
        doubts = sum(row.doubts for row in world.outbox.standings())

        assert set(written) == {"letter-a.eml", "update-c.eml"}
        assert len(written) - 2 <= doubts
        assert world.statuses() == {"a": "sent", "b": "superseded", "c": "sent"}
        engine.dispose()
        if not failed:
            assert number > 20
            return


def test_an_append_takes_few_statements() -> None:
    engine = connect("sqlite://")
    world = opened(engine)
    everything = change(
        [done("a"), done("b")],
        frozen="{}",
        people=[participant()],
        messages=[message("m"), message("n", lane="l")],
        links=[link("1" * 64)],
        responses=[response("b")],
    )
    usual = change([done("c")], messages=[message("o"), message("p")])

    with statements(engine) as all_of_it:
        world.store.append(COHORT, everything, expected=0)
    with statements(engine) as often:
        world.store.append(COHORT, usual, expected=2)
    with statements(engine) as sending:
        world.outbox.claim(now=NOW, lease=LEASE)
    engine.dispose()

    assert (len(all_of_it), len(often), len(sending)) == (13, 5, 3)


def test_what_is_outstanding_is_found_without_reading_what_was_sent() -> None:
    engine = connect("sqlite://")
    world = opened(engine)
    with statements(engine) as asked:
        world.outbox.outstanding()

    with single(engine) as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[-1]}").all()
    engine.dispose()

    steps = [str(row.detail) for row in plan if "outbox" in str(row.detail)]
    assert [step.rpartition(" ")[2] for step in steps] == [
        "outbox_waiting",
        "outbox_dead",
    ]


def _until_settled(world: World, mailer: FileMailer) -> None:
    clock = Clock()
    letters = [message("a"), message("b", lane="l"), message("c", lane="l")]
    decided = change([done("all")], messages=letters)
    for _ in range(6):
        with suppress(ConflictError, StoreUnavailableError):
            world.store.append(COHORT, decided, expected=0)
        with suppress(StoreUnavailableError):
            deliver(world.outbox, mailer, clock, lease=LEASE)
        clock.turn(hours=1)
