"""`python -m benchmarks [NAME]`: all into results.md, or one into its section."""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.measuring import Table, load, machine, markdown

RESULTS = Path(__file__).with_name("results.md")
NAMES = ("loading", "advance", "outbox", "flow", "year", "matching")
_HEAD = """# Results

Written by `make bench`, with the goals and whether they are met. What counts are the
ratios: both sides of each were measured in turns, in one run, and are medians. Where
the load was above 1 before it began, the machine was shared with other work.

Measured on {machine}.
"""
_MARK = "<!-- {name} -->"


def main(arguments: Sequence[str]) -> int:
    """Measure what is asked for, and put it in the place of what was there."""
    unknown = sorted(set(arguments) - set(NAMES))
    if unknown:
        sys.stderr.write(f"{unknown[0]} is none of {', '.join(NAMES)}\n")
        return 2
    for name in arguments or NAMES:
        before = load()
        told = markdown(_benchmark(name)())
        told += f"\nLoad {before:.1f} before it began, {load():.1f} at its end.\n"
        sys.stdout.write(f"{told}\n")
        sys.stdout.flush()
        _write({**_sections(), name: told})
    return 0


def _benchmark(name: str) -> Callable[[], Table]:
    # One alone need not wait for what the others import.
    found: Mapping[str, Callable[[], Table]] = vars(import_module(f"benchmarks.{name}"))
    return found["measure"]


def _sections() -> Mapping[str, str]:
    """Return what the file holds already, by benchmark."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    found: dict[str, str] = {}
    for name in NAMES:
        _, mark, rest = text.partition(_MARK.format(name=name) + "\n")
        if mark:
            found[name] = rest.partition("\n<!-- ")[0]
    return found


def _write(sections: Mapping[str, str]) -> None:
    parts = [
        f"{_MARK.format(name=name)}\n{sections[name]}"
        for name in NAMES
        if name in sections
    ]
    head = _HEAD.format(machine=machine())
    RESULTS.write_text("\n".join([head, *parts]), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
