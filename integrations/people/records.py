"""Rows of people from the lines of a file, whatever kind of file it is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.spec.cells import folded
from engine.spec.rows import HEADER, Row, RowFault
from engine.spec.wording import quoted

LARGEST = 5_000_000
"""Bytes of a file; a hundred people take less than 50,000."""

MOST_COLUMNS = 200
MOST_LINES = 10_000
ONLY_THESE = "keep one line for each person and the columns of the programme"

Cells = Sequence[str]

Record = tuple[int, Cells, tuple[RowFault, ...]]
"""A line by its number, its cells, and what is wrong with them already."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remedies:
    """What helps in this kind of file.

    Attributes:
        apart: Where the header has one column only.
        even: Where a line has more or fewer cells than the header.
    """

    apart: str
    even: str


class UnreadableError(Exception):
    """Nothing after this can be read."""

    def __init__(self, problem: str, remedy: str, *, line: int = HEADER) -> None:
        self.fault = RowFault(line=line, problem=problem, remedy=remedy)
        super().__init__(str(self.fault))


def rows(
    records: Iterator[Record], remedies: Remedies, *, alone: bool = False
) -> Iterator[Row]:
    """Yield the rows below the header, which is the first line that is given.

    Args:
        records: The lines.
        remedies: What helps in this kind of file.
        alone: Whether one column is enough.
    """
    _, first, _ = next(records, (HEADER, (), ()))
    header = _header(first, remedies, alone=alone)
    for count, (line, cells, faults) in enumerate(records, start=1):
        if count > MOST_LINES:
            raise UnreadableError(
                f"the file has more than {MOST_LINES:,} people",
                "keep those of one cohort",
                line=line,
            )
        yield _row(line, cells, header, faults, remedies)


def told(cells: Iterable[str]) -> bool:
    """Return whether a line says anything."""
    return any(cell.strip() for cell in cells)


def _header(first: Cells, remedies: Remedies, *, alone: bool) -> Cells:
    names = _without_empty_end([name.strip() for name in first])
    if not names:
        raise UnreadableError("the first line is empty", "name the columns in it")
    if len(names) == 1 and not alone:
        problem = f"the first line names one column only, {quoted(names[0])}"
        raise UnreadableError(problem, remedies.apart)
    if len(names) > MOST_COLUMNS:
        problem = f"the first line names more than {MOST_COLUMNS} columns"
        raise UnreadableError(problem, ONLY_THESE)
    if "" in names:
        problem = f"column {names.index('') + 1} has no name"
        raise UnreadableError(problem, "name it, or delete it")
    twice = [name for name, count in Counter(map(folded, names)).items() if count > 1]
    if twice:
        problem = f"two columns are called {quoted(twice[0])}"
        raise UnreadableError(problem, "delete one of them")
    return names


def _row(
    line: int,
    cells: Cells,
    header: Cells,
    faults: tuple[RowFault, ...],
    remedies: Remedies,
) -> Row:
    kept = [*cells[: len(header)], *_without_empty_end(cells[len(header) :])]
    if len(kept) != len(header):
        problem = f"the line has {len(kept)} cells, the header {len(header)}"
        faults = (*faults, RowFault(line=line, problem=problem, remedy=remedies.even))
    filled = [*kept, *[""] * len(header)]
    return Row(line=line, cells=dict(zip(header, filled, strict=False)), faults=faults)


def _without_empty_end(cells: Cells) -> Cells:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]
