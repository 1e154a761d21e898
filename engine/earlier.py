"""What people had in the cohorts before: who was matched in which role, and who not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.ids import PersonId
from engine.matches import Match
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
    for one in asked.participants:
        years = {
            rule.column: 1 + _running(one.person, rule.role, earlier)
            for rule in limited
            if rule.role in one.roles and one.values.get(rule.column) is None
        }
        yield replace(one, values={**one.values, **years}) if years else one


def _running(person: PersonId, role: str, earlier: Sequence[State]) -> int:
    """Return in how many cohorts before this one somebody had a role, without a gap."""
    years = 0
    for state in earlier:
        if not any(served(match, person) == role for match in state.matches.values()):
            break
        years += 1
    return years


def _waited(asked: Problem, earlier: Sequence[State]) -> Iterator[PersonId]:
    """Yield who is to be placed now and was not placed last time.

    Whoever left last time is not among them, nor anybody where no match was made.
    """
    for one in asked.having(asked.placed):
        told = one.values.get(LEFT_OUT)
        if told is None and earlier:
            told = _left_out(one.person, asked, earlier[0])
        if told is True:
            yield one.person


def _left_out(person: PersonId, asked: Problem, last: State) -> bool:
    matches = [one for one in last.matches.values() if one.kind == asked.kind]
    return (
        bool(matches)
        and asked.placed in last.enrolled.get(person, ())
        and not any(served(match, person) for match in matches)
    )


def served(match: Match, person: PersonId) -> str:
    """Return the role that somebody had in a match; none where it came to nothing."""
    came_about = not match.dissolved or match.ended is not None
    return match.role(person) if came_about else ""
