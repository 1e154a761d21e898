"""How things are timed beside each other, and how that is told."""

import os
import platform
import resource
import sqlite3
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Seconds = float


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing that was measured.

    Attributes:
        ratio: To what stands beside it; empty for that itself.
        goal: What the ratio should be; empty where there is none.
        met: Whether it is; None without a goal.
    """

    what: str
    measured: str
    ratio: str = ""
    goal: str = ""
    met: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """What one benchmark found.

    Attributes:
        words: What was done, and what the ratios are of.
    """

    title: str
    words: str
    rows: Sequence[Row]


def took(act: Callable[[], object]) -> Seconds:
    """Return how long something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def worked(act: Callable[[], object]) -> Seconds:
    """Return how long the processor is at it, whatever else the machine does."""
    began = time.process_time()
    act()
    return time.process_time() - began


def alternately(
    subjects: Mapping[str, Callable[[int], Seconds]], *, rounds: int
) -> Mapping[str, Seconds]:
    """Return the median of each, measured in turns: a busy minute hits all alike.

    Each is given the number of the round, and returns how long it took.
    """
    found: dict[str, list[Seconds]] = {name: [] for name in subjects}
    for number in range(rounds):
        for name, subject in subjects.items():
            found[name].append(subject(number))
    return {name: statistics.median(all_) for name, all_ in found.items()}


def at_most(what: str, measured: str, ratio: float, goal: float) -> Row:
    """Return a row whose ratio should not be higher."""
    return Row(
        what=what,
        measured=measured,
        ratio=f"{ratio:.2f}",
        goal=f"at most {goal}",
        met=ratio <= goal,
    )


def at_least(what: str, measured: str, ratio: float, goal: float) -> Row:
    """Return a row whose ratio should not be lower."""
    return Row(
        what=what,
        measured=measured,
        ratio=f"{ratio:.2f}",
        goal=f"at least {goal}",
        met=ratio >= goal,
    )


def peak_memory() -> float:
    """Return the most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def load() -> float:
    """Return how busy the machine was in the last minute."""
    return os.getloadavg()[0]


def machine() -> str:
    """Return what was measured on."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = [line.partition(": ")[2] for line in lines if line[:10] == "model name"]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{len(models)} × {models[0]}, {memory:.0f} GB; {platform.system()} "
        f"{platform.release().partition('-')[0]}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}"
    )


def markdown(table: Table) -> str:
    """Return a table for people to read."""
    lines = [f"## {table.title}", "", table.words, ""]
    lines += ["| What | Measured | Ratio | Goal | |", "|---|---|---|---|---|"]
    for row in table.rows:
        verdict = {True: "met", False: "**short**", None: ""}[row.met]
        cells = (row.what, row.measured, row.ratio, row.goal, verdict)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
