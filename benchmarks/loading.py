"""What does it cost to read a programme with every place and every check?"""

from functools import partial
from pathlib import Path
from string import ascii_lowercase

import yaml

from benchmarks.measuring import Row, Seconds, Table, alternately, worked
from engine.checks import check_programme
from engine.spec.programme import Programme
from engine.spec.reading import read

SPEC = Path(__file__).parents[1] / "specs" / "aarhus-leadership" / "programme.yaml"
LIMITS = {300: 0.020, 3_000: 0.200}
"""Seconds of process time, by how many lines the file has."""
ROUNDS = 15
_PHASE = "  - phase: "


def measure() -> Table:
    """Measure a programme of a usual length and one ten times as long."""
    return Table(
        title="Loading a programme",
        words=(
            "From the text to a programme with the place of each value and all that"
            " `stafet check` finds in it, beside PyYAML's `CSafeLoader`, which only"
            " parses. The files are the example with more workshops. Process time,"
            f" medians of {ROUNDS} rounds; the ratio is to parsing, the goal a time."
        ),
        rows=[row for lines in LIMITS for row in _rows(lines)],
    )


def programme_of(lines: int) -> str:
    """Return a programme without faults that has at least so many lines."""
    text = SPEC.read_text(encoding="utf-8")
    head, *phases = text.split(_PHASE)
    (workshops,) = (one for one in phases if one.startswith("workshops"))
    asked, short = workshops, workshops.partition("      - evaluation: ")[0]
    copies: list[str] = []
    while (left := lines - (text + "".join(copies)).count("\n")) > 0:
        whole = asked if left >= asked.count("\n") else short
        copies.append(_renamed(whole, _letters(len(copies))))
    first = phases.index(workshops) + 1
    return "".join(
        [
            head,
            *(_PHASE + one for one in phases[:first]),
            *copies,
            *(_PHASE + one for one in phases[first:]),
        ]
    )


def _renamed(workshops: str, name: str) -> str:
    """Return the phase under another name, with its activities."""
    copy = workshops.replace("workshops\n", f"workshops-{name}\n", 1)
    for old in ("gathering: ", "evaluation: after-", "each "):
        copy = copy.replace(f"{old}workshop", f"{old}workshop-{name}")
    return _PHASE + copy


def _rows(lines: int) -> list[Row]:
    text = programme_of(lines)
    found = alternately(
        {
            "parsing": lambda _: worked(partial(yaml.load, text, yaml.CSafeLoader)),
            "loading": lambda _: worked(partial(_load, text)),
        },
        rounds=ROUNDS,
    )
    parsing, loading = found["parsing"], found["loading"]
    what, limit = f"{text.count(chr(10)):,} lines", LIMITS[lines]
    return [
        Row(what=f"{what}, only parsed", measured=_milliseconds(parsing)),
        Row(
            what=f"{what}, with places and checks",
            measured=_milliseconds(loading),
            ratio=f"{loading / parsing:.2f}",
            goal=f"at most {_milliseconds(limit)}",
            met=loading <= limit,
        ),
    ]


def _load(text: str) -> None:
    reading = read(text, source="programme.yaml", model=Programme)
    faults = (*reading.faults, *check_programme(reading))
    if faults:
        raise AssertionError(faults[0])


def _milliseconds(seconds: Seconds) -> str:
    return f"{seconds * 1000:.1f} ms"


def _letters(number: int) -> str:
    """Return a name without digits, which would mean the second of a series."""
    first, second = divmod(number, len(ascii_lowercase))
    return ascii_lowercase[first] + ascii_lowercase[second]
