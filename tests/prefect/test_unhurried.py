"""A wish to end waits until what has been begun is done."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.outbox import Message, Outcome
from engine.ports import Transfer
from flows.current import using
from flows.delivering import deliver_mail
from flows.unhurried import unhurried
from flows.wiring import App
from integrations.mail.files import FileMailer
from tests.fakes.recorded import advanced, began


class ToldToEndError(Exception):
    """What stands for the end that Prefect makes of a run at SIGTERM."""


@pytest.fixture(autouse=True)
def _ending() -> Iterator[None]:
    def end(*_: object) -> None:
        raise ToldToEndError

    before = signal.signal(signal.SIGTERM, end)
    yield
    signal.signal(signal.SIGTERM, before)


class Told:
    """A mailer that is told to end while its first message is on the way."""

    def __init__(self, folder: Path) -> None:
        self._mailer = FileMailer(folder, label=lambda one: one.recipient)
        self.begun = 0

    def begin(self, message: Message) -> Transfer | Outcome:
        self.begun += 1
        os.kill(os.getpid(), signal.SIGTERM)
        return self._mailer.begin(message)

    def close(self) -> None:
        self._mailer.close()


def test_the_end_comes_after_what_was_begun() -> None:
    steps = []

    def work() -> None:
        with unhurried() as asked:
            steps.append(asked())
            os.kill(os.getpid(), signal.SIGTERM)
            steps.append(asked())

    with pytest.raises(ToldToEndError):
        work()

    assert steps == [False, True]


def test_another_thread_has_nothing_to_hold_back() -> None:
    found = []

    def hold() -> None:
        with unhurried() as asked:
            found.append(asked())

    thread = threading.Thread(target=hold)
    thread.start()
    thread.join()

    assert found == [False]


def test_a_run_that_is_told_to_end_settles_its_message_first(
    app: App, tmp_path: Path
) -> None:
    advanced(app, now=began())
    mailer = Told(tmp_path / "mail")
    told = App(
        unit=app.unit,
        outbox=app.outbox,
        clock=app.clock,
        mailer=lambda: mailer,
        engine=app.engine,
    )

    with using(told), pytest.raises(ToldToEndError):
        deliver_mail.fn()

    found = sorted(row.status for row in app.outbox.standings())
    assert mailer.begun == 1
    assert found == ["pending"] * (len(found) - 1) + ["sent"]
