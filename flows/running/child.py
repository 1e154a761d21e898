"""Prefect, seen from the process that everything else runs in: is it there, or again?

It has a process of its own. So nothing that goes wrong in it, or in its many parts,
reaches the pages or the plain loop; and to end it is to end that process.
"""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from engine.ports import Clock
from flows.running.telling import Teller

AGAIN = dt.timedelta(minutes=3)
"""How long to go on without Prefect before it is tried again."""

READY = "ready "
"""What the child's line begins with once it performs; where its pages are follows."""

COMMAND = (sys.executable, "-P", "-m", "flows.running.driving")

_GRACE = 5.0
_ABOUT = "Prefect"


@dataclass(kw_only=True)
class PrefectChild:
    """Keeps a process going in which Prefect performs what is due.

    Attributes:
        home: The folder of Prefect's own database and logs.
    """

    home: Path
    teller: Teller
    clock: Clock
    command: Sequence[str] = COMMAND
    _process: subprocess.Popen[str] | None = None
    _reader: threading.Thread | None = None
    _words: str = ""
    _ready: bool = False
    _next: dt.datetime | None = None

    def driving(self) -> bool:
        """Whether Prefect performs what is due."""
        return self._ready

    @property
    def code(self) -> int | None:
        """What the process ended with; None while it runs, or before the first."""
        return self._process.poll() if self._process else None

    def look(self) -> None:
        """Start the process, or take note that it has ended."""
        if self._process is None:
            if self._next is None or self.clock.now() >= self._next:
                self._start()
        elif self.code is not None:
            self._ended(self._process)

    def end(self) -> None:
        """End the process and whatever it has started."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)
        self._sweep(self._process)

    def _start(self) -> None:
        """Start it in a session of its own: Ctrl-C is for us to answer.

        Its input ends when this process does, in whatever way, and then so does it.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "runs.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # Our own interpreter.
                [*self.command, str(self.home)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
                text=True,
            )
        assert self._process.stdout  # noqa: S101  # It was asked for.
        self._words = ""
        self._reader = threading.Thread(
            target=self._read, args=(self._process.stdout,), daemon=True
        )
        self._reader.start()

    def _read(self, lines: IO[str]) -> None:
        """Take note of each line: that it is ready, or why it ends."""
        for line in lines:
            words = line.strip()
            if words.startswith(READY):
                self._ready = True
                self.teller.fine(_ABOUT)
                self.teller.say(f"{_ABOUT}: its pages are at {words[len(READY) :]}")
            elif words:
                self._words = words

    def _ended(self, process: subprocess.Popen[str]) -> None:
        self._sweep(process)
        if self._reader:
            self._reader.join(_GRACE)
        self._ready = False
        why = self._words or f"it ended with {process.returncode}"
        again = AGAIN // dt.timedelta(minutes=1)
        self.teller.trouble(
            _ABOUT, f"{why}; all goes on without, and it is tried every {again} minutes"
        )
        self._process, self._next = None, self.clock.now() + AGAIN

    def _sweep(self, process: subprocess.Popen[str]) -> None:
        """End what is left of its group: runs that it had begun are begun anew."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
