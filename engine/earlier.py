"""What people had in the cohorts before: who was matched in which role, and who not."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from engine.ids import PersonId
from engine.matching import Problem
from engine.matching.clauses import Limit
from engine.matching.columns import LEFT_OUT, running_as
from engine.people import Participant
from engine.state import State


def remembered(asked: Problem, earlier: Sequence[State]) -> Problem:
    """Return a problem that knows what its people had before.

    Where a column of the participants file tells the same, that column counts.

    Args:
        asked: What is to be matched.
        earlier: Where the cohorts before stand, the last one first.
    """
    return replace(
        asked,
        participants=tuple(_with_years(asked, earlier)),
        waited=frozenset(_waited(asked, earlier)),
    )


def _with_years(asked: Problem, earlier: Sequence[State]) -> Iterator[Participant]:
    """Yield everyone with the years running in a role, this one included."""
    limited = [
        rule
        for rule in asked.rules.require
        if isinstance(rule, Limit) and rule.column == running_as(rule.role)
    ]
    years_before = [served(state) for state in earlier] if limited else []
    for one in asked.participants:
        years = {
            rule.column: 1 + _running((one.person, rule.role), years_before)
            for rule in limited
            if rule.role in one.roles and one.values.get(rule.column) is None
        }
        yield replace(one, values={**one.values, **years}) if years else one


def _running(who: tuple[PersonId, str], before: Sequence[Container[object]]) -> int:
    """Return in how many cohorts before this one somebody had a role, without a gap."""
    return sum(1 for _ in takewhile(lambda those: who in those, before))


def _waited(asked: Problem, earlier: Sequence[State]) -> Iterator[PersonId]:
    """Yield who is to be placed now and was not placed last time.

    Whoever left last time is not among them, nor anybody where no match was made.
    """
    out = _left_out(asked, earlier[0]) if earlier else frozenset()
    for one in asked.having(asked.placed):
        told = one.values.get(LEFT_OUT)
        if told is True or (told is None and one.person in out):
            yield one.person


def _left_out(asked: Problem, last: State) -> frozenset[PersonId]:
    if all(match.kind != asked.kind for match in last.matches.values()):
        return frozenset()
    matched = {person for person, _ in served(last, asked.kind)}
    able = (one for one, roles in last.enrolled.items() if asked.placed in roles)
    return frozenset(able) - matched


def served(state: State, kind: str = "") -> frozenset[tuple[PersonId, str]]:
    """Return who had which role in a match, also until they left it.

    What came to nothing before all had said yes is none.

    Args:
        state: Where a cohort stands.
        kind: The only kind of match that counts; any where it is empty.
    """
    return frozenset(
        (person, match.role(person))
        for match in state.matches.values()
        if kind in ("", match.kind) and (not match.dissolved or match.ended is not None)
        for person in (*match.people, *match.former)
    )
