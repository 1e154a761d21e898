"""The command that puts those who come to a gathering into groups for each day."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from engine.ids import OccurrenceId
from flows.commandline.context import InCohort, Now, cohort_id, cohort_of, installed
from flows.commandline.csv_files import write_csv
from flows.commandline.grouped import COLUMNS, Choices, document_of, rows, show
from flows.commandline.specs import AsJson, standing_of
from flows.commandline.terminal import plain, refuse, say

if TYPE_CHECKING:
    from engine.commands.standing import Standing
    from engine.matching.workshops import Workshop


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What groups are wanted."""

    of: Annotated[int, Parameter(help="About how many are in a group.")] = 0
    into: Annotated[int, Parameter(help="How many groups, instead of --of.")] = 0
    days: Annotated[
        int, Parameter(help="How many times; else the days that the gathering lasts.")
    ] = 0
    balance: Annotated[
        str, Parameter(help="Columns to spread evenly, as `department,gender=2`.")
    ] = "department"
    apart: Annotated[
        str, Parameter(help="Kinds of match whose roles do not sit together.")
    ] = ""
    for_: Annotated[
        str, Parameter(name="--for", help="Only these of who comes, such as `talents`.")
    ] = ""
    seed: Annotated[int, Parameter(help="Another seed finds other groups.")] = 1


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Shown:
    """What of the answers is shown, and where."""

    choice: Annotated[
        int, Parameter(help="Show this line of the choices; else the best in sum.")
    ] = 0
    csv_: Annotated[
        Path | None, Parameter(name="--csv", help="Write the groups to this file too.")
    ] = None
    json_: AsJson = False


_PLAIN = Wanted()
_ON_SCREEN = Shown()


def groups(
    occurrence: str,
    *,
    wanted: Wanted = _PLAIN,
    shown: Shown = _ON_SCREEN,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Put who comes to a gathering into groups for each day; nothing is recorded.

    Few meet twice, and each group is a fair mix. It shows what there is to choose from.

    Example: stafet groups bootcamp-1 --of 5 --for talents
    """
    standing = _standing(cohort, now)
    found = _found(standing, OccurrenceId(occurrence), wanted, shown.choice)
    if shown.csv_ is not None:
        write_csv(shown.csv_, COLUMNS, rows(found))
    if shown.json_:
        told = {"occurrence": occurrence, **document_of(found)}
        plain(json.dumps(told, ensure_ascii=False, indent=1))
        return
    show(found)
    if shown.csv_ is not None:
        say(f"the groups are in {shown.csv_}")


COMMANDS = (groups,)


def _standing(cohort: str | None, now: str | None) -> "Standing":
    """Return what is recorded, or of a cohort file that is not, what it says."""
    application = installed(now)
    known = application.unit.store.cohorts()
    if cohort and cohort.endswith(".yaml") and cohort_id(cohort) not in known:
        return standing_of(cohort)
    return application.unit.standing(cohort_of(application, cohort))


def _found(
    standing: "Standing", occurrence: OccurrenceId, wanted: Wanted, choice: int
) -> Choices:
    from engine.grouping import dates_of
    from engine.matching.workshops import advice, best, front

    dates = dates_of(standing.record, standing.timeline, occurrence)
    if wanted.days and wanted.days != len(dates):
        dates = ()
    elif len(dates) == 1 and not wanted.days:
        raise refuse(f"{occurrence} lasts one day; say how many times with --days")
    workshop = _workshop(standing, occurrence, wanted, days=wanted.days or len(dates))
    answers = front(workshop)
    if not 0 <= choice <= len(answers):
        raise refuse(
            f"there are {len(answers)} choices; leave out --choice to see them"
        )
    return Choices(
        workshop=workshop,
        dates=dates,
        front=answers,
        choice=choice or answers.index(best(workshop, answers)) + 1,
        advice=advice(workshop),
    )


def _workshop(
    standing: "Standing", occurrence: OccurrenceId, wanted: Wanted, *, days: int
) -> "Workshop":
    from engine.grouping import apart_of, balance_of, coming
    from engine.matching.workshops import Workshop

    record = standing.record
    people = coming(record, standing.timeline, occurrence, roles=_words(wanted.for_))
    return Workshop(
        participants=people,
        groups=_number(wanted, len(people)),
        days=_positive(days, "--days"),
        balance=balance_of(record, _words(wanted.balance)),
        apart=apart_of(record, _words(wanted.apart)),
        seed=wanted.seed,
    )


def _words(written: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in written.split(",") if word.strip())


def _number(wanted: Wanted, people: int) -> int:
    """Return how many groups there are: of a size, the number that comes nearest."""
    if bool(wanted.of) == bool(wanted.into):
        raise refuse("say either --of, how many in a group, or --into, how many groups")
    size = _positive(wanted.of, "--of") if wanted.of else 1
    number = _positive(wanted.into, "--into") if wanted.into else 0
    number = number or max(1, (people + size // 2) // size)
    if number > people:
        raise refuse(f"{people} come, who cannot be {number} groups; write less")
    return number


def _positive(number: int, option: str) -> int:
    if number < 1:
        raise refuse(f"{option} {number} is too few; write 1 or more")
    return number
