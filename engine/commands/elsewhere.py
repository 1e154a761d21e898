"""Whether what is to be applied asks people to be where another cohort has them."""

import datetime as dt
from collections.abc import Mapping

from engine.commands.apply import Application
from engine.commands.unit import Unit
from engine.ids import CohortId
from engine.record import Record
from engine.timeline.clashes import Clash, Engagement, clashes_between, engagements
from engine.timeline.kinds import compile_timeline
from engine.timeline.model import Timeline


def clashes_elsewhere(
    unit: Unit, application: Application, *, now: dt.datetime
) -> Mapping[CohortId, tuple[Clash, ...]]:
    """Return what is at once with something of another recorded cohort, and not over.

    Nobody is stopped by it: whoever says yes to a plan sees it first. A cohort is read
    only where it has somebody of the same address.
    """
    after = application.after
    ours = _ahead(after, compile_timeline(after, announced=False), now)
    people = {address for one in ours for address in one.people}
    found: dict[CohortId, tuple[Clash, ...]] = {}
    for cohort in unit.store.cohorts():
        theirs = {one.email.lower() for one in unit.store.people(cohort)}
        if cohort == after.id or people.isdisjoint(theirs):
            continue
        there = unit.standing(cohort)
        others = _ahead(there.record, there.timeline, now)
        if clashes := clashes_between(ours, others):
            found[cohort] = clashes
    return found


def _ahead(
    record: Record, timeline: Timeline, now: dt.datetime
) -> tuple[Engagement, ...]:
    known = engagements(record, timeline.occurrences.values())
    return tuple(one for one in known if one.ends > now)
