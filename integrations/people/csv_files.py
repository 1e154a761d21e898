"""What the rows of a participants file in CSV are.

The file is UTF-8, with or without a byte order mark. `;` or `,` separates its cells,
whichever gives the first line more of them. Empty lines count for nothing.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.spec.rows import HEADER, Row
from integrations.people.records import Record, Remedies, UnreadableError, rows, told

if TYPE_CHECKING:
    import _csv

DELIMITERS = ";,"
AS_UTF_8 = "save it as UTF-8; in Excel choose the file type CSV UTF-8"


def rows_of_csv(content: bytes, *, alone: bool = False) -> Iterator[Row]:
    """Yield the rows below the header, the cells as they are written.

    Args:
        content: The whole file.
        alone: Whether one column is enough.

    Raises:
        UnreadableError: Where it cannot be read as CSV at all.
    """
    text = _text(content)
    delimiter = _delimiter(text)
    remedies = Remedies(
        apart="separate the columns with ; or ,",
        even=f"write {delimiter} between cells, also empty ones; a cell that "
        "holds it stands in quotation marks",
    )
    return rows(_records(text, delimiter), remedies, alone=alone)


def csv_of_rows(columns: Sequence[str], rows: Sequence[Row], *, like: bytes) -> bytes:
    """Return rows as CSV, its mark, delimiter and ends of lines those of `like`."""
    mark = codecs.BOM_UTF8 if like.startswith(codecs.BOM_UTF8) or not like else b""
    known = like.decode("utf-8-sig", "replace")
    delimiter = _delimiter(known) if known else DELIMITERS[0]
    ending = "\r\n" if b"\r\n" in like else "\n"
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=ending)
    writer.writerow(columns)
    writer.writerows(tuple(row.cells.values()) for row in rows)
    return mark + written.getvalue().encode()


def _text(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableError("the file is UTF-16, not UTF-8", AS_UTF_8)
    if b"\0" in content:
        line = _line_at(content, content.index(b"\0"))
        raise UnreadableError("the line holds a NUL byte", AS_UTF_8, line=line)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from behind the byte order mark.
        mark = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
        line = _line_at(content, mark + error.start)
        problem = "the line is not UTF-8, perhaps Latin-1"
        raise UnreadableError(problem, AS_UTF_8, line=line) from error


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


def _records(text: str, delimiter: str) -> Iterator[Record]:
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
        if line == HEADER or told(cells):
            yield line, cells, ()
        line = reader.line_num + 1


def _misquoted(error: csv.Error, line: int) -> UnreadableError:
    if "limit" in str(error):
        problem = f"a cell has more than {csv.field_size_limit():,} characters"
        return UnreadableError(problem, "close its quotation mark", line=line)
    return UnreadableError(
        "a quotation mark is never closed, or stands alone in a quoted cell",
        'write it twice where it is part of the text: ""',
        line=line,
    )
