"""When what opens and closes does so: nominations, matchings, messages, questions."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from engine.company import company_of
from engine.ids import PersonId
from engine.spec.activities import (
    ActivityPart,
    Evaluation,
    Handover,
    Matching,
    MessageActivity,
    Nomination,
)
from engine.spec.spans import Span
from engine.timeline.compile import Compiler, Point
from engine.timeline.model import Occurrence, Slot


def nomination_slots(nomination: Nomination, compiler: Compiler) -> Iterator[Slot]:
    """Yield the one time in which people are proposed, by whoever is asked to."""
    point = compiler.point(nomination.open_)
    by = nomination.nominators
    audience = compiler.audience(nomination, f"{by}s") if by else ()
    length = nomination.for_how_long
    yield _window(nomination, compiler, point, length, audience=audience)


def matching_slots(matching: Matching, compiler: Compiler) -> Iterator[Slot]:
    """Yield the one moment at which matches are proposed."""
    yield _moment(matching, compiler, compiler.point(matching.when))


def message_slots(message: MessageActivity, compiler: Compiler) -> Iterator[Slot]:
    """Yield the one moment at which a message is sent, if what it is about is on."""
    if compiler.lapses(message.when):
        return
    audience = compiler.audience(message, message.for_)
    yield _moment(message, compiler, compiler.point(message.when), audience)


def handover_slots(handover: Handover, compiler: Compiler) -> Iterator[Slot]:
    """Yield the one time in which participants tell what to pass on."""
    point = compiler.point(handover.ask)
    audience = compiler.audience(handover, "everyone")
    yield _window(handover, compiler, point, handover.open_for, audience=audience)


def evaluation_slots(evaluation: Evaluation, compiler: Compiler) -> Iterator[Slot]:
    """Yield an evaluation once, once for each occurrence of another, or a match."""
    anchor = evaluation.when.anchor
    if anchor.which == "held":
        yield from _after_held(evaluation, compiler)
        return
    if anchor.which == "ended":
        yield from _after_ended(evaluation, compiler)
        return
    each = anchor.which == "each"
    found = compiler.occurrences(anchor.activity)
    for source in found if each else (compiler.anchored(anchor),):
        if source.off:
            continue
        audience = source.slot.audience
        if evaluation.for_ is not None:
            audience = compiler.audience(evaluation, evaluation.for_)
        yield _window(
            evaluation,
            compiler,
            compiler.point(evaluation.when, source),
            evaluation.open_for,
            series=source.id if each else "",
            audience=audience,
        )


def _after_held(evaluation: Evaluation, compiler: Compiler) -> Iterator[Slot]:
    """Yield it for each who meet and have held that many meetings."""
    anchor, state = evaluation.when.anchor, compiler.record.state
    held: dict[str, list[Occurrence]] = {}
    for meeting in compiler.occurrences(anchor.activity):
        if meeting.slot.match and state.held.get(meeting.id, (False, None))[0]:
            held.setdefault(meeting.slot.series, []).append(meeting)
    for series, meetings in held.items():
        company = company_of(state, series)
        if company is None or len(meetings) < anchor.number:
            continue
        source = meetings[anchor.number - 1]
        slot = _window(
            evaluation,
            compiler,
            compiler.point(evaluation.when, source),
            evaluation.open_for,
            series=series,
            audience=_asked(evaluation, compiler, company.people),
        )
        yield replace(slot, match=company.match.id)


def _after_ended(evaluation: Evaluation, compiler: Compiler) -> Iterator[Slot]:
    """Yield it for each match of the kind that was ended before its time.

    Only those who were in it are asked, whatever they do now.
    """
    kind, made = (
        evaluation.when.anchor.activity,
        compiler.anchored(evaluation.when.anchor),
    )
    for match in compiler.record.state.matches.values():
        if match.kind != kind or match.ended is None:
            continue
        slot = replace(made.slot, starts=match.ended, ends=match.ended)
        slot = _window(
            evaluation,
            compiler,
            compiler.point(evaluation.when, replace(made, slot=slot)),
            evaluation.open_for,
            series=match.id,
            audience=_asked(evaluation, compiler, match.people),
        )
        yield replace(slot, match=match.id)


def _asked(
    evaluation: Evaluation, compiler: Compiler, people: tuple[PersonId, ...]
) -> tuple[PersonId, ...]:
    """Return those of a match who are asked."""
    if evaluation.for_ is None:
        return people
    wanted = set(compiler.audience(evaluation, evaluation.for_))
    return tuple(person for person in people if person in wanted)


def _moment(
    activity: ActivityPart,
    compiler: Compiler,
    point: Point,
    audience: tuple[PersonId, ...] = (),
) -> Slot:
    instant = compiler.opening(point)
    return Slot(
        phase=compiler.phase_of(activity),
        activity=activity.slug,
        kind=activity.kind,
        starts=instant,
        ends=instant,
        audience=audience,
    )


def _window(
    activity: ActivityPart,
    compiler: Compiler,
    point: Point,
    length: Span,
    *,
    series: str = "",
    audience: tuple[PersonId, ...] = (),
) -> Slot:
    """Return a slot that closes on a working day, but never before it opened."""
    opens = compiler.opening(point)
    closes = compiler.deadline(compiler.days.add(compiler.date(opens), length))
    return Slot(
        phase=compiler.phase_of(activity),
        activity=activity.slug,
        kind=activity.kind,
        series=series,
        starts=opens,
        ends=max(closes, opens + dt.timedelta(hours=1)),
        audience=audience,
    )
