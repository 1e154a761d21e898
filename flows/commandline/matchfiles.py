"""Matches in a file: for a spreadsheet, a program, or a browser."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from engine.documents import Document
from flows.commandline.terminal import refuse, say

if TYPE_CHECKING:
    from engine.record import Record

_FIXED = ("id", "score", "names", "reasons", "alternatives")
_LINES = "; "


def write_matches(
    file: Path, record: "Record", kind: str, document: Callable[[], Document]
) -> None:
    """Write the matches of a kind into a file, in the form that its name asks for.

    A table can be changed and read back by `stafet match --score` and `stafet propose
    --file`: what counts there are the columns called after the roles.
    """
    write = _FORMS.get(file.suffix.lower())
    if write is None:
        raise refuse(
            f"{file} is neither a page, a table nor JSON; write, for example, "
            f"{file.stem}.html, {file.stem}.xlsx, {file.stem}.csv or {file.stem}.json"
        )
    made = document()
    write(file, record, kind, made)
    say(f"wrote {file}: {len(made['matches'])} matches of {kind}")


def _page(file: Path, record: "Record", kind: str, document: Document) -> None:
    from flows.matchpage import matchpage

    file.write_text(matchpage(record, kind, document), encoding="utf-8")


def _json(file: Path, _record: "Record", _kind: str, document: Document) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=1)
    file.write_text(text, encoding="utf-8")


def _csv(file: Path, record: "Record", kind: str, document: Document) -> None:
    from flows.commandline.csv_files import write_csv

    columns, rows = _rows(record, kind, document)
    texts = ({name: str(cell) for name, cell in row.items()} for row in rows)
    write_csv(file, columns, texts)


def _workbook(file: Path, record: "Record", kind: str, document: Document) -> None:
    from engine.sheets import Sheet
    from integrations.people.sheets import write_sheets

    columns, rows = _rows(record, kind, document)
    cells = [tuple(row[column] for column in columns) for row in rows]
    file.write_bytes(write_sheets([Sheet(name=kind, columns=columns, rows=cells)]))


def _rows(
    record: "Record", kind: str, document: Document
) -> tuple[tuple[str, ...], list[dict[str, str | int]]]:
    """Return a table with a row for each match, members by id under their role."""
    from engine.spec.cells import SEVERAL

    roles = record.frozen.programme.matches[kind].everybody
    names = {one.id: one.name for one in record.people.values()}

    def row(one: Document) -> dict[str, str | int]:
        members = one["members"]
        everyone = [id_ for those in members.values() for id_ in those]
        return {
            **{role: SEVERAL.join(members.get(role, ())) for role in roles},
            "id": one["id"] or "",
            "score": one["score"],
            "names": ", ".join(names[id_] for id_ in everyone),
            "reasons": _LINES.join(one["reasons"]),
            "alternatives": _LINES.join(one["alternatives"]),
        }

    return (*roles, *_FIXED), [row(one) for one in document["matches"]]


_FORMS: Mapping[str, Callable[[Path, "Record", str, Document], None]] = {
    ".html": _page,
    ".json": _json,
    ".csv": _csv,
    ".xlsx": _workbook,
}
