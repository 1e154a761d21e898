"""What a command would come to, before it is carried out; nothing is written."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from engine.commands.ahead import Ahead, called, look_ahead, mailed
from engine.commands.comparing import changes, soon, stays
from engine.commands.decision import Decision, RefusedError
from engine.commands.standing import Standing
from engine.commands.unit import Decide, Unit
from engine.commands.warning import warnings
from engine.facts import (
    Enrolled,
    Event,
    Noticed,
    Raised,
    Settled,
    encode,
    kind_of,
)
from engine.ids import CohortId, MatchId, PersonId
from engine.letters.details import Responses
from engine.plan import Called, Mailed, Plan
from engine.record import COORDINATOR, Record
from engine.state import State

T = TypeVar("T", Mailed, Called)

DAYS_AHEAD = dt.timedelta(days=14)
"""So far ahead a plan tells what will be done."""

MISSING = "row-missing"
"""The task of a row that the participants file newly leaves out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Foreseen:
    """What a command would come to.

    Attributes:
        record: The cohort before it.
        before: The same with its year; None of a cohort that is not recorded.
        after: Where the cohort would stand.
        decision: Everything to write.
        plan: The same, for people to read.
    """

    record: Record
    before: Standing | None
    after: Standing
    decision: Decision
    plan: Plan


def foresee(
    unit: Unit,
    cohort: CohortId,
    decide: Decide,
    *,
    now: dt.datetime,
    actor: str = COORDINATOR,
) -> Foreseen:
    """Return what a command would come to, and what follows in the days ahead.

    Raises:
        RefusedError: If the command cannot be done.
    """
    found = consequences(unit, cohort, decide, now=now, actor=actor)
    return followed(found, now=now, responses=lambda: unit.store.responses(cohort))


def consequences(
    unit: Unit,
    cohort: CohortId,
    decide: Decide,
    *,
    now: dt.datetime,
    actor: str = COORDINATOR,
) -> Foreseen:
    """Return what a command would come to itself, without the days ahead."""
    before = unit.standing(cohort)
    decision = decide(before)
    return weighed(unit, before.record, before, decision, now=now, actor=actor)


def weighed(
    unit: Unit,
    record: Record,
    before: Standing | None,
    decision: Decision,
    *,
    now: dt.datetime,
    actor: str = COORDINATOR,
) -> Foreseen:
    """Return what a decision would come to on this record."""
    after, _ = unit.once_written(record, decision, now=now, actor=actor)
    return Foreseen(
        record=record,
        before=before,
        after=after,
        decision=decision,
        plan=_plan(record, before, decision, after, now=now),
    )


def followed(
    found: Foreseen, *, now: dt.datetime, responses: Responses = tuple
) -> Foreseen:
    """Return the same with what will be done in the days ahead, if nobody does more.

    What would be done without the command too is marked apart.
    """
    until = now + DAYS_AHEAD
    before = (
        look_ahead(found.before, now=now, until=until, responses=responses)
        if found.before
        else Ahead()
    )
    after = look_ahead(found.after, now=now, until=until, responses=responses)
    plan = replace(
        found.plan,
        until=until,
        mails=(*found.plan.mails, *_told_apart(before.mails, after.mails)),
        tasks=(*found.plan.tasks, *_told_apart(before.tasks, after.tasks)),
    )
    return replace(found, plan=plan)


def refuse_others(plan: Plan, name: str) -> None:
    """Refuse a plan whose effects are not those that somebody said yes to.

    Args:
        plan: What would be done now.
        name: Of what they said yes to.

    Raises:
        RefusedError: If they are not; it says what differs.
    """
    known, parts = name.split("-"), plan.parts
    if known == list(parts.values()):
        return
    differing = list(parts)
    if len(known) == len(parts):
        pairs = zip(parts.items(), known, strict=True)
        differing = [what for (what, part), old in pairs if part != old]
    raise RefusedError(
        f"what would be done has changed since {name} was planned:"
        f" {' and '.join(differing)}",
        "look at what would be done today",
    )


def _told_apart(before: Sequence[T], after: Sequence[T]) -> Iterator[T]:
    """Yield what is ahead in both, then in one alone, with the cause of each."""
    was, will = Counter(before), Counter(after)
    for one in (was & will).elements():
        yield one
    for one in (will - was).elements():
        yield replace(one, cause="later")
    for one in (was - will).elements():
        yield replace(one, cause="no more")


def _plan(
    record: Record,
    before: Standing | None,
    decision: Decision,
    after: Standing,
    *,
    now: dt.datetime,
) -> Plan:
    state, events = record.state, decision.events
    joined = _joined(record, events)
    settled = [one.task for one in events if isinstance(one, Settled)]
    found = changes(before, after, now=now)
    rows = [state.tasks[one].raised for one in settled if one in state.tasks]
    return Plan(
        first=state.revision == 0,
        changed=decision.frozen is not None,
        joined=joined,
        edited=[one.person for one in decision.people if one.person not in joined],
        missing=_asked_about(one for one in events if isinstance(one, Raised)),
        back=_asked_about(rows),
        changes=found,
        stays=stays(before, after, found, now=now) if decision.frozen else (),
        soon=soon(found, now=now),
        matches=_matches(record.state, after.record.state),
        mails=tuple(mailed(decision, "at once")),
        tasks=tuple(called(events, now, "at once")),
        settled=settled,
        writes=tuple(_writes(decision)),
        warns=tuple(warnings(before, after, decision)),
    )


def _joined(record: Record, events: Iterable[Event]) -> Sequence[PersonId]:
    """Return who gets roles that they did not have."""
    enrolled = [one for one in events if isinstance(one, Enrolled)]
    known = record.state.enrolled
    return [one.person for one in enrolled if known.get(one.person, ()) != one.roles]


def _asked_about(raised: Iterable[Raised]) -> tuple[PersonId, ...]:
    """Return the people whose rows are asked about."""
    return tuple(one.person for one in raised if one.wording == MISSING and one.person)


def _writes(decision: Decision) -> Iterator[str]:
    """Yield what is written, without what only counts how much was written before."""
    for event in decision.events:
        plain = replace(event, notice="") if isinstance(event, Noticed) else event
        yield f"{kind_of(plain)} {encode(plain)}"
    yield from map(repr, decision.people)
    yield from map(repr, decision.responses)
    yield from map(repr, decision.written.items())


def _matches(before: State, after: State) -> tuple[MatchId, ...]:
    """Return which matches come to be, end, or have others in them."""
    return tuple(
        id_
        for id_ in {**before.matches, **after.matches}
        if before.matches.get(id_) != after.matches.get(id_)
    )
