"""Tables as an Excel workbook, and back (Office Open XML, `.xlsx`)."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from engine.sheets import Cell as Value
from engine.sheets import Sheet
from engine.spec.rows import Row, RowsError
from integrations.people.records import UnreadableError
from integrations.people.workbooks import opened, rows_of_sheet

_NARROWEST, _WIDEST = 8, 48


def write_sheets(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook with a sheet for each table, headers in view while scrolling.

    Text stays text, also where it looks like a formula or a date.
    """
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        _fill(workbook.create_sheet(sheet.name), sheet)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def read_sheets(content: bytes, *, source: str) -> Mapping[str, Sequence[Row]]:
    """Return the rows of every sheet below its header, by name in lower case.

    Raises:
        RowsError: Where it cannot be read at all.
    """
    try:
        workbook = opened(content)
        return {
            one.title.strip().lower(): tuple(rows_of_sheet(one))
            for one in workbook.worksheets
            if one.max_row > 1
        }
    except UnreadableError as error:
        raise RowsError([error.fault], source=source) from error


def _fill(page: WriteOnlyWorksheet, sheet: Sheet) -> None:
    page.freeze_panes = "B2"
    for number, name in enumerate(sheet.columns):
        texts = [name, *(str(row[number]) for row in sheet.rows)]
        width = max(_NARROWEST, *(len(text) + 2 for text in texts))
        letter = get_column_letter(number + 1)
        # What the stubs know only of other sheets.
        page.column_dimensions[letter].width = min(width, _WIDEST)  # type: ignore[attr-defined]
    page.append([_cell(page, name, bold=True) for name in sheet.columns])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _cell(page: WriteOnlyWorksheet, value: Value, *, bold: bool = False) -> Cell:
    cell = WriteOnlyCell(page, value)
    cell.font = Font(bold=bold)
    if isinstance(value, str):
        # Else `=…` would be computed.
        cell.data_type = "s"
        cell.number_format = "@"
    return cell
