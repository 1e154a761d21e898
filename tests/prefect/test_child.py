"""Prefect's process is started, missed and started again, and never left behind."""

import datetime as dt
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.running import child as module
from flows.running.child import AGAIN, PrefectChild
from flows.running.telling import Teller
from tests.fakes.clocks import Clock
from tests.fakes.process import until

FOR_EVER = "import time; time.sleep(600)"
READY = "print('ready http://127.0.0.1:4200', flush=True)"

Start = Callable[[str], PrefectChild]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def start(clock: Clock, told: list[str], tmp_path: Path) -> Iterator[Start]:
    """Start a program in the place of Prefect, and end it at the end."""
    begun: list[PrefectChild] = []

    def start(program: str) -> PrefectChild:
        child = PrefectChild(
            home=tmp_path / "prefect",
            teller=Teller(clock=clock, write=told.append),
            clock=clock,
            command=(sys.executable, "-c", program),
        )
        begun.append(child)
        child.look()
        return child

    yield start
    for one in begun:
        one.end()


def ended(child: PrefectChild, told: list[str], *, lines: int) -> None:
    def look() -> bool:
        child.look()
        return len(told) == lines

    until(look, every=0.01)


def test_it_drives_once_it_says_so(start: Start, told: list[str]) -> None:
    child = start(f"{READY}; {FOR_EVER}")
    until(child.driving, every=0.01)

    assert told == [
        "2027-03-01 08:00:00Z Prefect: its pages are at http://127.0.0.1:4200\n"
    ]


def test_it_does_not_drive_before(start: Start) -> None:
    assert not start(FOR_EVER).driving()


def test_when_it_ends_the_last_words_are_told(start: Start, told: list[str]) -> None:
    child = start("print('no answer in 0:04:00')")

    ended(child, told, lines=1)

    assert not child.driving()
    assert told[0].endswith(
        "Prefect: no answer in 0:04:00; all goes on without, "
        "and it is tried every 3 minutes\n"
    )


def test_what_ends_without_a_word_is_told_by_its_code(
    start: Start, told: list[str]
) -> None:
    child = start("raise SystemExit(3)")

    ended(child, told, lines=1)

    assert "Prefect: it ended with 3; " in told[0]


def test_it_is_tried_again_after_a_while_and_not_before(
    start: Start, told: list[str], clock: Clock, tmp_path: Path
) -> None:
    child = start("import sys; open(sys.argv[1] + '/tries', 'a').write('x')")
    tries = tmp_path / "prefect" / "tries"
    ended(child, told, lines=1)
    clock.turn(seconds=(AGAIN - dt.timedelta(seconds=1)).total_seconds())
    child.look()
    assert tries.read_text() == "x"

    clock.turn(seconds=1)
    child.look()

    until(lambda: tries.read_text() == "xx", every=0.01)


def test_the_same_trouble_is_told_once(
    start: Start, told: list[str], clock: Clock
) -> None:
    child = start("print('the disk is full')")
    ended(child, told, lines=1)

    for _ in range(3):
        clock.turn(minutes=4)
        child.look()
        until(lambda: child.code is not None, every=0.01)
        child.look()

    assert len(told) == 1


def test_what_does_not_end_is_ended(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_GRACE", 0.2)
    deaf = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {READY}"
    child = start(f"{deaf}; {FOR_EVER}")
    until(child.driving, every=0.01)

    child.end()

    assert child.code == -signal.SIGKILL


def test_what_it_has_started_ends_with_it(start: Start, tmp_path: Path) -> None:
    run = f"subprocess.Popen([sys.executable, '-c', {FOR_EVER!r}])"
    child = start(
        f"import subprocess, sys; run = {run};"
        f"open(sys.argv[1] + '/run', 'w').write(str(run.pid)); {READY}; {FOR_EVER}"
    )
    until(child.driving, every=0.01)
    number = int((tmp_path / "prefect" / "run").read_text())

    child.end()

    until(lambda: not lives(number), every=0.01)


def test_what_it_writes_beside_goes_to_a_log(
    start: Start, told: list[str], tmp_path: Path
) -> None:
    child = start("import sys; print('a fault', file=sys.stderr)")

    ended(child, told, lines=1)

    assert (tmp_path / "prefect" / "runs.log").read_text() == "a fault\n"


def lives(number: int) -> bool:
    """Tell whether a process runs; one that only waits to be reaped does not."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z" and os.getpgid(number) > 0
