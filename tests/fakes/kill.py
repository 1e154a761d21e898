"""Processes that are killed, or stopped, at a named point of `engine.crash`.

For a command of your own: register its points in its module, write a module like
`tests.fakes.worker` whose `main` calls `arm(sys.argv)` and reaches them, name its
matrix in `MATRICES`, and write a test like those of `tests.proofs.test_kills` over
`points(...)`.
"""

import importlib
import os
import pkgutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

import engine.commands
import integrations.store
from engine import crash

ROOT = Path(__file__).parents[2]

MATRICES = {
    "apply": "tests/proofs/test_edits.py",
    "append": "tests/proofs/test_kills.py",
    "deliver": "tests/proofs/test_kills.py",
}
"""From the first word of a point's name to the test that kills there."""

WORKERS = ["tests.fakes.advancer", "tests.fakes.applier", "tests.fakes.worker"]
"""Those that are killed."""


def points(*commands: str) -> tuple[str, ...]:
    """Return the points of these commands, or of all; whoever adds one is found."""
    for package in (engine.commands, integrations.store):
        _import_all(package)
    return tuple(
        name
        for name in crash.points()
        if not commands or name.partition(":")[0] in commands
    )


def arm(arguments: Sequence[str]) -> list[str]:
    """Obey `--at POINT NTH SIGNAL` at the end of a worker's arguments; return the rest.

    The signal is sent to this very process when it reaches the point for the nth time.
    """
    if "--at" not in arguments:
        return list(arguments)
    start = arguments.index("--at")
    point, nth, number = arguments[start + 1 : start + 4]
    left = [int(nth)]

    def reached(name: str) -> None:
        if name == point:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), int(number))

    crash.install(reached)
    return list(arguments[:start])


@contextmanager
def running(
    module: str,
    *arguments: str,
    point: str = "",
    nth: int = 1,
    by: signal.Signals = signal.SIGKILL,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker that gets a signal at the nth time that it reaches the point."""
    at = _at(point, nth, by) if point else ()
    command = [sys.executable, "-m", module, *arguments, *at]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def killed(module: str, *arguments: str, point: str, nth: int) -> bool:
    """Run a worker to its end, and tell whether it was killed at the point.

    It is a process of its own, forked from one that has loaded what all of them need.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(WORKERS)
    told = (*arguments, *_at(point, nth, signal.SIGKILL))
    process = context.Process(target=_work, args=(module, told), daemon=True)
    process.start()
    process.join(timeout=60)
    code = process.exitcode
    assert code in {0, -signal.SIGKILL}, f"the worker failed with {code}"
    return code != 0


def _work(module: str, arguments: Sequence[str]) -> None:
    os.chdir(ROOT)
    importlib.import_module(module).main(list(arguments))


def _at(point: str, nth: int, by: signal.Signals) -> tuple[str, ...]:
    return "--at", point, str(nth), str(int(by))


def await_stop(process: subprocess.Popen[bytes]) -> None:
    """Wait until a worker has stopped itself."""
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), "the worker ended without stopping"


def _import_all(package: ModuleType) -> None:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)
