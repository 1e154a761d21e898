"""Installations in a folder, for processes that are told of it by their environment."""

import datetime as dt
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from engine.commands.apply import apply
from engine.ids import CohortId
from flows.current import installed
from flows.wiring import App
from integrations.clock import FixedClock, SystemClock
from integrations.settings import environment
from tests.fakes.prefect_home import Server
from tests.fakes.recorded import starting_soon

PATIENCE = 600.0
"""A Prefect server takes twenty seconds to start, on a machine with nothing to do."""

_DRIVING = (sys.executable, "-P", "-m", "flows.running.driving")


def recorded_in(
    folder: Path, *, days_ago: int, hours: str = ""
) -> tuple[App, CohortId]:
    """Record the example in `folder/var`, about to begin so long ago, nothing done yet.

    Args:
        folder: Where its files are written as well.
        days_ago: When it was applied; what fell due since is overdue.
        hours: When mail leaves, if not in office hours.
    """
    clock = SystemClock()
    then = clock.now() - dt.timedelta(days=days_ago)
    app = in_folder(folder / "var")
    files = starting_soon(folder / "aarhus-leadership", now=then, hours=hours)
    apply(app.unit, files, now=then)
    return app, files.id


def in_folder(home: Path, *, now: dt.datetime | None = None) -> App:
    """Return the application of a home folder, by the machine's clock or another."""
    with environment({"STAFET_HOME": str(home)}, instead_of="STAFET_"):
        return installed(FixedClock(now) if now else SystemClock())


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
        return port


def prepare(folder: Path, server: Server) -> None:
    """Give an installation a Prefect whose database is made: that takes longest."""
    home = folder / "var" / "prefect"
    home.mkdir(parents=True)
    shutil.copy(server.empty, home)


@dataclass
class Performing:
    """A process in which Prefect performs.

    Attributes:
        address: Of its server.
    """

    process: "subprocess.Popen[str]"
    address: str

    def kill(self) -> None:
        """Kill it together with the run that it performs."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def performing(folder: Path, *, smtp_port: int = 9) -> Iterator[Performing]:
    """Let Prefect perform for the installation in `folder/var`, once it is ready."""
    home = folder / "var" / "prefect"
    home.mkdir(parents=True, exist_ok=True)
    told = {
        "STAFET_HOME": str(folder / "var"),
        "STAFET_SMTP_HOST": "127.0.0.1",
        "STAFET_SMTP_PORT": str(smtp_port),
        "STAFET_SMTP_SECURITY": "none",
    }
    with environment(told, instead_of="STAFET_"), (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [*_DRIVING, home],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            text=True,
        )
    try:
        assert process.stdout
        word, _, address = process.stdout.readline().strip().partition(" ")
        assert word == "ready", f"{word} {address}"
        yield Performing(process, address)
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def until(happened: Callable[[], object], *, every: float = 0.5) -> None:
    """Wait until something has happened."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it has not happened"
        time.sleep(every)
