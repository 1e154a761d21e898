"""What the rows of a participants file are, and how its faults are shown."""

from collections.abc import Iterable, Iterator, Sequence

from engine.spec.rows import Row, RowFault, RowsError
from engine.spec.wording import visible
from integrations.people.csv_files import csv_of_rows, rows_of_csv
from integrations.people.records import LARGEST, ONLY_THESE, UnreadableError

MOST_FAULTS = 1_000
"""Faults of a report; whoever reads more should correct these first."""

_WORKBOOK = b"PK\x03\x04"


def read_rows(content: bytes, *, source: str, alone: bool = False) -> Sequence[Row]:
    """Return the rows below the header of a CSV file or an Excel workbook.

    A row with more or fewer cells than the header carries its fault with it, so that it
    is told together with what is wrong elsewhere.

    Args:
        content: The whole file.
        source: Its name, as the coordinator knows it.
        alone: Whether one column is enough.

    Raises:
        RowsError: Where it cannot be read at all.
    """
    try:
        return tuple(_rows(content, alone=alone))
    except UnreadableError as error:
        raise RowsError([error.fault], source=source) from error


def _rows(content: bytes, *, alone: bool) -> Iterator[Row]:
    if len(content) > LARGEST:
        problem = f"the file has more than {LARGEST // 1_000_000} MB"
        raise UnreadableError(problem, ONLY_THESE)
    if content.startswith(_WORKBOOK):
        # imported here: hardly anybody has one, and it takes a tenth of a second
        from integrations.people.workbooks import rows_of_workbook

        return rows_of_workbook(content, alone=alone)
    return rows_of_csv(content, alone=alone)


def write_rows(rows: Sequence[Row], *, like: bytes) -> bytes:
    """Return a participants file with these rows, of the form that `like` has.

    Of CSV it keeps the mark, the delimiter and the ends of lines.
    """
    columns = tuple(rows[0].cells) if rows else ()
    if like.startswith(_WORKBOOK):
        from engine.sheets import Sheet
        from integrations.people.sheets import write_sheets

        cells = [tuple(row.cells.values()) for row in rows]
        return write_sheets([Sheet(name="people", columns=columns, rows=cells)])
    return csv_of_rows(columns, rows, like=like)


def render_faults(source: str, faults: Iterable[RowFault]) -> str:
    """Return the report: a line for each fault, such as `people.csv:7: email: …`."""
    told = [f"{visible(source)}:{fault}" for fault in faults]
    left = len(told) - MOST_FAULTS
    more = [f"and {left} more"] if left > 0 else []
    return "\n".join([*told[:MOST_FAULTS], *more])
