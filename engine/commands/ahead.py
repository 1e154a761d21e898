"""What will be done in the days ahead if nobody does anything more."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.actions.due import next_action, next_due
from engine.actions.model import Action, Propose
from engine.commands.advance import SCHEDULE, decide
from engine.commands.allocation import allocations
from engine.commands.decision import Decision
from engine.commands.proposing import to_approve
from engine.commands.standing import Standing, moved_on
from engine.facts import Done, Event, Raised
from engine.letters.details import Responses
from engine.plan import Called, Cause, Mailed
from engine.record import grown_by


@dataclass(frozen=True, kw_only=True, slots=True)
class Ahead:
    """What the days ahead bring: mails in order of time, and tasks."""

    mails: tuple[Mailed, ...] = ()
    tasks: tuple[Called, ...] = ()


def look_ahead(
    standing: Standing,
    *,
    now: dt.datetime,
    until: dt.datetime,
    responses: Responses = tuple,
) -> Ahead:
    """Return what advancing would do up to a moment, each thing at its own time.

    It is decided by the code that does it. Matches alone are not solved for: that they
    are proposed is told, and nothing that comes of them.
    """
    mails: list[Mailed] = []
    tasks: list[Called] = []
    while (due := next_due(standing.actions)) is not None and due <= until:
        at = max(now, due)
        action = next_action(standing.actions, now=at)
        if action is None:
            raise AssertionError("what is due next is due by then")
        decision = _decided(standing, action, at, responses)
        mails += mailed(decision, "anyway")
        tasks += called(decision.events, at, "anyway")
        standing = _after(standing, decision.events, at)
    return Ahead(mails=tuple(mails), tasks=tuple(tasks))


def mailed(decision: Decision, cause: Cause) -> Iterator[Mailed]:
    """Yield the mails of a decision; of a letter, each thing that it tells."""
    for outgoing in decision.mails:
        post = outgoing.post
        titles = [one.title for one in post.sections]
        for title in titles if post.entry is None else [post.subject]:
            yield Mailed(
                person=post.person,
                kind=post.kind,
                subject=title,
                leaves=outgoing.not_before,
                sequence=post.entry.sequence if post.entry else None,
                cause=cause,
            )


def called(events: Iterable[Event], at: dt.datetime, cause: Cause) -> Iterator[Called]:
    """Yield the tasks that events raise."""
    for one in events:
        if isinstance(one, Raised):
            yield Called(task=one.task, at=at, cause=cause)


def _decided(
    standing: Standing, action: Action, at: dt.datetime, responses: Responses
) -> Decision:
    if isinstance(action.effect, Propose):
        asked = to_approve(standing.record, action.effect.kind)
        return Decision(events=(*asked, Done(action=action.id)))
    return decide(standing, action.id, now=at, responses=responses)


def _after(standing: Standing, events: Iterable[Event], at: dt.datetime) -> Standing:
    told = tuple(events)
    grown = grown_by(standing.record, told, now=at, actor=SCHEDULE)
    moved = moved_on(standing, grown, told)
    given = allocations(moved.record, moved.timeline)
    if not given:
        return moved
    return moved_on(moved, grown_by(moved.record, given, now=at), given)
