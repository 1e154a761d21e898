"""How a line of a file and the carets under it look on a terminal."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from engine.spec.wording import visible

WIDEST = 88
"""Columns of the terminal that an excerpt may take."""

BEFORE = 30
"""Columns kept before the fault in a line that is too long."""

TAB = "    "
CUT = "…"


class _Cell(NamedTuple):
    shown: str
    columns: int


def excerpt_and_carets(line: str, *, column: int, width: int) -> tuple[str, str]:
    """Return the line, shortened around the fault, and carets to put under it.

    `column` and `width` count characters; what comes back is aligned by the columns
    that the characters take on a terminal.
    """
    cells = [_cell(sign) for sign in line.rstrip()]
    start = min(column - 1, len(cells))
    first, last = _window(cells, start=start)
    stop = max(start + 1, min(start + width, last))
    before = CUT if first else ""
    after = CUT if last < len(cells) else ""
    indent = len(before) + _columns(cells[first:start])
    return (
        before + "".join(cell.shown for cell in cells[first:last]) + after,
        " " * indent + "^" * max(1, _columns(cells[start:stop])),
    )


def _cell(sign: str) -> _Cell:
    if sign == "\t":
        return _Cell(TAB, len(TAB))
    if unicodedata.category(sign) in {"Mn", "Me"}:
        return _Cell(sign, 0)
    shown = visible(sign)
    wide = unicodedata.east_asian_width(shown) in {"W", "F"}
    return _Cell(shown, 2 if wide else 1)


def _columns(cells: Sequence[_Cell]) -> int:
    return sum(cell.columns for cell in cells)


def _window(cells: Sequence[_Cell], *, start: int) -> tuple[int, int]:
    """Return the first cell to show and the one after the last."""
    if len(cells) <= WIDEST and _columns(cells) <= WIDEST:
        return 0, len(cells)
    first = 0
    if start > BEFORE:
        first = start - _fitting(cells[start - BEFORE : start][::-1], BEFORE)
    return first, first + _fitting(cells[first : first + WIDEST], WIDEST)


def _fitting(cells: Sequence[_Cell], columns: int) -> int:
    """Return how many of the cells fit into so many columns."""
    taken = 0
    for number, cell in enumerate(cells):
        taken += cell.columns
        if taken > columns:
            return number
    return len(cells)
