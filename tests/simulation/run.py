"""`python -m tests.simulation.run --years 20 --seed 1`: a seed for each year.

A year that breaks a promise is told with the command that lives through it again.
"""

import argparse
import hashlib
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from tests.simulation.tracing import ViolationError
from tests.simulation.world import World, counts
from tests.simulation.year import Year, plan_of

_LAST_LINES = 20
_COLUMNS = ("facts", "mails", "doubles", "edits", "killed", "paused", "overtaken")
_MORE = ("outages", "seconds", "trace")


class BrokenYearError(Exception):
    """A year that ended before its time; its words say how to live through it again."""


def replay(seed: int) -> str:
    """Return the command that lives through one year again."""
    return f"make simulate YEARS=1 SEED={seed}"


def lived(seed: int, trace: Path | None = None) -> World:
    """Live through the year of a seed and return what came of it.

    Raises:
        BrokenYearError: At the first promise that does not hold, and just so when the
            code itself fails; with the last lines of the trace and the command that
            replays it.
    """
    year: Year | None = None
    try:
        year = Year(seed, plan_of(seed))
        return year.run()
    except Exception as broken:
        told = str(broken)
        if not isinstance(broken, ViolationError):
            told = traceback.format_exc()
        last = year.world.time.lines[-_LAST_LINES:] if year else []
        words = "\n".join([told, *last, f"To replay it: {replay(seed)}"])
        raise BrokenYearError(words) from broken
    finally:
        if year is not None:
            year.world.engine.dispose()
        if year is not None and trace is not None:
            lines = "\n".join(year.world.time.lines)
            trace.write_text(f"{lines}\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Live through some years; return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="tests.simulation.run", description=__doc__)
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1, help="of the first year")
    parser.add_argument("--trace", type=Path, help="write the last year's events here")
    asked = parser.parse_args(arguments)
    digest = hashlib.sha256()
    _write("seed", *_COLUMNS, *_MORE)
    for seed in range(asked.seed, asked.seed + asked.years):
        began = time.process_time()
        try:
            world = lived(seed, asked.trace)
        except BrokenYearError as broken:
            sys.stdout.write(f"seed {seed}: {broken}\n")
            return 1
        took = time.process_time() - began
        digest.update(world.time.digest.encode())
        _write(seed, *_row(world), f"{took:.1f}", world.time.digest)
    sys.stdout.write(f"{asked.years} years, trace {digest.hexdigest()[:16]}\n")
    return 0


def _row(world: World) -> Sequence[int]:
    """Return what stands in the columns, from the trace and from the receiver."""
    seen = counts(world)
    doubles = len(world.relay.order) - len(world.relay.arrivals)
    told = {
        "facts": seen["fact"],
        "mails": len(world.relay.arrivals),
        "doubles": doubles,
        "edits": seen["edit"],
    }
    return [told.get(name, seen[name]) for name in _COLUMNS] + [seen["outage"]]


def _write(first: object, *rest: object) -> None:
    cells = "".join(f"{cell!s:>10}" for cell in rest[:-1])
    sys.stdout.write(f"{first!s:>6}{cells}  {rest[-1]}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
