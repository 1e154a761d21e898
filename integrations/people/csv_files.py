"""What the rows of a participants file in CSV are, and how its faults are shown.

The file is UTF-8, with or without a byte order mark. `;` or `,` separates its cells,
whichever gives the first line more of them. Empty lines count for nothing.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from engine.spec.cells import folded
from engine.spec.rows import HEADER, Row, RowFault, RowsError
from engine.spec.wording import quoted, visible

if TYPE_CHECKING:
    import _csv

LARGEST = 5_000_000
"""Bytes of a file; a hundred people take less than 50,000."""

MOST_COLUMNS = 200
MOST_LINES = 10_000
MOST_FAULTS = 1_000
"""Faults of a report; whoever reads more should correct these first."""

DELIMITERS = ";,"
ONLY_THESE = "keep one line for each person and the columns of the programme"
AS_UTF_8 = "save it as UTF-8; in Excel choose the file type CSV UTF-8"

WORKBOOK = b"PK\x03\x04"

Cells = Sequence[str]


class _UnreadableError(Exception):
    """Nothing after this can be read."""

    def __init__(self, problem: str, remedy: str, *, line: int = HEADER) -> None:
        self.fault = RowFault(line=line, problem=problem, remedy=remedy)
        super().__init__(str(self.fault))


def read_rows(content: bytes, *, source: str) -> Sequence[Row]:
    """Return the rows below the header, the cells as they are written.

    A row with more or fewer cells than the header carries its fault with it, so that it
    is told together with what is wrong elsewhere.

    Args:
        content: The whole file.
        source: Its name, as the coordinator knows it.

    Raises:
        RowsError: Where it cannot be read as CSV at all.
    """
    try:
        text = _text(content)
        return tuple(_rows(text, _delimiter(text)))
    except _UnreadableError as error:
        raise RowsError([error.fault], source=source) from error


def render_faults(source: str, faults: Iterable[RowFault]) -> str:
    """Return the report: a line for each fault, such as `people.csv:7: email: …`."""
    told = [f"{visible(source)}:{fault}" for fault in faults]
    left = len(told) - MOST_FAULTS
    more = [f"and {left} more"] if left > 0 else []
    return "\n".join([*told[:MOST_FAULTS], *more])


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise _UnreadableError(
            f"the file has more than {LARGEST // 1_000_000} MB",
            ONLY_THESE,
        )
    if content.startswith(WORKBOOK):
        raise _UnreadableError("this is a workbook, not CSV", AS_UTF_8)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _UnreadableError("the file is UTF-16, not UTF-8", AS_UTF_8)
    if b"\0" in content:
        line = _line_at(content, content.index(b"\0"))
        raise _UnreadableError("the line holds a NUL byte", AS_UTF_8, line=line)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from behind the byte order mark.
        mark = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
        line = _line_at(content, mark + error.start)
        problem = "the line is not UTF-8, perhaps Latin-1"
        raise _UnreadableError(problem, AS_UTF_8, line=line) from error


def _line_at(content: bytes, position: int) -> int:
    return len(content[: position + 1].splitlines())


def _delimiter(text: str) -> str:
    """Return what separates the cells of the first line."""

    def columns(delimiter: str) -> int:
        try:
            return len(next(_reader(text, delimiter), []))
        except csv.Error:
            return 0

    return max(DELIMITERS, key=columns)


def _reader(text: str, delimiter: str) -> "_csv.Reader":
    # Without newline="" a line break in a cell would be changed.
    lines = io.StringIO(text, newline="")
    return csv.reader(lines, delimiter=delimiter, strict=True)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, Cells]]:
    """Yield the cells of each line that has any, and where it begins."""
    reader = _reader(text, delimiter)
    line = HEADER
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _misquoted(error, line) from error
        if cells is None:
            return
        if line == HEADER or any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _misquoted(error: csv.Error, line: int) -> _UnreadableError:
    if "limit" in str(error):
        problem = f"a cell has more than {csv.field_size_limit():,} characters"
        return _UnreadableError(problem, "close its quotation mark", line=line)
    return _UnreadableError(
        "a quotation mark is never closed, or stands alone in a quoted cell",
        'write it twice where it is part of the text: ""',
        line=line,
    )


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    records = _records(text, delimiter)
    _, first = next(records, (HEADER, ()))
    header = _header(first)
    for count, (line, cells) in enumerate(records, start=1):
        if count > MOST_LINES:
            raise _UnreadableError(
                f"the file has more than {MOST_LINES:,} people",
                "keep those of one cohort",
                line=line,
            )
        yield _row(line, cells, header, delimiter)


def _header(first: Cells) -> Cells:
    names = _without_empty_end([name.strip() for name in first])
    if not names:
        raise _UnreadableError("the first line is empty", "name the columns in it")
    if len(names) == 1:
        problem = f"the first line names one column only, {quoted(names[0])}"
        raise _UnreadableError(problem, "separate the columns with ; or ,")
    if len(names) > MOST_COLUMNS:
        problem = f"the first line names more than {MOST_COLUMNS} columns"
        raise _UnreadableError(problem, ONLY_THESE)
    if "" in names:
        problem = f"column {names.index('') + 1} has no name"
        raise _UnreadableError(problem, "name it, or delete it")
    twice = [name for name, count in Counter(map(folded, names)).items() if count > 1]
    if twice:
        problem = f"two columns are called {quoted(twice[0])}"
        raise _UnreadableError(problem, "delete one of them")
    return names


def _row(line: int, cells: Cells, header: Cells, delimiter: str) -> Row:
    kept = [*cells[: len(header)], *_without_empty_end(cells[len(header) :])]
    faults: tuple[RowFault, ...] = ()
    if len(kept) != len(header):
        faults = (
            RowFault(
                line=line,
                problem=f"the line has {len(kept)} cells, the header {len(header)}",
                remedy=f"write {delimiter} between cells, also empty ones; a cell that "
                "holds it stands in quotation marks",
            ),
        )
    filled = [*kept, *[""] * len(header)]
    return Row(line=line, cells=dict(zip(header, filled, strict=False)), faults=faults)


def _without_empty_end(cells: Cells) -> Cells:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]
