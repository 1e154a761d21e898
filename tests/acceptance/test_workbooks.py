"""A coordinator takes a running cohort into Excel, edits it, and brings it back."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from tests.acceptance.test_commands import Stafet, shipped

MORNING = "2027-08-09T08:00+02:00"
MATCHED = "2027-10-25T09:00+02:00"
AFTER = "2027-11-19T09:00+01:00"
COHORT = "aarhus-leadership/2027"


@pytest.fixture(scope="module")
def matched(tmp_path_factory: pytest.TempPathFactory) -> Stafet:
    """The shipped cohort two days after its kick-off, everybody in a match."""
    made = shipped(tmp_path_factory.mktemp("matched"))
    made("apply", str(made.cohort), "--yes", now=MORNING)
    made("advance", now=MATCHED)
    made("approve", COHORT, now=MATCHED)
    made("advance", now=AFTER)
    return made


@pytest.fixture
def stafet(matched: Stafet, tmp_path: Path) -> Stafet:
    """The same for each test, to go on from."""
    return matched.copied(tmp_path)


Edit = Callable[[dict[str, Cell]], None]


def edited(stafet: Stafet, **edits: Edit) -> Path:
    """Export a workbook and edit the rows of its sheets, cells by their column."""
    file = stafet.folder / "year.xlsx"
    stafet("export", COHORT, str(file), now=AFTER)
    book: Workbook = load_workbook(io.BytesIO(file.read_bytes()))
    for name, edit in edits.items():
        header, *lines = book[name].iter_rows()
        columns = [str(cell.value) for cell in header]
        for line in lines:
            edit(dict(zip(columns, line, strict=True)))  # type: ignore[arg-type]
    book.save(file)
    return file


def came(row: dict[str, Cell]) -> None:
    if row["occurrence"].value == "kick-off-1":
        row["came"].value = "nej" if row["person"].value == "ahorn" else "ja"


def later(row: dict[str, Cell]) -> None:
    if row["occurrence"].value == "workshop-2":
        row["starts"].value = "2028-05-24 13:00"


def renamed(row: dict[str, Cell]) -> None:
    if row["id"].value == "hassel":
        row["name"].value = "Hanne Nytnavn"


def maybe(row: dict[str, Cell]) -> None:
    if (row["occurrence"].value, row["person"].value) == ("kick-off-1", "ahorn"):
        row["came"].value = "maybe"
    elif row["occurrence"].value == "kick-off-1":
        row["came"].value = "yes"


def longer(row: dict[str, Cell]) -> None:
    if row["occurrence"].value == "workshop-1":
        row["ends"].value = "2028-02-23 17:00"
    if row["occurrence"].value == "workshop-2":
        row["starts"].value = "in May"


def elsewhere(row: dict[str, Cell]) -> None:
    """Let two mentees change places while their matches wait for a yes."""
    swapped = {"hassel": "ahorn", "ahorn": "hassel"}
    row["person"].value = swapped.get(str(row["person"].value), row["person"].value)


def unknown(row: dict[str, Cell]) -> None:
    if row["person"].value == "hassel":
        row["person"].value = "hasel"


def test_what_was_edited_is_shown_and_done_and_then_nothing_is_left(
    stafet: Stafet,
) -> None:
    file = edited(stafet, attendance=came, ahead=later, people=renamed)

    done = stafet("import", str(stafet.cohort), str(file), "--yes", now=AFTER)
    again = stafet("import", str(stafet.cohort), str(file), "--yes", now=AFTER)

    assert "hassel: name Hanne Hassel becomes Hanne Nytnavn" in done
    assert "Wed 2028-05-17 13:00 becomes Wed 2028-05-24 13:00" in done
    assert "Settled: who-came/kick-off-1" in done
    assert again == f"nothing in {file} differs from what is recorded\n"
    timeline = stafet("timeline", COHORT)
    assert "2028-05-24 13:00" in timeline
    people = stafet.cohort.parent / "participants.csv"
    shipped = Path("specs/aarhus-leadership/cohorts/participants.csv")
    assert people.read_bytes() == shipped.read_bytes().replace(
        b"Hanne Hassel", b"Hanne Nytnavn"
    )


def test_people_are_not_put_into_force_where_a_match_is_refused(
    stafet: Stafet,
) -> None:
    file = edited(stafet, people=renamed, matches=elsewhere)
    people = stafet.cohort.parent / "participants.csv"
    before, log = people.read_bytes(), stafet("log", "hassel", "--json", now=AFTER)

    code, _, told = stafet.run(
        "import", str(stafet.cohort), str(file), "--yes", "--now", AFTER
    )

    assert code == 1
    assert told == "not all of pair-9 have said yes; let them answer, or end it first\n"
    assert people.read_bytes() == before
    assert stafet("log", "hassel", "--json", now=AFTER) == log
    assert "Hanne Nytnavn" not in stafet("attendance", COHORT, now=AFTER)


def test_a_workbook_that_nobody_edited_changes_nothing(stafet: Stafet) -> None:
    file = edited(stafet)

    told = stafet("import", COHORT, str(file), now=AFTER)

    assert told == f"nothing in {file} differs from what is recorded\n"


def test_everything_that_cannot_be_is_told_at_once_and_nothing_is_done(
    stafet: Stafet,
) -> None:
    file = edited(stafet, attendance=maybe, ahead=longer, matches=unknown)

    code, _, told = stafet.run("import", COHORT, str(file), "--yes", "--now", AFTER)

    assert code == 1
    assert [line.split(".xlsx:")[1] for line in told.splitlines()] == [
        "2: attendance: came: 'maybe' is no answer; write yes or no",
        (
            "2: ahead: ends: another length; change when it starts; it lasts as long"
            " as the spec says"
        ),
        "3: ahead: starts: 'in May' is no time; write it as 2027-11-17 13:00",
        "29: matches: person: nobody has the id 'hasel'; spell it right",
    ]
    assert "who-came/kick-off-1" in stafet("status", now=AFTER)


def test_edited_people_need_the_file_that_they_stand_in(stafet: Stafet) -> None:
    file = edited(stafet, people=renamed)

    code, _, told = stafet.run("import", COHORT, str(file), "--yes", "--now", AFTER)

    assert code == 1
    assert told.startswith("people differ; name the cohort's file instead of its id")
