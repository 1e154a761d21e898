"""Commands that count who takes part: over the year, and at one gathering."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from engine.commands.decision import RefusedError
from engine.ids import OccurrenceId
from flows.commandline.context import InCohort, Now, cohort_of, installed
from flows.commandline.csv_files import write_csv
from flows.commandline.terminal import say, table

if TYPE_CHECKING:
    import datetime as dt

    from engine.catering import Catering
    from engine.commands.standing import Standing
    from engine.record import Record

COLUMNS = (
    "id",
    "name",
    "department",
    "roles",
    "came",
    "gatherings",
    "untold",
    "held",
    "meetings",
    "hours",
    "answered",
    "asked",
)


SHOWN = ("id", "roles", "gatherings", "untold", "meetings", "hours", "evaluations")


def attendance(
    cohort: str,
    *,
    csv_: Annotated[
        Path | None, Parameter(name="--csv", help="Write it to this file instead.")
    ] = None,
    now: Now = None,
) -> None:
    """Show how much each has taken part: gatherings, meetings, hours, evaluations.

    A gathering of which nobody has told who came counts as come to, as it does for a
    certificate. Anonymous evaluations are not counted.

    Example: stafet attendance aarhus-leadership/2027 --csv attendance.csv
    """
    application = installed(now)
    standing = application.unit.standing(cohort_of(application, cohort))
    rows = list(_rows(standing, application.clock.now()))
    if csv_ is None:
        table(SHOWN, map(_shown, rows), title=str(standing.record.id))
        return
    write_csv(csv_, COLUMNS, rows)
    say(f"{len(rows)} people are in {csv_}")


def catering(
    occurrence: str,
    *,
    names: Annotated[
        Path | None, Parameter(help="Write the names for the door to this HTML file.")
    ] = None,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Show how many come to a gathering, and what they eat and need, without a name.

    What they need stands in the columns `diet` and `access` of the participants file.

    Example: stafet catering workshop-1 --names door.html
    """
    from engine.catering import catering as found_for
    from flows.doorlist import doorlist

    application = installed(now)
    record = application.unit.standing(cohort_of(application, cohort)).record
    one = OccurrenceId(occurrence)
    if one not in record.state.announced:
        raise RefusedError(f"{occurrence} is not announced", "see stafet timeline")
    found = found_for(record, one)
    _show_catering(record, found)
    if names is not None:
        names.write_text(doorlist(record, one, found), encoding="utf-8")
        say(f"the names are in {names}")


COMMANDS = (attendance, catering)


def _shown(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return a row as a terminal has room for it."""
    return (
        row["id"],
        row["roles"],
        f"{row['came']} of {row['gatherings']}",
        "" if row["untold"] == "0" else row["untold"],
        f"{row['held']} of {row['meetings']}",
        row["hours"],
        f"{row['answered']} of {row['asked']}",
    )


def _show_catering(record: "Record", found: "Catering") -> None:
    """Print the numbers, and which columns they would need that are not there."""
    from engine.catering import ACCESS, DIET

    count = len(found.coming)
    silent = count - found.yes - found.maybe
    say(
        f"{count} come: {found.yes} have said yes, {found.maybe} maybe, "
        f"{silent} nothing yet; {found.declined} have declined"
    )
    columns = record.frozen.programme.columns
    for column, told in ((DIET, found.diets), (ACCESS, found.access)):
        if column not in columns:
            say(f"{column}: no such column; see docs/spec.md#column")
        elif told:
            table((column, "people"), [(what, str(many)) for what, many in told])
        else:
            say(f"{column}: nothing")


def _rows(standing: "Standing", now: "dt.datetime") -> "Iterator[Mapping[str, str]]":
    from engine.counting import answers, counts

    record = standing.record
    for one in sorted(record.participants, key=lambda one: one.id):
        found = counts(record, one.person, now=now)
        answered, asked = answers(record, standing.timeline, one.person, now=now)
        values = (
            one.id,
            one.name,
            one.department,
            " ".join(one.roles),
            *(found.came, found.gatherings, found.untold),
            *(found.held, found.meetings, f"{found.hours:.1f}"),
            *(answered, asked),
        )
        yield dict(zip(COLUMNS, map(str, values), strict=True))
