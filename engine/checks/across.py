"""What is wrong between cohorts, in each of which nothing is wrong by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.checks.clashes import check_across
from engine.checks.findings import faults
from engine.checks.named import named_in
from engine.checks.years import Year, reckon
from engine.ids import CohortId
from engine.people import Participant
from engine.spec.cohort import Cohort
from engine.spec.faults import Fault, in_order
from engine.spec.programme import Programme
from engine.spec.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Sound:
    """The files of a cohort, in which there is no fault."""

    id: CohortId
    cohort: Reading[Cohort]
    programme: Programme
    people: Sequence[Participant]


def check_several(cohorts: Sequence[Sound]) -> tuple[Fault, ...]:
    """Return a warning for each two activities that ask for somebody at once.

    It stands in the file of the later of the two cohorts, as they are named.
    """
    years: dict[str, Year] = {}
    found: list[Fault] = []
    for one in cohorts:
        year = reckon(one.programme, one.cohort.checked(), one.people)
        found += _between(one, year, years)
        years[one.id] = year
    return in_order(found)


def _between(one: Sound, year: Year, earlier: Mapping[str, Year]) -> Iterator[Fault]:
    dates, _ = named_in("dates", one.cohort.checked().dates, one.programme)
    for fault in faults(one.cohort.mended, check_across(dates, year, earlier)):
        yield replace(fault, weight="warning")
