"""Commands that give a running cohort to a spreadsheet, and take it back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.commandline.changing import Anyway, Yes
from flows.commandline.context import Now, cohort_of, installed
from flows.commandline.terminal import agrees, refuse, say

if TYPE_CHECKING:
    from engine.commands.apply import Files
    from engine.commands.standing import Standing
    from engine.commands.unit import Decide, Unit
    from engine.ids import CohortId
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

    People go first, into the cohort's participants file and into force, for which
    COHORT has to be the cohort's file. Where anything cannot be, nothing is done.

    Example: stafet import specs/aarhus-leadership/cohorts/2027.yaml year.xlsx
    """
    from engine.sheets import PEOPLE, people_sheet

    application = installed(now)
    which, moment = cohort_of(application, cohort), application.clock.now()
    standing = application.unit.standing(which)
    rows, commands = _read(standing, file, now=moment, anyway=anyway)
    people = rows.get(PEOPLE, ())
    differs = bool(people) and not _same(people, people_sheet(standing.record))
    if not (differs or commands):
        say(f"nothing in {file} differs from what is recorded")
        return
    edited = _edited(Path(cohort), people) if differs else None
    _carry_out(application, which, edited, commands, yes=yes)


COMMANDS = (export, import_)


def _read(
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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Edited:
    """A participants file as it is to be written, and what then is put into force."""

    file: Path
    content: bytes
    files: "Files"


def _edited(cohort: Path, rows: "Sequence[Row]") -> _Edited:
    """Return the participants file anew; nothing is written yet."""
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
    return _Edited(file=file, content=content, files=load(cohort, people=content))


def _carry_out(
    application: "App",
    cohort: "CohortId",
    edited: _Edited | None,
    commands: "Sequence[Decide]",
    *,
    yes: bool,
) -> None:
    """Show all, ask once, and do it; what is refused is so before anything is done."""
    from engine.commands.apply import apply
    from flows.commandline.plans import foreseen, show_application

    unit, moment = application.unit, application.clock.now()
    then, planned = unit, ""
    if edited is not None:
        first = foreseen(unit, edited.files, now=moment, move_booked=False)
        show_application(unit, first, now=moment)
        then, planned = unit.supposing(first.after), first.plan.name
    held = _held(unit, then, cohort, commands, now=moment)
    if not yes and not agrees("Do this?"):
        raise refuse("nothing was recorded")
    if edited is not None:
        edited.file.write_bytes(edited.content)
        apply(unit, edited.files, now=moment, planned=planned)
    for decide in held:
        unit.perform(cohort, decide, now=moment)


def _held(
    unit: "Unit",
    then: "Unit",
    cohort: "CohortId",
    commands: "Sequence[Decide]",
    *,
    now: dt.datetime,
) -> "Sequence[Decide]":
    """Return commands as they are shown here: what else they would do is refused."""
    from engine.commands.foreseeing import foresee
    from engine.commands.importing import in_turn
    from engine.commands.in_turn import held_to
    from flows.commandline.consenting import show

    if not commands:
        return ()
    rest = foresee(then, cohort, in_turn(then, commands, now=now), now=now)
    show(then, rest, now=now)
    step = cohort, in_turn(unit, commands, now=now)
    return (held_to(unit, [step], [rest.plan.name], now=now),)


def _same(rows: "Sequence[Row]", sheet: "Sheet") -> bool:
    """Return whether rows say of people what is recorded, whatever their order."""
    known = [
        {name: str(cell) for name, cell in zip(sheet.columns, row, strict=True)}
        for row in sheet.rows
    ]
    return sorted(known, key=_id) == sorted((dict(row.cells) for row in rows), key=_id)


def _id(cells: Mapping[str, str]) -> str:
    return cells.get("id", "")
