"""`stafet up` starts Prefect, does without it, and leaves nothing behind."""

import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from integrations.settings import environment
from tests.fakes.prefect_home import Server
from tests.fakes.process import PATIENCE, free_port, prepare, recorded_in, until


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

    def end(self, number: signal.Signals) -> int:
        """Tell it and its group to end, as a terminal does; return with what it did."""
        os.killpg(self.process.pid, number)
        return self.process.wait(PATIENCE)


@contextmanager
def up(folder: Path) -> Iterator[Up]:
    """Run it in `folder/var`, by somebody whose home is `folder/home`."""
    (folder / "home").mkdir(exist_ok=True)
    told = {"STAFET_HOME": str(folder / "var"), "STAFET_SMTP_PORT": "9"}
    with (
        environment({"HOME": str(folder / "home")}, instead_of="XDG_"),
        environment(told, instead_of="STAFET_"),
    ):
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.cli", "up", "--port", str(free_port())],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    running = Up(process)
    try:
        yield running
    finally:
        process.kill()
        process.wait()
        running.close()


def offspring(number: int) -> list[int]:
    """Return the ids of the processes that one has started, and that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = path.read_text().rpartition(")")[2].split()[1]
            found += [int(path.parent.name)] if int(parent) == number else []
    return found


def descent(number: int) -> list[int]:
    """Return the ids of all processes that descend from one."""
    found = offspring(number)
    return [*found, *(one for child in found for one in descent(child))]


def server_of(driver: int) -> int:
    """Return the id of Prefect's server, beside which there may be runs."""
    (found,) = (
        one
        for one in offspring(driver)
        if b"flows.prefect_home" in Path(f"/proc/{one}/cmdline").read_bytes()
    )
    return found


def gone(numbers: list[int]) -> bool:
    return not any(Path(f"/proc/{number}").exists() for number in numbers)


def answers(address: str, path: str) -> int:
    host = urlsplit(address).netloc
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def deployed(database: Path) -> list[str]:
    """Return the names of what Prefect runs, from its own SQLite database."""
    with closing(sqlite3.connect(database)) as opened:
        return [name for (name,) in opened.execute("SELECT name FROM deployment")]


def test_with_nothing_set_up_it_starts_prefect_in_a_home_of_its_own(
    tmp_path: Path,
) -> None:
    with up(tmp_path) as running:
        page = running.page()
        shown = [answers(page, "/api/health"), answers(page, "/")]
        below = descent(running.process.pid)
        ended = running.end(signal.SIGTERM)

    assert shown == [200, 200]
    assert len(below) >= 2
    assert ended == 0
    assert "Traceback" not in "".join(running.told)
    assert running.told[-1].endswith(" ended\n")
    until(lambda: gone(below))
    assert deployed(tmp_path / "var" / "prefect" / "prefect.db") == ["hourly"]
    assert list((tmp_path / "home").iterdir()) == []


def test_when_prefect_dies_it_is_told_once_and_the_year_goes_on(
    tmp_path: Path, server: Server
) -> None:
    prepare(tmp_path, server)
    with up(tmp_path) as running:
        running.page()
        (driver,) = offspring(running.process.pid)
        os.kill(server_of(driver), signal.SIGKILL)
        until(running.said("Prefect: .*all goes on without"))

        app, cohort = recorded_in(tmp_path, days_ago=10)
        until(running.said(f"{cohort}: .*workshop-1/hold"))

        until(lambda: app.unit.store.due(app.clock.now()) == ())
        assert running.end(signal.SIGTERM) == 0

    assert len(re.findall("all goes on without", "".join(running.told))) == 1


def test_killed_it_leaves_no_process_and_is_started_again_at_once(
    tmp_path: Path, server: Server
) -> None:
    prepare(tmp_path, server)
    with up(tmp_path) as running:
        running.page()
        below = descent(running.process.pid)
        running.process.kill()

    with up(tmp_path) as running:
        running.page()
        until(lambda: gone(below))
        assert running.end(signal.SIGINT) == 0
