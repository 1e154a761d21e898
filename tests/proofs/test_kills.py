"""What is left after processes were killed, stopped, or two where one would do."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from engine.commands.deliver import deliver
from engine.ports import ConflictError, StoreUnavailableError
from integrations.mail.files import FileMailer
from tests.fakes import kill, storm, wires
from tests.fakes.clocks import Clock
from tests.fakes.databases import emptied, failing, opened
from tests.fakes.killed import COUNT, LEASE, WORKER, Recipients, audit, recovered
from tests.fakes.samples import COHORT, World, change, done, message
from tests.fakes.samples import LEASE as LONG_LEASE
from tests.fakes.sink import Sink, listening

STOPPED_AT = (
    "deliver: between claim and body",
    "deliver: between body and mark",
    "deliver: between mark and dot",
    "deliver: between dot and settle",
)


def test_r1_every_point_is_in_a_matrix() -> None:
    """There is no second database to it: the points are named in the code."""
    commands = {name.partition(":")[0] for name in kill.points()}

    assert commands == set(kill.MATRICES)


class TestKills:
    """R1, R2 and R3 of the promise."""

    @pytest.fixture
    def sink(self) -> Iterator[Sink]:
        with listening(Sink(rule=Recipients())) as sink:
            yield sink

    @pytest.mark.parametrize("nth", [1, 3])
    @pytest.mark.parametrize("point", kill.points("append", "deliver"))
    def test_r1_a_worker_killed_anywhere_loses_nothing(
        self, url: str, sink: Sink, point: str, nth: int
    ) -> None:
        arguments = (url, str(sink.port), str(LEASE.total_seconds()), str(COUNT))
        died = kill.killed(WORKER, *arguments, point=point, nth=nth)
        if nth == 1:
            assert died, f"the worker never reached {point!r}"

        rows = recovered(url, sink, count=COUNT)

        doubles = audit(sink, rows, expected=set(range(COUNT)) - {2})
        certain = point != "deliver: between dot and settle"
        assert doubles == (0 if certain or not died else 1)

    def test_r1_whichever_statement_fails_nothing_is_lost_or_sent_twice(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        world = opened(engine)
        for number in count(1):
            emptied(engine)
            folder = tmp_path / str(number)
            with failing(engine, statement=number) as failed:
                _until_settled(world, FileMailer(folder, label=lambda one: one.key))
            written = [path.name[5:] for path in folder.glob("*.eml")]
            doubts = sum(row.doubts for row in world.outbox.standings())

            assert set(written) == {"letter-a.eml", "update-c.eml"}
            assert len(written) - 2 <= doubts
            assert world.statuses() == {"a": "sent", "b": "superseded", "c": "sent"}
            if not failed:
                assert number > 20
                return

    def test_r1_whichever_call_of_a_socket_fails_nothing_is_lost_or_sent_twice(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world = opened(engine)
        for number in count(1):
            emptied(engine)
            with listening(Sink()) as sink, monkeypatch.context() as patch:
                left = wires.failing(patch, call=number)
                wires.delivered(world, sink)
            rows = world.outbox.standings()

            assert {content for _, content in sink.accepted} == wires.PAYLOADS
            assert {row.status for row in rows} == {"sent"}
            assert sink.doubles() <= sum(row.doubts for row in rows) <= 1
            if left[0] > 0:
                assert number > 15
                return

    def test_r2_two_workers_send_nothing_twice(self, url: str) -> None:
        messages = 300
        with listening(Sink()) as sink:
            arguments = (url, str(sink.port), "60", str(messages))
            with (
                kill.running(WORKER, *arguments) as one,
                kill.running(WORKER, *arguments) as other,
            ):
                codes = one.wait(timeout=120), other.wait(timeout=120)
            assert codes == (0, 0)
            assert sink.connections == 2
            rows = recovered(url, sink, count=messages)

        assert audit(sink, rows, expected=set(range(messages))) == 0
        assert {row.doubts for row in rows} == {0}

    def test_r2_two_schedulers_and_two_workers_do_and_send_everything_once(
        self, url: str
    ) -> None:
        found, arrived = storm.calm(url, cohorts=6)

        assert storm.check(found, arrived) == 0
        assert found.doubts == 0
        assert found.actions == 6 * storm.unhurt().actions / 2

    @pytest.mark.parametrize("point", STOPPED_AT)
    def test_r3_a_worker_stopped_past_its_lease_sends_nothing_twice(
        self, url: str, sink: Sink, point: str
    ) -> None:
        lease = 1.0
        arguments = (url, str(sink.port), str(lease), "3")
        with kill.running(
            WORKER, *arguments, point=point, by=signal.SIGSTOP
        ) as stopped:
            kill.await_stop(stopped)
            rows = recovered(url, sink, count=3)
            before = sink.doubles()
            time.sleep(lease)
            os.kill(stopped.pid, signal.SIGCONT)
            assert stopped.wait(timeout=60) == 0

        audit(sink, rows, expected={0, 1})
        assert sink.doubles() == before
        # Once the dot is out, nobody but the stopped worker knows.
        assert before == (1 if point == "deliver: between dot and settle" else 0)


def _until_settled(world: World, mailer: FileMailer) -> None:
    clock = Clock()
    letters = [message("a"), message("b", lane="l"), message("c", lane="l")]
    decided = change([done("all")], messages=letters)
    for _ in range(6):
        with suppress(ConflictError, StoreUnavailableError):
            world.store.append(COHORT, decided, expected=0)
        with suppress(StoreUnavailableError):
            deliver(world.outbox, mailer, clock, lease=LONG_LEASE)
        clock.turn(hours=1)
