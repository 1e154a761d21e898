"""Everything that is wrong in files that can be read, before anybody gets a mail."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from engine.checks.anchors import check_anchors
from engine.checks.circles import check_circles
from engine.checks.clashes import IN_COHORT, check_clashes
from engine.checks.cohorts import check_alone, check_answers, check_fit, check_people
from engine.checks.columns import check_columns
from engine.checks.coordinators import check_departments
from engine.checks.dates import (
    beginning_in,
    check_beginning,
    check_open,
    check_order,
    check_range,
    check_side,
    with_times,
)
from engine.checks.findings import Finding, faults
from engine.checks.fitting import check_days, check_year
from engine.checks.gates import check_gates, check_made
from engine.checks.grounds import undated
from engine.checks.kinds import check_kinds
from engine.checks.lengths import check_lengths
from engine.checks.named import Named, check_numbers, named_in
from engine.checks.names import check_names
from engine.checks.nominations import check_nominations, check_nominators
from engine.checks.reached import check_reached
from engine.checks.references import check_references
from engine.checks.rules import check_rules
from engine.checks.samples import check_any_year
from engine.checks.texts import check_texts
from engine.checks.twos import check_twos
from engine.checks.venues import check_room, check_venues
from engine.checks.work import check_steps
from engine.checks.years import Year, reckon
from engine.checks.zones import CLOSED, check_breaks, check_zone
from engine.people import Participant
from engine.spec.cohort import Cohort
from engine.spec.faults import Fault, Path, in_order
from engine.spec.programme import Programme
from engine.spec.reading import Reading


def check_programme(reading: Reading[Programme]) -> tuple[Fault, ...]:
    """Return what is wrong with a programme, whatever the cohort.

    Faults of reading are not told again, nor what only follows from them.
    """
    if reading.mended.value is None:
        return ()
    findings = _of_programme(reading.mended.value, reading)
    return in_order(faults(reading.mended, findings))


def check_cohort(
    cohort: Reading[Cohort],
    programme: Reading[Programme],
    participants: Sequence[Participant] | None,
) -> tuple[Fault, ...]:
    """Return what is wrong with a cohort, and with its programme in that year.

    What `check_programme` tells is not told again. While the programme cannot be read,
    only what does not depend on it is checked; nor what depends on the people, while
    these are None because their file has faults.
    """
    told, rules = cohort.mended, programme.mended
    if told.value is None:
        return ()
    alone = [
        *check_alone(told.value, cohort.document.source),
        *check_venues(told.value),
    ]
    if rules.value is None:
        return in_order(faults(told, alone))
    known = _of_programme(rules.value, programme)
    stopped = undated(rules) | {one.path for one in known if one.stops}
    sure = not told.is_doubtful((IN_COHORT,))
    check = _CohortCheck(rules.value, told.value, participants, known, stopped, sure)
    return in_order(
        [
            *faults(told, [*alone, *check.in_cohort()], rules),
            *faults(rules, check.in_programme()),
        ]
    )


def _of_programme(
    programme: Programme, reading: Reading[Programme]
) -> Sequence[Finding]:
    dated = [
        *check_names(programme, reading.document.source),
        *check_anchors(programme),
        *check_circles(programme),
        *check_lengths(programme),
        *check_kinds(programme),
        *check_made(programme),
        *check_gates(programme),
        *check_steps(programme),
        *check_references(programme),
        *check_breaks(programme),
    ]
    stopped = undated(reading.mended) | {one.path for one in dated if one.stops}
    return [
        *dated,
        *check_zone(programme),
        *check_columns(programme),
        *check_nominations(programme),
        *check_rules(programme),
        *check_texts(programme),
        *check_any_year(programme, stopped=stopped),
    ]


@dataclass(frozen=True)
class _CohortCheck:
    """A cohort beside its programme, of which the findings are known.

    Attributes:
        stopped: The values on which nothing can be dated.
        sure: Whether all dates of the cohort are as they are written.
    """

    programme: Programme
    cohort: Cohort
    participants: Sequence[Participant] | None
    known: Sequence[Finding]
    stopped: Collection[Path]
    sure: bool
    years: dict[frozenset[str], Year | None] = field(default_factory=dict)

    def in_cohort(self) -> Iterator[Finding]:
        """Yield what is wrong in the cohort file."""
        programme, cohort = self.programme, self.cohort
        yield from check_fit(cohort, programme)
        if self.participants is not None:
            yield from check_people(programme, self.participants)
            yield from check_departments(cohort, self.participants)
            yield from check_nominators(programme, self.participants)
            yield from check_twos(cohort, programme, self.participants)
        for _, findings in (self.dates, self.places):
            yield from findings
        yield from check_beginning(programme, cohort, self.dates[0])
        yield from self.misplaced
        if self.year is not None:
            dates = _without(self.dates[0], self.misplaced)
            places = self.places[0]
            yield from check_open(cohort, dates, self.year)
            yield from check_numbers(places.values(), self.year)
            if self.participants is not None:
                yield from check_room(cohort, places, self.year)
                yield from check_reached(programme, self.year)
        yield from (one for one in self.clashes if one.path[0] == IN_COHORT)

    def in_programme(self) -> Iterator[Finding]:
        """Yield what is wrong in the programme, seen with this cohort's dates."""
        if self.year is None:
            return
        findings = [
            *check_year(self.year),
            *check_days(self.year),
            *(one for one in self.clashes if one.path[0] != IN_COHORT),
        ]
        if self.participants is not None:
            findings += check_answers(self.programme, self.year)
        told = {one.path for one in self.known}
        yield from (
            one for one in findings if told.isdisjoint((one.path, *one.grounds.values))
        )

    @cached_property
    def dates(self) -> tuple[Mapping[str, Named], Sequence[Finding]]:
        """The dates that are understood, and the others."""
        return named_in("dates", self.cohort.dates, self.programme)

    @cached_property
    def places(self) -> tuple[Mapping[str, Named], Sequence[Finding]]:
        """The places that are understood, and the others."""
        return named_in("places", self.cohort.places, self.programme)

    @cached_property
    def clashes(self) -> Sequence[Finding]:
        """What is at once for somebody, once the dates can all be kept."""
        dates, misnamed = self.dates
        kept = self.sure and not (misnamed or self.misplaced)
        if self.year is None or self.participants is None or not kept:
            return ()
        return tuple(check_clashes(dates, self.year))

    @cached_property
    def misplaced(self) -> Sequence[Finding]:
        """Dates that cannot be kept, each told where it is the cause."""
        dates = self.dates[0]
        wrong = [*check_range(self.programme, self.cohort, dates)]
        for check in (_beyond, check_side, check_order):
            kept = _without(dates, wrong)
            year = self._reckoned(kept)
            wrong += check(self.cohort, kept, year) if year is not None else ()
        return wrong

    @cached_property
    def year(self) -> Year | None:
        """The year with the dates that can be kept; None without a beginning."""
        return self._reckoned(_without(self.dates[0], self.misplaced))

    def _reckoned(self, dates: Mapping[str, Named]) -> Year | None:
        kept = frozenset(dates)
        if kept not in self.years:
            self.years[kept] = self._reckon(dates)
        return self.years[kept]

    def _reckon(self, dates: Mapping[str, Named]) -> Year | None:
        dated = beginning_in(self.programme, dates) is not None
        if not dated or CLOSED in self.stopped:
            return None
        cohort = with_times(self.programme, self.cohort)
        kept = {key: cohort.dates[key] for key in dates}
        return reckon(
            self.programme,
            cohort.model_copy(update={"dates": kept}),
            self.participants or (),
            stopped=self.stopped,
        )


def _beyond(
    _cohort: Cohort, named: Mapping[str, Named], year: Year
) -> Iterator[Finding]:
    return check_numbers(named.values(), year)


def _without(
    named: Mapping[str, Named], findings: Sequence[Finding]
) -> Mapping[str, Named]:
    wrong = {one.path for one in findings}
    return {key: one for key, one in named.items() if one.path not in wrong}
