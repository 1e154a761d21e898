"""A PostgreSQL server of our own, from the installed binaries, on loopback."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.fakes.sockets import free_port

_REMEDY = """No PostgreSQL server is installed, and these tests run one of their own.
On Debian: apt-get install --no-install-recommends postgresql-15"""


def binaries() -> Path:
    """Return where the server's programs are, the newest version first."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        key=lambda path: int(path.parts[-3]),
    )
    on_path = shutil.which("postgres")
    if not found and on_path is not None:
        found.append(Path(on_path).resolve())
    if not found:
        pytest.fail(_REMEDY, pytrace=False)
    return found[-1].parent


@dataclass
class Server:
    """A server that can be stopped and started again, with what it holds."""

    url: str
    begin: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes]

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.process = self.begin()
        _await(self.process, self.url)

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        # Not SIGTERM, which waits for every connection.
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)


@contextmanager
def server() -> Iterator[str]:
    """Run a server that forgets everything; give the URL of its first database."""
    with restartable() as running:
        yield running.url


@contextmanager
def restartable() -> Iterator[Server]:
    """Run a server that forgets everything at the end.

    Its texts are sorted as in Danish: an order that we left to the database would show.
    """
    programs = binaries()
    identity = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="stafet-postgres-"))
    try:
        if identity:
            shutil.chown(folder, identity["user"], identity["group"])
        _initialise(programs, folder, identity)
        port = free_port()
        begin = partial(_start, programs, folder, port, identity)
        url = f"postgresql://stafet@127.0.0.1:{port}/postgres"
        running = Server(url, begin, begin())
        try:
            _await(running.process, url)
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder)


def _unprivileged() -> dict[str, Any]:
    """Return whom to run as: the server refuses to be run by root."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = names.get("postgres") or names["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _initialise(programs: Path, folder: Path, identity: dict[str, Any]) -> None:
    subprocess.run(
        [
            *(str(programs / "initdb"), "--pgdata", str(folder / "cluster")),
            *("--username", "stafet", "--auth", "trust", "--encoding", "UTF8"),
            *("--locale", "C.UTF-8"),
            *("--locale-provider", "icu", "--icu-locale", "da-DK", "--no-sync"),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
        **identity,
    )


def _start(
    programs: Path, folder: Path, port: int, identity: dict[str, Any]
) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        # The machine does not fail here, only processes do.
        "fsync": "off",
        "max_connections": 50,
    }
    options = [
        word for name, value in settings.items() for word in ("-c", f"{name}={value}")
    ]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", folder / "cluster", *options],
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            **identity,
        )


def _await(process: subprocess.Popen[bytes], url: str) -> None:
    for _ in range(300):
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
        if process.poll() is not None:
            break
    pytest.fail("the PostgreSQL server did not start", pytrace=False)
