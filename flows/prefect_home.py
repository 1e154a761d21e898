"""A Prefect of our own: its folder, its settings, and its server as a child."""

import datetime as dt
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from integrations.settings import environment

PATIENCE = dt.timedelta(minutes=4)
"""How long the server may take to start; 20 s on an idle machine, its first time."""

_HERE = "127.0.0.1"
_SERVER = (sys.executable, "-P", "-m", "flows.prefect_home")
_GRACE = 5.0

_RECORDER = "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER"
_BARE = {
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    # One by one, a thousand task runs take the server 30 s.
    f"{_RECORDER}_BATCH_SIZE": "200",
    f"{_RECORDER}_READ_BATCH_SIZE": "200",
    f"{_RECORDER}_FLUSH_INTERVAL": "1",
    # The terminal is ours, and nobody will read a log.
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
}

_FULL = {
    # What is worth telling is told by us.
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
}


class PrefectMissingError(Exception):
    """Prefect did not start; the words say why."""


@contextmanager
def prefect_server(
    home: Path, *, services: bool, port: int = 0, patience: dt.timedelta = PATIENCE
) -> Iterator[str]:
    """Run a Prefect server on this machine alone, and return where its API is.

    Until the end, this process and its children know no other Prefect: nobody's own
    settings or folder are touched. Prefect must not have been imported before, or be
    told of the address by `temporary_settings`.

    Args:
        home: Its folder, with the database and `server.log`.
        services: Whether it schedules runs and shows pages, rather than merely taking
            down what our own runs do.
        port: Where it listens if nothing else does; any free one if not told.
        patience: How long it may take to answer.

    Raises:
        PrefectMissingError: If it does not start in time, or at all.
    """
    home.mkdir(parents=True, exist_ok=True)
    listening = _listening(port)
    port = listening.getsockname()[1]
    told = {**_settings(home, port), **(_FULL if services else _BARE)}
    log = home / "server.log"
    with environment(told, instead_of="PREFECT_"), _child(listening, log):
        _import()
        _await(port, log, patience)
        try:
            yield told["PREFECT_API_URL"]
        finally:
            _hand_over()


def _settings(home: Path, port: int) -> dict[str, str]:
    return {
        "PREFECT_HOME": str(home.resolve()),
        "PREFECT_API_URL": f"http://{_HERE}:{port}/api",
        # The pages are written to a folder first, which need not be Prefect's own.
        "PREFECT_UI_STATIC_DIRECTORY": str(home.resolve() / "pages"),
        # No second server, should ours be gone.
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT__SERVER_FINAL": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "NO_PROXY": _HERE,
        "no_proxy": _HERE,
    }


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((_HERE, port))
    except OSError:
        return socket.create_server((_HERE, 0))


@contextmanager
def _child(listening: socket.socket, log: Path) -> Iterator[None]:
    """Start the server on a socket, and end it when its time has come.

    In a session of its own, so that Ctrl-C is for us to answer; it ends by itself
    when its input does, which is when this process is gone.
    """
    number = listening.fileno()
    with (
        log.open("ab") as out,
        subprocess.Popen(  # noqa: S603  # Our own interpreter and a number.
            [*_SERVER, str(number)],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
            pass_fds=[number],
            start_new_session=True,
        ) as child,
    ):
        # From here on the port is answered as long as the child lives.
        listening.close()
        try:
            yield
        finally:
            child.terminate()
            try:
                child.wait(_GRACE)
            except subprocess.TimeoutExpired:
                child.kill()


def _import() -> None:
    """Import Prefect while its server starts: both take seconds."""
    try:
        import prefect.main  # noqa: F401  # For its time, not its names.
    except Exception as error:
        raise PrefectMissingError(f"it cannot be imported: {error}") from error


def _await(port: int, log: Path, patience: dt.timedelta) -> None:
    """Wait for the first answer: connections queue until the server takes them."""
    connection = http.client.HTTPConnection(
        _HERE, port, timeout=patience.total_seconds()
    )
    try:
        connection.request("GET", "/api/health")
        status = connection.getresponse().status
    except TimeoutError as error:
        raise PrefectMissingError(f"no answer in {patience}") from error
    except (OSError, http.client.HTTPException) as error:
        raise PrefectMissingError(_last_words(log)) from error
    finally:
        connection.close()
    if status != http.client.OK:
        raise PrefectMissingError(f"its health is {status}")


def _hand_over() -> None:
    """Let the server have what is on its way, or Prefect looks for it at exit."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for worker in (EventsWorker, APILogWorker):
        worker.drain_all(timeout=_GRACE, at_exit=False)


def _last_words(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    said = [line.strip() for line in lines if line.strip()]
    return f"its server ended: {said[-1] if said else 'without a word'}"


def serve(number: int) -> None:
    """Be the server, on a socket that the parent opened."""
    import uvicorn

    threading.Thread(target=_end_with_parent, daemon=True).start()
    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        lifespan="on",
        log_level="error",
        timeout_graceful_shutdown=2,
    )
    with socket.socket(fileno=number) as listening:
        uvicorn.Server(config).run(sockets=[listening])


def _end_with_parent() -> None:
    # Not through `sys.stdin`, whose lock must be free when the interpreter ends.
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
