"""The process in which Prefect performs: its server, its runner, and our publishing.

`driving HOME` writes `ready ADDRESS` once it performs, or a line that says why it does
not. It ends when its input does.
"""

import asyncio
import fcntl
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn, TextIO, cast

from engine.ports import StoreUnavailableError
from flows.prefect_home import PrefectMissingError, prefect_server
from flows.running.child import READY

if TYPE_CHECKING:
    from flows.deployments import Save

PORT = 4200
"""Where people look for the pages of Prefect."""

_TICK = 5.0
_GRACE = 4.0
_LOCK_WAIT = 30.0
_FAULTS = 3
_AT_ONCE = 4


def main(home: Path) -> int:
    """Perform until told to stop; return 1 if Prefect could not, or not any more."""
    report = sys.stdout
    signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Runs write what they like; our parent reads our lines alone.
    with redirect_stdout(sys.stderr):
        try:
            with _alone(home), prefect_server(home, services=True, port=PORT) as api:
                ready = f"{READY}{api.removesuffix('/api')}\n"
                perform(lambda: _tell(report, ready))
        except PrefectMissingError as missing:
            _tell(report, f"{missing}\n")
        except Exception as error:
            words = f"{type(error).__name__}: {error}".splitlines()[0]
            _tell(report, f"{words}\n")
            raise
    return 1


def perform(ready: Callable[[], None]) -> NoReturn:
    """Perform scheduled runs, and publish what changes, while Prefect's server lasts.

    Raises:
        Exception: If Prefect fails several times in a row, in whatever way.
    """
    from flows.current import current
    from flows.deployments import publish_sweep
    from flows.running.publishing import Publisher
    from flows.running.unfinished import give_up_unfinished

    with _runner() as (save, lives):
        give_up_unfinished()
        publish_sweep(save=save)
        publisher = Publisher(app=current(), save=save)
        faults = _patiently(publisher.look, faults=0)
        ready()
        while lives():
            time.sleep(_TICK)
            faults = _patiently(publisher.look, faults=faults)
    raise PrefectMissingError("its runner ended")


def _patiently(look: Callable[[], None], *, faults: int) -> int:
    """Look, and return how often in a row Prefect failed; too often is too much."""
    try:
        _greet()
        look()
    except StoreUnavailableError:
        # Ours, and not Prefect's fault; runs wait for it likewise.
        return faults
    except Exception:
        if faults + 1 == _FAULTS:
            raise
        return faults + 1
    return 0


def _greet() -> None:
    """Ask whether the server is there.

    Raises:
        HTTPError: If it is not.
    """
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        client.hello().raise_for_status()


@contextmanager
def _runner() -> Iterator[tuple["Save", Callable[[], bool]]]:
    """Let Prefect's runner perform in a thread what is saved with it; tell if it does.

    Each run has a process of its own. In the main thread the runner would take SIGTERM
    for itself.
    """
    from prefect.runner import Runner

    runner = Runner(
        name="stafet",
        query_seconds=_TICK,
        limit=_AT_ONCE,
        # A schedule lasts longer than this process.
        pause_on_shutdown=False,
    )
    thread = threading.Thread(target=asyncio.run, args=(runner.start(),), daemon=True)
    thread.start()
    try:
        yield cast("Save", runner.add_deployment), thread.is_alive
    finally:
        with suppress(Exception):
            runner.execute_in_background(runner.astop).result(_GRACE)
        thread.join(_GRACE)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Keep Prefect's folder to ourselves; one that has just ended is waited for.

    Raises:
        PrefectMissingError: If somebody else keeps it.
    """
    deadline = time.monotonic() + _LOCK_WAIT
    with (home / "lock").open("wb") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise PrefectMissingError(
                        f"{home} is in use by another stafet up"
                    ) from None
                time.sleep(0.2)
        yield


def _tell(report: TextIO, line: str) -> None:
    # Our parent may be gone by now.
    with suppress(OSError):
        report.write(line)
        report.flush()


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(0)


def _end_with_parent() -> None:
    # Not through `sys.stdin`, whose lock must be free when the interpreter ends.
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
