"""Pages and feeds over HTTP, on this machine alone."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette

from flows.wiring import App, feed_of
from integrations.settings import draw_ballot
from integrations.web.app import create_app

_HERE = "127.0.0.1"
_GRACE = 2
_OPTIONS: dict[str, Any] = {
    # The path of a request may hold a token.
    "access_log": False,
    "server_header": False,
    "log_level": "warning",
    "timeout_graceful_shutdown": _GRACE,
}


class PortTakenError(Exception):
    """Somebody else listens where the pages are to be."""


def serve_pages(app: App, *, port: int) -> None:
    """Serve until stopped."""
    uvicorn.run(_web(app), host=_HERE, port=port, **_OPTIONS)


@contextmanager
def pages_beside(app: App, *, port: int) -> Iterator[Callable[[], bool]]:
    """Serve in a thread until the end, and tell whether it still does.

    Raises:
        PortTakenError: If something else listens on the port.
    """
    try:
        listening = socket.create_server((_HERE, port))
    except OSError as error:
        words = os.strerror(error.errno) if error.errno else str(error)
        raise PortTakenError(f"port {port}: {words}") from error
    server = uvicorn.Server(uvicorn.Config(_web(app), **_OPTIONS))
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [listening]}, name="pages", daemon=True
    )
    with listening:
        thread.start()
        try:
            yield thread.is_alive
        finally:
            server.should_exit = True
            thread.join(_GRACE + 1)


def _web(app: App) -> Starlette:
    return create_app(app.unit, app.outbox, app.clock, feed_of, draw_ballot)
