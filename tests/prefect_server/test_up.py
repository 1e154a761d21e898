"""`stafet up` starts Prefect, does without it, and leaves nothing behind."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from integrations.settings import environment
from tests.fakes.process import free_port, recorded_in, until


class Up:
    """A process that runs it all, and what it has told so far."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.told: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr
        self.told.extend(self.process.stderr)

    def said(self, pattern: str) -> Callable[[], "re.Match[str] | None"]:
        return lambda: re.search(pattern, "".join(self.told))

    def page(self) -> str:
        """Return where Prefect's pages are, once it performs."""
        until(self.said(r"its pages are at \S+\n"))
        found = re.findall(r"its pages are at (\S+)\n", "".join(self.told))
        return str(found[-1])

    def close(self) -> None:
        """Let go of what it told."""
        self._reader.join()
        assert self.process.stderr
        self.process.stderr.close()

    def end(self) -> float:
        """Tell it to end; return how many seconds that took."""
        told = time.monotonic()
        self.process.terminate()
        self.process.wait(30)
        return time.monotonic() - told


@contextmanager
def up(folder: Path) -> Iterator[Up]:
    told = {"STAFET_HOME": str(folder / "var"), "STAFET_SMTP_PORT": "9"}
    with environment(told, instead_of="STAFET_"):
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.cli", "up", "--port", str(free_port())],
            stderr=subprocess.PIPE,
            text=True,
        )
    running = Up(process)
    try:
        yield running
    finally:
        process.kill()
        process.wait()
        running.close()


def children(number: int) -> list[int]:
    """Return the ids of all processes that descend from one."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(number)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = [int(word) for word in listed.stdout.split()]
    return [*found, *(one for child in found for one in children(child))]


def gone(numbers: list[int]) -> bool:
    return not any(Path(f"/proc/{number}").exists() for number in numbers)


def answers(address: str, path: str) -> int:
    host = urlsplit(address).netloc
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def test_it_starts_prefect_and_ends_with_all_that_it_started(tmp_path: Path) -> None:
    with up(tmp_path) as running:
        page = running.page()
        shown = [answers(page, "/api/health"), answers(page, "/dashboard")]
        below = children(running.process.pid)

        took = running.end()

    assert shown == [200, 200]
    assert len(below) >= 2
    assert took < 10
    assert running.process.returncode == 0
    assert "Traceback" not in "".join(running.told)
    assert running.told[-1].endswith(" ended\n")
    until(lambda: gone(below))


def test_when_prefect_dies_it_is_told_once_and_the_year_goes_on(tmp_path: Path) -> None:
    with up(tmp_path) as running:
        running.page()
        (driver,) = (
            one
            for one in children(running.process.pid)
            if one == os.getpgid(one) and children(one)
        )
        os.kill(driver, signal.SIGKILL)
        until(running.said("Prefect: .*all goes on without"))

        app, cohort = recorded_in(tmp_path, days_ago=10)
        until(running.said(f"{cohort}: .*workshop-1/hold"))

        assert app.unit.store.due(app.clock.now()) == ()
        running.end()

    assert running.process.returncode == 0
    assert len(re.findall("all goes on without", "".join(running.told))) == 1


def test_killed_it_leaves_no_process_and_is_started_again_at_once(
    tmp_path: Path,
) -> None:
    with up(tmp_path) as running:
        running.page()
        below = children(running.process.pid)
        running.process.kill()

    with up(tmp_path) as running:
        running.page()
        until(lambda: gone(below))
        running.end()

    assert running.process.returncode == 0
