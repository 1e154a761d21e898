"""A wish to end waits until what has been begun is done."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def unhurried() -> Iterator[Callable[[], bool]]:
    """Hold SIGTERM back until the end, and tell whether it has come.

    Prefect would raise it anywhere: also between a message's final dot and the note
    that it is sent, so that the message would leave again. Only the main thread gets
    signals; in any other there is nothing to hold back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    before = signal.signal(signal.SIGTERM, note)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGTERM, before)
        if asked:
            signal.raise_signal(signal.SIGTERM)
