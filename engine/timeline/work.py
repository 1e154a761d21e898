"""When people are asked to do something, and until when."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from engine.ids import PersonId
from engine.record import COORDINATOR
from engine.spec.activities import (
    Agreement,
    Assignment,
    Certificate,
    Material,
    Module,
    Task,
)
from engine.spec.activities.base import ActivityPart
from engine.spec.moments import Moment, Step
from engine.timeline.compile import Compiler
from engine.timeline.model import Occurrence, Slot

_HOUR = dt.timedelta(hours=1)

LEAST = _HOUR
"""What is left of the time for something that is given and due in one break."""


def assignment_slots(assignment: Assignment, compiler: Compiler) -> Iterator[Slot]:
    """Yield it once, or for each match after each of its meetings but the last.

    A meeting that was called off is none: what is given before it is due before the
    next one.
    """
    if assignment.when is not None and isinstance(assignment.due, Moment):
        yield from _once(assignment, compiler, assignment.when, assignment.due)
        return
    if assignment.between is None or not isinstance(assignment.due, Step):
        return
    meetings = [one for one in compiler.occurrences(assignment.between) if not one.off]
    for series in dict.fromkeys(one.slot.series for one in meetings):
        of_match = [one for one in meetings if one.slot.series == series]
        for before, after in pairwise(of_match):
            slot = _between(assignment, compiler, before, after, assignment.due)
            if slot.audience:
                yield slot


def module_slots(module: Module, compiler: Compiler) -> Iterator[Slot]:
    """Yield the one time in which it is open."""
    yield from _once(module, compiler, module.when, module.due)


def task_slots(task: Task, compiler: Compiler) -> Iterator[Slot]:
    """Yield the one time in which it is to be done."""
    for slot in _once(task, compiler, task.when, task.due):
        if not task.is_the_coordinators:
            yield slot
            continue
        # Nobody has been enrolled yet where files are only checked or sketched.
        people = compiler.record.people.values()
        own = tuple(one.person for one in people if COORDINATOR in one.roles)
        yield replace(slot, audience=own)


def material_slots(material: Material, compiler: Compiler) -> Iterator[Slot]:
    """Yield the one moment at which it is sent."""
    if compiler.lapses(material.when):
        return
    opens = compiler.opening(compiler.point(material.when))
    audience = compiler.audience(material, material.for_)
    yield _slot(material, compiler, opens, opens, audience)


def certificate_slots(certificate: Certificate, compiler: Compiler) -> Iterator[Slot]:
    """Yield the one moment at which it is given."""
    opens = compiler.opening(compiler.point(certificate.when))
    audience = compiler.audience(certificate, certificate.for_)
    yield _slot(certificate, compiler, opens, opens, audience)


def agreement_slots(agreement: Agreement, compiler: Compiler) -> Iterator[Slot]:
    """Yield it for each match, from when the match is agreed at the earliest."""
    point = compiler.point(agreement.when)
    for match in compiler.matches(agreement.with_, agreement):
        if match.agreed is None:
            continue
        opens = max(compiler.opening(point), compiler.days.sending(match.agreed))
        last = compiler.days.add(compiler.date(opens), agreement.open_for)
        closes = max(compiler.deadline(last), opens + LEAST)
        slot = _slot(agreement, compiler, opens, closes, match.people)
        yield replace(slot, series=match.id, match=match.id)


def _once(
    activity: Assignment | Module | Task,
    compiler: Compiler,
    when: Moment,
    due: Moment,
) -> Iterator[Slot]:
    if compiler.lapses(when):
        return
    opens = compiler.opening(compiler.point(when))
    closes = compiler.deadline(compiler.point(due).date)
    audience = compiler.audience(activity, activity.for_)
    yield _slot(activity, compiler, opens, max(closes, opens + LEAST), audience)


def _between(
    assignment: Assignment,
    compiler: Compiler,
    before: Occurrence,
    after: Occurrence,
    due: Step,
) -> Slot:
    opens = compiler.days.sending(before.ends + _HOUR)
    date = compiler.days.add(compiler.date(after.starts), due.span, -1)
    closes = max(compiler.deadline(date), opens + LEAST)
    audience = _among(before.slot.audience, assignment, compiler)
    slot = _slot(assignment, compiler, opens, closes, audience)
    return replace(
        slot,
        series=before.id,
        match=before.slot.match,
        firm=before.slot.firm,
    )


def _among(
    people: Sequence[PersonId], assignment: Assignment, compiler: Compiler
) -> tuple[PersonId, ...]:
    """Return those of the people who have a role that is named."""
    known = set(compiler.audience(assignment, assignment.for_))
    return tuple(person for person in people if person in known)


def _slot(
    activity: ActivityPart,
    compiler: Compiler,
    opens: dt.datetime,
    closes: dt.datetime,
    audience: tuple[PersonId, ...],
) -> Slot:
    return Slot(
        phase=compiler.phase_of(activity),
        activity=activity.slug,
        kind=activity.kind,
        starts=opens,
        ends=closes,
        audience=audience,
    )
