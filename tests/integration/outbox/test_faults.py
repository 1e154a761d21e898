"""Delivery over SMTP when the nth thing said or heard fails, for every n."""

import datetime as dt
from itertools import count
from typing import Any

import pytest

from engine.commands.deliver import deliver
from integrations.mail.session import Relay, Session, Wire
from integrations.mail.smtp import SmtpMailer
from tests.fakes.clocks import Clock
from tests.fakes.memory import Memory, MemoryOutbox, MemoryStore
from tests.fakes.samples import LEASE, World, message
from tests.fakes.sink import Sink, listening

KEYS = ("a", "b")


def test_whatever_breaks_nothing_is_lost_or_sent_twice_in_silence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in count(1):
        with listening(Sink()) as sink, monkeypatch.context() as patch:
            left = _fail(patch, number)
            world = _delivered(sink)
        payloads = {payload for _, payload in sink.accepted}
        doubts = sum(row.doubts for row in world.outbox.standings())

        assert payloads == {message(key).payload for key in KEYS}
        assert set(world.statuses().values()) == {"sent"}
        assert sink.doubles() <= doubts <= 1
        if left[0] > 0:
            assert number > 15
            return


def _delivered(sink: Sink) -> World:
    memory, clock = Memory(), Clock()
    world = World(store=MemoryStore(memory), outbox=MemoryOutbox(memory))
    world.post(*map(message, KEYS))
    timeout = dt.timedelta(seconds=5)
    mailer = SmtpMailer(
        Relay(host="127.0.0.1", port=sink.port, security="none", timeout=timeout)
    )
    for _ in range(4):
        deliver(world.outbox, mailer, clock, lease=LEASE)
        clock.turn(hours=1)
    mailer.close()
    return world


def _fail(patch: pytest.MonkeyPatch, number: int) -> list[int]:
    left = [number]

    def failing(method: Any) -> Any:  # noqa: ANN401  # Whatever the method takes.
        def once(*arguments: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                raise ConnectionResetError("reset by the test")
            return method(*arguments)

        return once

    patch.setattr(Session, "send", failing(Session.send))
    patch.setattr(Wire, "readline", failing(Wire.readline))
    return left
