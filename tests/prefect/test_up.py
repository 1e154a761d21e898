"""One process serves, advances and delivers without Prefect, and ends when told to."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from engine.commands.advance import advance
from engine.letters.outgoing import personal
from integrations.settings import environment
from tests.fakes.process import PATIENCE, free_port, recorded_in

STAFET = (sys.executable, "-m", "flows.cli", "up", "--no-prefect")


@contextmanager
def up(home: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    told = {"STAFET_HOME": str(home), "STAFET_SMTP_PORT": "9"}
    with environment(told, instead_of="STAFET_"):
        process = subprocess.Popen(
            [*STAFET, "--port", str(port)],
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def answer(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        reply = connection.getresponse()
        return reply.status, reply.read().decode()
    finally:
        connection.close()


def line(process: "subprocess.Popen[str]", pattern: str) -> str:
    assert process.stderr
    for one in process.stderr:
        if re.search(pattern, one):
            return one
    raise AssertionError(f"it ended without {pattern!r}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_end(
    number: signal.Signals, tmp_path: Path
) -> None:
    port = free_port()
    with up(tmp_path / "var", port) as process:
        line(process, f"pages and feeds at http://localhost:{port}")
        answered, _ = answer(port, "/healthz")

        os.kill(process.pid, number)
        out, err = process.communicate(timeout=PATIENCE)

    assert answered == 200
    assert (process.returncode, out) == (0, "")
    assert re.fullmatch(r"\S+ \S+ ended\n", err)


def test_what_is_due_is_done_and_told(tmp_path: Path) -> None:
    app, cohort = recorded_in(tmp_path, days_ago=10)
    assert app.unit.store.due(app.clock.now()) == (cohort,)

    with up(tmp_path / "var", free_port()) as process:
        told = line(process, cohort)

    assert "workshop-1/hold" in told
    assert app.unit.store.due(app.clock.now()) == ()


def test_everybody_has_a_calendar_feed(tmp_path: Path) -> None:
    app, cohort = recorded_in(tmp_path, days_ago=10)
    advance(app.unit, cohort, now=app.clock.now())
    record = app.unit.standing(cohort).record
    invited = next(iter(record.state.announced.values())).told.audience[0]
    path = urlsplit(personal(record, "feed", invited).url).path

    port = free_port()
    with up(tmp_path / "var", port) as process:
        line(process, "pages and feeds")
        status, calendar = answer(port, path)

    dates = [
        one for one in record.state.announced.values() if invited in one.told.audience
    ]
    assert status == 200
    assert calendar.count("BEGIN:VEVENT") == len(dates)


def test_a_relay_out_of_reach_is_told_of(tmp_path: Path) -> None:
    recorded_in(tmp_path, days_ago=10, hours="every day 0-24")

    with up(tmp_path / "var", free_port()) as process:
        told = line(process, "mail relay")

    assert "the mail relay: out of reach, localhost:9: " in told


def test_a_port_that_is_taken_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with up(tmp_path / "var", port) as process:
            _, err = process.communicate(timeout=PATIENCE)

    assert process.returncode == 1
    assert err == f"port {port}: Address already in use; choose another with --port\n"
