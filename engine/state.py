"""Where a cohort stands: the fold of its facts."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from functools import singledispatch

from engine.dated import Announcement, Task, Waiting
from engine.facts import (
    Admitted,
    Allocated,
    Allowed,
    Announced,
    Answered,
    Applied,
    Approved,
    Attended,
    Booked,
    CalledOff,
    Completed,
    Confirmed,
    Consented,
    Dissolved,
    Done,
    Enrolled,
    Fact,
    Joined,
    Lapsed,
    Left,
    Linked,
    Messaged,
    Met,
    Nominated,
    Noticed,
    Paused,
    Posted,
    Proposed,
    Raised,
    Reformed,
    Refused,
    Replied,
    Rescheduled,
    Responded,
    Resumed,
    Settled,
    Two,
    Vetoed,
)
from engine.ids import ActionId, CohortId, MatchId, OccurrenceId, PersonId
from engine.matches import Match, dissolved, reformed
from engine.nominees import Nominee, moved_on, proposed
from engine.presence import Presence, moved


@dataclass(kw_only=True, slots=True)
class State:
    """The fold of a cohort's facts; nobody but `fold` writes to it.

    Attributes:
        number, at: Of the last fact folded.
        applied: When files were first applied.
        allocated: Every id ever given, in the order of giving.
        letters: How many letters each person got, and when the last one.
        held: Whether a meeting took place, as its members told, and when they did.
        messages: Whom the coordinator wrote to, by message.
        nominees: Who was proposed, by nomination, in the order of being so.
        moves: What was moved or called off by command, by the latest of it.
        presence: Who has left, who pauses, and who came late.
        vetoes: Two who are not to be matched, by kind, and since when.
    """

    number: int = 0
    at: dt.datetime | None = None
    revision: int = 0
    applied: dt.datetime | None = None
    enrolled: dict[PersonId, tuple[str, ...]] = field(default_factory=dict)
    allocated: dict[OccurrenceId, Allocated] = field(default_factory=dict)
    announced: dict[OccurrenceId, Announcement] = field(default_factory=dict)
    done: dict[ActionId, str] = field(default_factory=dict)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    letters: dict[PersonId, tuple[int, dt.datetime]] = field(default_factory=dict)
    proposed: dict[str, Proposed] = field(default_factory=dict)
    matches: dict[MatchId, Match] = field(default_factory=dict)
    booked: dict[OccurrenceId, Booked] = field(default_factory=dict)
    lapsed: dict[OccurrenceId, dt.datetime] = field(default_factory=dict)
    held: dict[OccurrenceId, tuple[bool, dt.datetime]] = field(default_factory=dict)
    attended: dict[tuple[OccurrenceId, PersonId], bool] = field(default_factory=dict)
    replies: dict[tuple[OccurrenceId, PersonId], Replied] = field(default_factory=dict)
    answered: dict[OccurrenceId, frozenset[PersonId]] = field(default_factory=dict)
    completed: dict[OccurrenceId, frozenset[PersonId]] = field(default_factory=dict)
    linked: dict[str, CohortId] = field(default_factory=dict)
    nominees: dict[tuple[OccurrenceId, PersonId], Nominee] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    messages: dict[str, tuple[PersonId, ...]] = field(default_factory=dict)
    moves: dict[OccurrenceId, Rescheduled | CalledOff] = field(default_factory=dict)
    presence: Presence = field(default_factory=Presence)
    vetoes: dict[tuple[str, Two], dt.datetime] = field(default_factory=dict)


def fold(state: State, facts: Iterable[Fact]) -> State:
    """Return the state after these facts, which continue where `state` ends."""
    folded = replace(state)
    for one in fields(state):
        if isinstance(value := getattr(state, one.name), dict):
            setattr(folded, one.name, dict(value))
    for fact in facts:
        folded.number, folded.at = fact.number, fact.at
        _fold(fact.event, folded, fact.at)
    return folded


@singledispatch
def _fold(event: object, state: State, at: dt.datetime) -> None:
    raise TypeError(event, state, at)


@_fold.register
def _(event: Applied, state: State, at: dt.datetime) -> None:
    state.revision = event.revision
    state.applied = state.applied or at


@_fold.register
def _(event: Enrolled, state: State, at: dt.datetime) -> None:
    state.enrolled[event.person] = event.roles
    state.presence = moved(state.presence, event, at=at, number=state.number)


@_fold.register
def _(event: Left | Joined | Paused | Resumed, state: State, at: dt.datetime) -> None:
    if isinstance(event, Left):
        state.enrolled[event.person] = ()
    state.presence = moved(state.presence, event, at=at, number=state.number)


@_fold.register
def _(event: Allocated, state: State, _at: dt.datetime) -> None:
    state.allocated[event.occurrence] = event


@_fold.register
def _(event: Announced, state: State, at: dt.datetime) -> None:
    state.announced[event.occurrence] = Announcement(at=at, told=event)


@_fold.register
def _(event: Done, state: State, _at: dt.datetime) -> None:
    state.done[event.action] = event.outcome


@_fold.register
def _(event: Noticed, state: State, at: dt.datetime) -> None:
    state.waiting[event.notice] = Waiting(at=at, notice=event)


@_fold.register
def _(event: Posted, state: State, at: dt.datetime) -> None:
    for notice in (*event.told, *event.moot):
        state.waiting.pop(notice, None)
    if event.told:
        count, _ = state.letters.get(event.person, (0, at))
        state.letters[event.person] = (count + 1, at)


@_fold.register
def _(event: Proposed, state: State, _at: dt.datetime) -> None:
    state.proposed[event.kind] = event


@_fold.register
def _(event: Vetoed, state: State, at: dt.datetime) -> None:
    state.vetoes.setdefault((event.kind, event.people), at)


@_fold.register
def _(event: Allowed, state: State, _at: dt.datetime) -> None:
    state.vetoes.pop((event.kind, event.people), None)


@_fold.register
def _(event: Approved, state: State, at: dt.datetime) -> None:
    state.proposed.pop(event.kind, None)
    state.matches[event.match] = Match(
        id=event.match,
        kind=event.kind,
        members=event.members,
        points=event.points,
        approved=at,
    )


@_fold.register
def _(event: Confirmed, state: State, at: dt.datetime) -> None:
    match = state.matches[event.match]
    if event.agrees:
        confirmed = {**match.confirmed, event.person: at}
        state.matches[match.id] = replace(match, confirmed=confirmed)
    else:
        declined = (*match.declined, event.person)
        state.matches[match.id] = replace(match, declined=declined)


@_fold.register
def _(event: Dissolved, state: State, at: dt.datetime) -> None:
    match = state.matches[event.match]
    state.matches[match.id] = dissolved(match, at=at, left=state.presence.left)


@_fold.register
def _(event: Reformed, state: State, at: dt.datetime) -> None:
    match = state.matches[event.match]
    absent = state.presence.absent
    state.matches[match.id] = reformed(match, event.members, at=at, absent=absent)


@_fold.register
def _(event: Booked, state: State, _at: dt.datetime) -> None:
    state.booked[event.occurrence] = event


@_fold.register
def _(event: Rescheduled | CalledOff, state: State, _at: dt.datetime) -> None:
    state.moves[event.occurrence] = event


@_fold.register
def _(event: Lapsed, state: State, at: dt.datetime) -> None:
    state.lapsed[event.occurrence] = at


@_fold.register
def _(event: Met, state: State, at: dt.datetime) -> None:
    state.held[event.occurrence] = (event.held, at)


@_fold.register
def _(event: Attended, state: State, _at: dt.datetime) -> None:
    state.attended[(event.occurrence, event.person)] = event.came


@_fold.register
def _(event: Replied, state: State, _at: dt.datetime) -> None:
    state.replies[(event.occurrence, event.person)] = event


@_fold.register
def _(event: Answered, state: State, _at: dt.datetime) -> None:
    known = state.answered.get(event.occurrence, frozenset())
    state.answered[event.occurrence] = known | {event.person}


@_fold.register
def _(event: Completed, state: State, _at: dt.datetime) -> None:
    known = state.completed.get(event.occurrence, frozenset())
    state.completed[event.occurrence] = known | {event.person}


@_fold.register
def _(event: Linked, state: State, _at: dt.datetime) -> None:
    state.linked[event.relation] = event.cohort


@_fold.register
def _(event: Raised, state: State, at: dt.datetime) -> None:
    state.tasks[event.task] = Task(at=at, raised=event)


@_fold.register
def _(event: Settled, state: State, _at: dt.datetime) -> None:
    state.tasks.pop(event.task, None)


@_fold.register
def _(event: Messaged, state: State, _at: dt.datetime) -> None:
    state.messages[event.message] = event.people


@_fold.register
def _(event: Nominated, state: State, at: dt.datetime) -> None:
    state.nominees[(event.occurrence, event.person)] = proposed(event, at=at)


@_fold.register
def _(
    event: Consented | Responded | Admitted | Refused, state: State, at: dt.datetime
) -> None:
    key = (event.occurrence, event.person)
    state.nominees[key] = moved_on(
        state.nominees[key], event, at=at, number=state.number
    )
