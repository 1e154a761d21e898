"""What the rows of a participants file in Excel are (Office Open XML, `.xlsx`).

The sheet called `people` counts, or the first one. Whole numbers, dates and yes or no
read as a coordinator would have typed them into CSV.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from engine.spec.rows import HEADER, Row, RowFault
from integrations.people.records import (
    ONLY_THESE,
    Record,
    Remedies,
    UnreadableError,
    rows,
    told,
)

SHEET = "people"
_UNPACKED = 100_000_000
_REMEDIES = Remedies(
    apart="write each column's name into a cell of its own",
    even="delete what stands to the right of the columns",
)
_FORMULA = "choose Copy, then Paste values, so that the cell holds what it shows"


def rows_of_workbook(content: bytes, *, alone: bool = False) -> Iterator[Row]:
    """Yield the rows below the header, cells as text.

    Args:
        content: The whole file.
        alone: Whether one column is enough.

    Raises:
        UnreadableError: Where it is no workbook at all.
    """
    pages = opened(content).worksheets
    named = [page for page in pages if page.title.strip().lower() == SHEET]
    return rows_of_sheet((named or pages)[0], alone=alone)


def opened(content: bytes) -> Workbook:
    """Return a workbook with the values that its cells show.

    Raises:
        UnreadableError: Where it is none, or holds no sheet.
    """
    _refuse_bombs(content)
    remedy = "save it in Excel as a workbook (.xlsx), or as CSV UTF-8"
    try:
        workbook = load_workbook(io.BytesIO(content), data_only=True)
    except (InvalidFileException, KeyError, ValueError, OSError) as error:
        raise UnreadableError("the workbook cannot be read", remedy) from error
    if not workbook.worksheets:
        raise UnreadableError("the workbook has no sheet", remedy)
    return workbook


def rows_of_sheet(page: Worksheet, *, alone: bool = False) -> Iterator[Row]:
    """Yield the rows of one sheet below its header, cells as text."""
    return rows(_records(page.iter_rows()), _REMEDIES, alone=alone)


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(one.file_size for one in archive.infolist())
    except zipfile.BadZipFile as error:
        remedy = "save it again, or send it in another way"
        raise UnreadableError("the workbook is damaged", remedy) from error
    if size > _UNPACKED:
        raise UnreadableError("the workbook is far too large", ONLY_THESE)


def _records(lines: Iterator[tuple[Cell | MergedCell, ...]]) -> Iterator[Record]:
    for line, cells in enumerate(lines, start=HEADER):
        texts = [_text(cell.value) for cell in cells]
        faults = tuple(
            RowFault(
                line=line,
                column=get_column_letter(number),
                problem=f"the cell shows {text}",
                remedy=_FORMULA,
            )
            for number, (cell, text) in enumerate(
                zip(cells, texts, strict=True), start=1
            )
            if cell.data_type == "e"
        )
        if line == HEADER or told(texts):
            yield line, texts, faults


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case _:
            return str(value)
