"""What is wrong in a spec file, where, and what to write instead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine.spec.excerpts import excerpt_and_carets
from engine.spec.wording import visible

Path: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the top of the file down to a value."""

NARROWEST_GUTTER = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing in a spec file that a coordinator must change, or may want to.

    Attributes:
        source: Name of the file, as the coordinator knows it.
        line: Its line, counted from 1.
        column: Its first character in the line, counted from 1.
        width: How many characters of the line it is about.
        problem: What is wrong, in one sentence without a full stop.
        remedy: What to write instead; may have several lines, or be empty.
        excerpt: The whole line of the file.
        path: The value that it is about.
        weight: A warning stops nobody.
    """

    source: str
    line: int
    column: int
    problem: str
    remedy: str = ""
    excerpt: str = ""
    width: int = 1
    path: Path = ()
    weight: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong at a place of a text, its line and column counted from 0."""

    line: int
    column: int
    problem: str
    remedy: str
    width: int = 1


class SpecError(Exception):
    """A spec file that cannot be used.

    Attributes:
        faults: All that is wrong in it, in the order of the file.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = in_order(faults)
        super().__init__(render(self.faults))


def fault_in(lines: Sequence[str], told: Told, *, source: str) -> Fault:
    """Return the fault in a text; a place after its end is moved there."""
    line, column = told.line, told.column
    if line >= len(lines):
        # The parser ends a text without a last line break one line too far.
        line, column = len(lines) - 1, len(lines[-1])
    return Fault(
        source=source,
        line=line + 1,
        column=column + 1,
        width=max(1, min(told.width, len(lines[line]) - column)),
        problem=told.problem,
        remedy=told.remedy,
        excerpt=lines[line],
    )


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the faults from the top of each file to its end, each once."""
    once: dict[object, Fault] = {}
    for fault in faults:
        told = (fault.source, fault.line, fault.column, fault.problem)
        once.setdefault(told, fault)
    return tuple(
        sorted(
            once.values(), key=lambda fault: (fault.source, fault.line, fault.column)
        )
    )


def render(faults: Iterable[Fault]) -> str:
    """Return what the terminal shows: for each fault its line, a caret and a remedy."""
    return "\n\n".join("\n".join(_lines(fault)) for fault in in_order(faults))


def _lines(fault: Fault) -> Iterator[str]:
    number = f"{fault.line:>{NARROWEST_GUTTER}}"
    gutter = " " * len(number)
    place = f"{fault.source}:{fault.line}:{fault.column}"
    yield f"{visible(place)}: {fault.weight}: {visible(fault.problem)}"
    if fault.excerpt.strip():
        excerpt, carets = excerpt_and_carets(
            fault.excerpt, column=fault.column, width=fault.width
        )
        yield f"{number} | {excerpt}"
        yield f"{gutter} | {carets}"
    for position, line in enumerate(fault.remedy.splitlines()):
        yield f"{gutter} {' ' if position else '='} {visible(line)}"
