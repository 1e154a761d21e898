"""Commands that give a running cohort to a spreadsheet, and take it back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.commandline.changing import Anyway, Yes
from flows.commandline.context import Now, cohort_of, installed
from flows.commandline.terminal import refuse, say

if TYPE_CHECKING:
    from engine.commands.standing import Standing
    from engine.commands.unit import Decide
    from engine.sheets import Sheet
    from engine.spec.rows import Row
    from flows.wiring import App

_SUFFIX = ".xlsx"


def export(cohort: str, file: Path, *, now: Now = None) -> None:
    """Write people, matches, attendance and what is ahead into an Excel workbook.

    Example: stafet export aarhus-leadership/2027 year.xlsx
    """
    from engine.sheets import sheets
    from integrations.people.sheets import write_sheets

    if file.suffix.lower() != _SUFFIX:
        raise refuse(f"{file} is no workbook; write, for example, {file.stem}{_SUFFIX}")
    application = installed(now)
    standing = application.unit.standing(cohort_of(application, cohort))
    made = sheets(standing, now=application.clock.now())
    file.write_bytes(write_sheets(made))
    told = ", ".join(f"{len(sheet.rows)} {sheet.name}" for sheet in made)
    say(f"wrote {file}: rows of {told}")


def import_(
    cohort: str,
    file: Path,
    *,
    anyway: Anyway = False,
    yes: Yes = False,
    now: Now = None,
) -> None:
    """Do what was changed in an exported workbook, after showing what that would be.

    People are compared first. They go into the cohort's participants file and into
    force, for which COHORT has to be the cohort's file.

    Example: stafet import specs/aarhus-leadership/cohorts/2027.yaml year.xlsx
    """
    from engine.commands.importing import in_turn
    from engine.sheets import PEOPLE, people_sheet
    from flows.commandline.consenting import consented

    application = installed(now)
    which, moment = cohort_of(application, cohort), application.clock.now()
    standing = application.unit.standing(which)
    rows, commands = _edited(standing, file, now=moment, anyway=anyway)
    people = rows.get(PEOPLE, ())
    differs = bool(people) and not _same(people, people_sheet(standing.record))
    if differs:
        _apply_people(application, Path(cohort), people, yes=yes)
    if commands:
        decide = in_turn(application.unit, commands, now=moment)
        decide = consented(application, which, decide, now=moment, yes=yes)
        application.unit.perform(which, decide, now=moment)
    if not (differs or commands):
        say(f"nothing in {file} differs from what is recorded")


COMMANDS = (export, import_)


def _edited(
    standing: "Standing", file: Path, *, now: dt.datetime, anyway: bool
) -> "tuple[Mapping[str, Sequence[Row]], Sequence[Decide]]":
    """Return the rows of a workbook, and what was changed in them."""
    from engine.commands.importing import edits
    from engine.spec.rows import RowsError
    from integrations.people import render_faults
    from integrations.people.sheets import read_sheets

    if not file.is_file():
        raise refuse(f"{file}: there is no such file")
    try:
        rows = read_sheets(file.read_bytes(), source=str(file))
        return rows, edits(standing, rows, now=now, anyway=anyway)
    except RowsError as error:
        raise refuse(render_faults(str(file), error.faults)) from None


def _apply_people(
    application: "App", cohort: Path, rows: "Sequence[Row]", *, yes: bool
) -> None:
    """Write the participants file anew and put it into force, after asking."""
    from flows.commandline.planning import put_into_force
    from flows.loading import load
    from integrations.people import write_rows
    from integrations.spec_files import cohort_files

    if not cohort.is_file():
        raise refuse(
            "people differ; name the cohort's file instead of its id, so that its"
            " participants file can be written"
        )
    file = cohort_files(cohort).people_file
    content = write_rows(rows, like=file.read_bytes() if file.is_file() else b"")
    put_into_force(
        application,
        load(cohort, people=content),
        yes=yes,
        first=lambda: file.write_bytes(content),
    )


def _same(rows: "Sequence[Row]", sheet: "Sheet") -> bool:
    """Return whether rows say of people what is recorded, whatever their order."""
    known = [
        {name: str(cell) for name, cell in zip(sheet.columns, row, strict=True)}
        for row in sheet.rows
    ]
    return sorted(known, key=_id) == sorted((dict(row.cells) for row in rows), key=_id)


def _id(cells: Mapping[str, str]) -> str:
    return cells.get("id", "")
