"""Whether a plan asks people to be at two things at once, here or elsewhere."""

import datetime as dt
from collections.abc import Mapping

from engine.commands.foreseeing import Foreseen
from engine.commands.standing import Standing
from engine.commands.unit import Unit
from engine.ids import CohortId
from engine.record import Record
from engine.timeline.clashes import (
    Clash,
    Engagement,
    clashes_between,
    clashes_within,
    engagements,
)
from engine.timeline.kinds import compile_timeline
from engine.timeline.model import Timeline


def clashes_elsewhere(
    unit: Unit, found: Foreseen, *, now: dt.datetime
) -> Mapping[CohortId, tuple[Clash, ...]]:
    """Return what is at once with something of another recorded cohort, and not over.

    Nobody is stopped by it: whoever says yes to a plan sees it first. A cohort is read
    only where it has somebody of the same address.
    """
    after = found.after.record
    ours = _ahead(after, compile_timeline(after, filed_after=now), now)
    people = {address for one in ours for address in one.people}
    clashing: dict[CohortId, tuple[Clash, ...]] = {}
    for cohort in unit.store.cohorts():
        theirs = {one.email.lower() for one in unit.store.people(cohort)}
        if cohort == after.id or people.isdisjoint(theirs):
            continue
        there = unit.standing(cohort)
        others = _ahead(there.record, there.timeline, now)
        if clashes := clashes_between(ours, others):
            clashing[cohort] = clashes
    return clashing


def clashes_here(found: Foreseen, *, now: dt.datetime) -> tuple[Clash, ...]:
    """Return what would be at once with something of the cohort itself, and is not."""
    before = _within(found.before, now) if found.before else ()
    known = {_said(one) for one in before}
    return tuple(one for one in _within(found.after, now) if _said(one) not in known)


def _within(standing: Standing, now: dt.datetime) -> tuple[Clash, ...]:
    return clashes_within(_ahead(standing.record, standing.timeline, now))


def _said(one: Clash) -> tuple[str, str, frozenset[str]]:
    return one.one.name, one.other.name, one.people


def _ahead(
    record: Record, timeline: Timeline, now: dt.datetime
) -> tuple[Engagement, ...]:
    known = engagements(record, timeline.occurrences.values())
    return tuple(one for one in known if one.ends > now)
