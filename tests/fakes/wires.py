"""Two letters over SMTP, while the nth thing that is said or heard fails."""

import datetime as dt
from typing import Any

import pytest

from engine.commands.deliver import deliver
from integrations.mail.session import Relay, Session, Wire
from integrations.mail.smtp import SmtpMailer
from tests.fakes.clocks import Clock
from tests.fakes.samples import LEASE, World, message
from tests.fakes.sink import Sink

_KEYS = ("a", "b")
PAYLOADS = {message(key).payload for key in _KEYS}


def delivered(world: World, sink: Sink) -> None:
    """Post both, and deliver until nothing is left."""
    clock = Clock()
    world.post(*map(message, _KEYS))
    timeout = dt.timedelta(seconds=5)
    mailer = SmtpMailer(
        Relay(host="127.0.0.1", port=sink.port, security="none", timeout=timeout)
    )
    for _ in range(4):
        deliver(world.outbox, mailer, clock, lease=LEASE)
        clock.turn(hours=1)
    mailer.close()


def failing(patch: pytest.MonkeyPatch, *, call: int) -> list[int]:
    """Fail the nth call from now on; return how many are left until it comes."""
    left = [call]

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
