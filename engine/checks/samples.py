"""What is wrong with a year whenever it begins."""

import datetime as dt
from collections.abc import Collection, Iterator

from engine.checks.findings import Finding
from engine.checks.fitting import check_year
from engine.checks.places import cohorts_own
from engine.checks.years import Year, frozen, reckon_frozen
from engine.checks.zones import A_YEAR, CLOSED
from engine.spec.cohort import Cohort
from engine.spec.faults import Path
from engine.spec.moments import LocalDate
from engine.spec.programme import Programme

_NOON = dt.time(12)
_MONTHS = range(1, 13)


def check_any_year(
    programme: Programme, *, stopped: Collection[Path]
) -> Iterator[Finding]:
    """Yield what is wrong with the year in whichever month it begins.

    What only some beginnings bring about is found when a cohort has its date.
    """
    if cohorts_own(programme) is None or CLOSED in stopped:
        return
    everywhere: dict[tuple[Path, bool], Finding] | None = None
    for year in _years(programme, stopped):
        here = {(one.path, one.key): one for one in check_year(year)}
        if everywhere is None:
            everywhere = here
        everywhere = {place: everywhere[place] for place in everywhere if place in here}
        if not everywhere:
            return
    yield from (everywhere or {}).values()


def _years(programme: Programme, stopped: Collection[Path]) -> Iterator[Year]:
    files = frozen(programme, _cohort(programme, 1))
    for month in _MONTHS:
        cohort = _cohort(programme, month)
        begun = files.model_copy(update={"cohort": cohort})
        yield reckon_frozen(begun, stopped=stopped)


def _cohort(programme: Programme, month: int) -> Cohort:
    """Return a cohort that begins on a Tuesday to Thursday of a month."""
    own = cohorts_own(programme)
    day = next(
        day
        for day in (dt.date(A_YEAR, month, number) for number in range(14, 21))
        if day.strftime("%w") in "234"
    )
    mailbox = {"name": "Sample", "email": "sample@example.org"}
    return Cohort.model_validate(
        {
            "stafet": 1,
            "cohort": "sample",
            "programme": programme.programme,
            "coordinator": mailbox,
            "mailbox": mailbox,
            "dates": {own.name if own else "": LocalDate(day, _NOON)},
        }
    )
