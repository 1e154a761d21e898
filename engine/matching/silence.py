"""Nothing that a native library prints reaches where our own output goes.

HiGHS prints some lines whatever it is asked; one of them would spoil a JSON document.
"""

import ctypes
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_STDOUT = 1
_ALONE = threading.Lock()


@contextmanager
def silenced() -> Iterator[None]:
    """Lead away what is written natively; where there is no output there is no need.

    One thread at a time: of two, one would put back what the other has led away.
    """
    with _ALONE:
        written = ctypes.CDLL(None)
        written.fflush(None)
        try:
            kept = os.dup(_STDOUT)
        except OSError:
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STDOUT)
        os.close(nowhere)
        try:
            yield
        finally:
            # What still waits in a buffer of the library would be printed later.
            written.fflush(None)
            os.dup2(kept, _STDOUT)
            os.close(kept)
