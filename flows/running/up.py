"""How does it all begin on one machine, and how does it end?"""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from flows.running.child import PrefectChild
from flows.running.telling import Teller
from flows.running.tending import Tender
from flows.serving import pages_beside
from flows.wiring import App

_TICK = 1.0
_GRACE = 7.0


class PagesGoneError(Exception):
    """The pages ended by themselves, which they never should."""


def run(app: App, teller: Teller, *, port: int, prefect: Path | None) -> None:
    """Serve, advance and deliver until somebody says stop.

    Args:
        app: The application that all of it is for.
        teller: Where it is told what happens.
        port: Of the pages and feeds.
        prefect: Prefect's own folder; None to do without Prefect.

    Raises:
        PortTakenError: If something else listens on the port.
        PagesGoneError: If the pages end by themselves.
    """
    stop = threading.Event()
    child = (
        PrefectChild(home=prefect, teller=teller, clock=app.clock) if prefect else None
    )
    tender = Tender(
        app=app,
        teller=teller,
        driven=child.driving if child else lambda: False,
        stopping=stop.is_set,
    )
    loop = threading.Thread(
        target=tender.tend, args=(stop.wait,), name="tending", daemon=True
    )
    with _stopped_by_signals(stop), pages_beside(app, port=port) as serving:
        teller.say(f"pages and feeds at http://localhost:{port}; stop with Ctrl-C")
        loop.start()
        try:
            _watch(stop, child, serving)
        finally:
            stop.set()
            ended = time.monotonic() + _GRACE
            if child:
                child.end()
            # What it is about is done first; a relay that hangs is not waited for.
            loop.join(max(0.0, ended - time.monotonic()))
            teller.say("ended")


def _watch(
    stop: threading.Event, child: PrefectChild | None, serving: Callable[[], bool]
) -> None:
    """Keep Prefect going until it is time to stop."""
    while not stop.is_set():
        if child:
            child.look()
        if not serving():
            raise PagesGoneError
        stop.wait(_TICK)


@contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    """Take Ctrl-C and SIGTERM for a wish to stop; more of them change nothing."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {one: signal.signal(one, ask) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
