"""Participants in Excel: the same people as in CSV, and faults told as honestly."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from engine.ids import PersonId
from engine.people import Participant
from engine.sheets import Cell, Sheet, people_sheet, sheets
from engine.spec.rows import Row, RowsError, participants
from flows.loading import load
from integrations.people import read_rows
from integrations.people.sheets import read_sheets, write_sheets
from tests.fakes.cohort_files import SHIPPED
from tests.fakes.cohorts import KICK_OFF, begun, recorded, shipped_files


def workbook(*lines: tuple[Any, ...], name: str = "Ark1") -> bytes:
    """Return a workbook of one sheet, as Excel would save it."""
    made = Workbook()
    (page,) = made.worksheets
    page.title = name
    for line in lines:
        page.append(line)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(RowsError) as refused:
        read_rows(content, source="people.xlsx")
    return str(refused.value)


def cells(content: bytes) -> list[dict[str, str]]:
    return [dict(row.cells) for row in read_rows(content, source="people.xlsx")]


def test_cells_read_as_a_coordinator_would_have_typed_them() -> None:
    day = dt.datetime(2027, 3, 1, tzinfo=dt.UTC).replace(tzinfo=None)

    found = cells(
        workbook(
            ("id", "level", "years", "since", "at", "leads", "note"),
            ("ugle", 2.0, 7, day, day.replace(hour=9, minute=30), True, None),
            (None, None, "", None, None, None, None),
            ("alk", 2.5, -1, None, None, False, "=SUM of it"),
        )
    )

    assert found == [
        {
            "id": "ugle",
            "level": "2",
            "years": "7",
            "since": "2027-03-01",
            "at": "2027-03-01 09:30",
            "leads": "yes",
            "note": "",
        },
        {
            "id": "alk",
            "level": "2.5",
            "years": "-1",
            "since": "",
            "at": "",
            "leads": "no",
            # A formula that no program has computed shows nothing.
            "note": "",
        },
    ]


def test_the_sheet_called_people_counts_wherever_it_stands() -> None:
    content = write_sheets(
        [
            Sheet(name="notes", columns=("a", "b"), rows=[("1", "2")]),
            Sheet(name="People", columns=("id", "name"), rows=[("ugle", "Ulla")]),
        ]
    )

    assert cells(content) == [{"id": "ugle", "name": "Ulla"}]


def test_what_looks_like_a_formula_or_a_date_stays_text() -> None:
    row = ("=1+1", "1-2", "007", "@SUM(A1)")

    content = write_sheets([Sheet(name="people", columns="abcd", rows=[row])])

    (read,) = read_rows(content, source="people.xlsx")
    assert tuple(read.cells.values()) == row
    assert load_workbook(io.BytesIO(content))["people"]["A2"].data_type == "s"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04\0", "1: the workbook is damaged; save it again, or send it in"),
        (
            workbook(("id",)),
            "1: the first line names one column only, 'id'; write each",
        ),
        (workbook((None, "name")), "1: column 1 has no name; name it, or delete it"),
        (workbook(("id", "ID")), "1: two columns are called 'id'; delete one of them"),
    ],
)
def test_what_is_no_table_of_people_is_refused_with_a_remedy(
    content: bytes, told: str
) -> None:
    assert refusal(content).startswith(f"people.xlsx:{told}")


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("readme.txt", "no workbook")

    assert refusal(written.getvalue()) == (
        "people.xlsx:1: the workbook cannot be read; save it in Excel as a workbook"
        " (.xlsx), or as CSV UTF-8"
    )


def test_a_cell_that_shows_a_fault_is_told_with_its_place() -> None:
    (row,) = read_rows(workbook(("id", "name"), ("ugle", "#N/A")), source="people.xlsx")

    assert [str(fault) for fault in row.faults] == [
        (
            "2: B: the cell shows #N/A; choose Copy, then Paste values, so that the"
            " cell holds what it shows"
        )
    ]


def test_people_who_are_exported_and_read_again_are_the_same() -> None:
    live = recorded(shipped_files())
    record = live.record

    rows = read_rows(write_sheets([people_sheet(record)]), source="people.xlsx")
    again = participants(rows, programme=record.frozen.programme)

    unknown = [replace(one, person=PersonId("")) for one in record.participants]
    assert by_id(again) == by_id(unknown)


def test_every_sheet_comes_back_with_all_its_rows() -> None:
    live = begun()
    live.until(KICK_OFF + dt.timedelta(days=70))
    made = sheets(live.standing, now=live.now)

    read = read_sheets(write_sheets(made), source="year.xlsx")

    assert {name: shown(rows) for name, rows in read.items()} == {
        sheet.name: [tuple(map(text, row)) for row in sheet.rows] for sheet in made
    }


def test_a_cohort_may_keep_its_people_in_excel(tmp_path: Path) -> None:
    for path in SHIPPED.parents[1].rglob("*"):
        copy = tmp_path / "aarhus-leadership" / path.relative_to(SHIPPED.parents[1])
        if path.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    cohort = tmp_path / "aarhus-leadership/cohorts/2027.yaml"
    in_csv = load(cohort)
    people = cohort.parent / "participants.xlsx"
    people.write_bytes(write_sheets([people_sheet(recorded(shipped_files()).record)]))
    told = cohort.read_text(encoding="utf-8")
    told = told.replace("people: participants.csv", "people: participants.xlsx")
    cohort.write_text(told, encoding="utf-8")

    in_excel = load(cohort)

    assert people.name in told
    assert by_id(in_excel.people) == by_id(in_csv.people)


def by_id(people: Sequence[Participant]) -> list[Participant]:
    """Return people in the order of ids."""
    return sorted(people, key=lambda one: one.id)


def shown(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """Return the cells of rows, row by row."""
    return [tuple(row.cells.values()) for row in rows]


def text(value: Cell) -> str:
    """Return a cell as it is read."""
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return str(value)
