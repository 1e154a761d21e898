"""Files with commas that a spreadsheet opens as they are meant."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path


def write_csv(
    file: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]
) -> None:
    """Write rows under their headings."""
    # With the mark that spreadsheets know UTF-8 by.
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, columns)
        writer.writeheader()
        writer.writerows(
            {key: _inert(cell) for key, cell in row.items()} for row in rows
        )


def _inert(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in tuple("=+-@") else cell
