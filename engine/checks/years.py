"""What becomes of a year when its dates are reckoned, as far as they can be."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from engine.checks.anchors import Hung, counted_from, hung_in
from engine.checks.findings import Finding
from engine.checks.places import Placed, called, cohorts_own, placed_activities
from engine.checks.zones import zone_exists
from engine.frozen import Frozen, freeze
from engine.ids import CohortId, PersonId
from engine.installation import Installation
from engine.people import Participant
from engine.record import Record
from engine.spec.activities import Gathering
from engine.spec.cohort import Cohort
from engine.spec.faults import Path
from engine.spec.model import SpecPart
from engine.spec.moments import Moment
from engine.spec.programme import Phase, Programme
from engine.spec.wording import quoted
from engine.state import State
from engine.timeline.compile import Compiler, TimelineError
from engine.timeline.days import Days, NoOpenDayError
from engine.timeline.kinds import KINDS
from engine.timeline.model import Occurrence

CLOSING = "closing"
"""What the last gathering of a year is called."""

NOWHERE = Installation(key=b"check", base_url="", domain="")
"""Nothing is sent by a check."""


@dataclass(frozen=True, kw_only=True)
class Year:
    """A cohort's year, to which nothing has happened yet.

    Attributes:
        occurrences: Of each activity that has a date, by slug, in the order of its
            slots.
        findings: Why the others have none.
        stopped: The values on which nothing can be dated.
    """

    record: Record
    occurrences: Mapping[str, Sequence[Occurrence]]
    findings: Sequence[Finding]
    stopped: Collection[Path]

    @property
    def days(self) -> Days:
        """Which days are open."""
        return self.record.days

    def day(self, instant: dt.datetime) -> dt.date:
        """Return the local date of an instant."""
        return self.days.zone.date(instant)

    def edges(
        self, path: Path, phase: Phase
    ) -> tuple[dt.datetime | None, dt.datetime | None]:
        """Return when the phase at a path begins and ends; None where unknown."""
        known = self.moments(path, phase)
        return known.get("from"), known.get("until")

    def moments(
        self, path: Path, part: SpecPart
    ) -> Mapping[str | int, dt.datetime | None]:
        """Return the moments that a part at a path tells, by key; None where unknown.

        They are as they are told: none has moved from a closed day.
        """
        return {hung.path[-1]: self._instant(hung) for hung in hung_in(part, path)}

    @cached_property
    def _compiler(self) -> Compiler:
        return Compiler(self.record, KINDS)

    def _instant(self, hung: Hung) -> dt.datetime | None:
        target = self.record.frozen.programme.activity(hung.anchor.activity)
        found = self.occurrences.get(target.slug, ()) if target else ()
        beyond = max(hung.anchor.number, 1) > len(found)
        if beyond or hung.path in self.stopped or not isinstance(hung.phrase, Moment):
            return None
        point = self._compiler.point(hung.phrase)
        return point.instant or self.days.zone.at(point.date, dt.time())


def reckon(
    programme: Programme,
    cohort: Cohort,
    people: Sequence[Participant] = (),
    *,
    stopped: Collection[Path] = (),
) -> Year:
    """Return the year of a cohort, without what hangs on the values at `stopped`.

    The cohort gives a date at least.
    """
    return reckon_frozen(frozen(programme, cohort), people, stopped=stopped)


def frozen(programme: Programme, cohort: Cohort) -> Frozen:
    """Return the files with their calendar, in some time zone if theirs is unknown."""
    if not zone_exists(programme.timezone):
        programme = programme.model_copy(update={"timezone": "UTC"})
    return freeze(programme, cohort, {})


def reckon_frozen(
    files: Frozen,
    people: Sequence[Participant] = (),
    *,
    stopped: Collection[Path] = (),
) -> Year:
    """Return the year of files whose calendar is known already."""
    known = {PersonId(f"p{number}"): one for number, one in enumerate(people, start=1)}
    record = Record(
        id=CohortId(""),
        installation=NOWHERE,
        frozen=files,
        people={id_: replace(one, person=id_) for id_, one in known.items()},
        state=State(enrolled={id_: one.roles for id_, one in known.items()}),
    )
    reckoning = _Reckoning(record, stopped)
    for slug in reckoning.places:
        reckoning.reach(slug)
    return Year(
        record=record,
        occurrences={
            slug: found for slug, found in reckoning.found.items() if found is not None
        },
        findings=reckoning.findings,
        stopped=stopped,
    )


class _Reckoning:
    """Compiles activity by activity, what others count from first."""

    def __init__(self, record: Record, stopped: Collection[Path]) -> None:
        self.places: dict[str, Placed] = {}
        self.found: dict[str, Sequence[Occurrence] | None] = {}
        self.findings: list[Finding] = []
        self._programme = record.frozen.programme
        dates = record.frozen.cohort.dates
        self._closing_is_told = CLOSING in dates or f"{CLOSING} 1" in dates
        self._stopped = stopped
        self._compiler = Compiler(record, KINDS)
        for one in placed_activities(self._programme):
            self.places.setdefault(one.activity.slug, one)
            if _inside(one.path, stopped):
                self.found[one.activity.slug] = None

    def reach(self, slug: str) -> None:
        """Find the occurrences of an activity; None for one that has no date."""
        if slug in self.found:
            return
        self.found[slug] = None
        one = self.places[slug]
        held = [self._holds(hung) for hung in counted_from(one)]
        if all(held):
            self.found[slug] = self._in_order(one, self._occurrences(one))

    def _holds(self, hung: Hung) -> bool:
        """Return whether what a moment is counted from has a date."""
        target = self._programme.activity(hung.anchor.activity)
        if target is None or hung.path in self._stopped:
            return False
        self.reach(target.slug)
        found = self.found[target.slug]
        if found is None:
            return False
        beyond = beyond_the_last(hung, found)
        if beyond is not None:
            self.findings.append(beyond)
        return beyond is None

    def _in_order(
        self, one: Placed, found: Sequence[Occurrence] | None
    ) -> Sequence[Occurrence] | None:
        """Return them unless the year would close before it begins.

        A date that the cohort file tells is judged there.
        """
        own, activity = cohorts_own(self._programme), one.activity
        if own is None or activity is own or activity.slug != CLOSING or not found:
            return found
        if self._closing_is_told:
            return found
        self.reach(own.slug)
        begun = self.found[own.slug]
        if not begun or found[0].starts >= begun[0].ends:
            return found
        problem = f"{quoted(CLOSING)} takes place before {quoted(own.name)}"
        remedy = f"write, for example, `when: 12 months after {own.name}`"
        path = (*one.path, "when")
        self.findings.append(Finding(path, problem, remedy, stops=True))
        return None

    def _occurrences(self, one: Placed) -> Sequence[Occurrence] | None:
        try:
            return self._compiler.occurrences(one.activity.slug)
        except NoOpenDayError:
            problem = f"no open day is left for {quoted(called(one.activity))}"
            remedy = "allow another weekday, or fewer breaks"
            if isinstance(one.activity, Gathering) and not one.activity.lasts.exact:
                remedy = "write fewer days, an earlier weekday, or fewer breaks"
            finding = Finding(one.name_path, problem, remedy)
        except TimelineError as error:
            finding = Finding(one.name_path, error.problem, error.remedy)
        self.findings.append(finding)
        return None


def beyond_the_last(hung: Hung, found: Sequence[Occurrence]) -> Finding | None:
    """Return that a moment names one more of a series than there are."""
    anchor = hung.anchor
    if anchor.which != "one" or max(anchor.number, 1) <= len(found):
        return None
    name = anchor.activity
    if not found:
        problem = f"{quoted(name)} never takes place"
        return Finding(hung.path, problem, "count it from something else", stops=True)
    problem = f"there is no {anchor}: {quoted(name)} takes place {times(len(found))}"
    meant = hung.on(replace(anchor, number=len(found)))
    return Finding(hung.path, problem, f"write `{meant}`", stops=True)


def times(count: int) -> str:
    """Return `once`, or how many times."""
    return "once" if count == 1 else f"{count} times"


def beyond_in_phases(year: Year) -> Iterator[Finding]:
    """Yield the edges of phases that name one more of a series than there are."""
    programme = year.record.frozen.programme
    for number, phase in enumerate(programme.phases):
        for hung in hung_in(phase, ("phases", number)):
            target = programme.activity(hung.anchor.activity)
            found = year.occurrences.get(target.slug) if target else None
            if hung.path not in year.stopped and found is not None:
                beyond = beyond_the_last(hung, found)
                if beyond is not None:
                    yield beyond


def _inside(path: Path, stopped: Collection[Path]) -> bool:
    return any(one[: len(path)] == path for one in stopped)
