"""Mail leaves by a task."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.outbox import Message, Outcome
from engine.ports import Transfer, UnreachableError
from flows.current import using
from flows.delivering import deliver_mail
from flows.wiring import App
from tests.fakes.recorded import advanced, began


class Nobody:
    """A relay that is down."""

    def begin(self, message: Message) -> Transfer | Outcome:
        raise UnreachableError(f"{message.sender[:0]}localhost:25: connection refused")

    def close(self) -> None:
        """Nothing was opened."""


def test_what_may_leave_leaves(app: App, tmp_path: Path) -> None:
    advanced(app, now=began())
    waiting = len(app.outbox.standings())

    with using(app):
        told = deliver_mail.fn()

    assert told == {
        "sent": waiting,
        "retried": 0,
        "dead": 0,
        "in_doubt": 0,
        "fenced": 0,
        "unreachable": "",
    }
    assert len(list((tmp_path / "mail").iterdir())) == waiting


def test_a_relay_that_is_down_fails_the_task_and_loses_nothing(app: App) -> None:
    advanced(app, now=began())
    cut_off = replace(app, mailer=Nobody)

    with using(cut_off), pytest.raises(UnreachableError, match="connection refused"):
        deliver_mail.fn()

    assert {row.status for row in app.outbox.standings()} == {"pending"}
