"""What somebody new could be told of, as far as rules look at it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from engine.ids import PersonId
from engine.matching.clauses import (
    Above,
    Alike,
    Common,
    Condition,
    Limit,
    Mixed,
    Near,
    Quota,
    Single,
    Spread,
    Together,
)
from engine.matching.columns import FIXED, items, plain, told, value_of
from engine.matching.problem import Problem
from engine.people import Participant, Value

Profile = Mapping[str, Value]
"""A value for each column that a rule looks at."""

ANOTHER = "..."
"""Stands for a value that nobody here has."""

_MOST = 2_000


def profiles(problem: Problem, role: str) -> Iterator[Profile]:
    """Yield every profile that could make a difference in a role, up to a number.

    Columns come in the order of the rules, values in that of a scale or the alphabet.
    """
    values = candidates(problem, role)
    chosen = islice(product(*values.values()), _MOST)
    yield from (dict(zip(values, one, strict=True)) for one in chosen)


def candidates(problem: Problem, role: str) -> Mapping[str, Sequence[Value]]:
    """Return the values worth looking at of each column, where a rule looks at it."""
    rules: tuple[Condition | Together | Quota, ...] = problem.rules.require
    if role == problem.placed:
        rules = (*rules, *problem.rules.together, *problem.rules.quotas)
    found: dict[str, dict[Value, None]] = {}
    for rule in rules:
        column = _column(rule, role)
        if column is not None:
            values = found.setdefault(column, {})
            values.update(dict.fromkeys(_values(rule, column, problem)))
    return {column: tuple(values) for column, values in found.items() if values}


def _column(rule: Condition | Together | Quota, side: str) -> str | None:
    """Return what a rule looks at in people of a side, if it is anything of theirs."""
    match rule:
        case Alike() | Common() | Near() if side in (rule.between or (side,)):
            return rule.column
        case Above() if side in (rule.upper, rule.lower):
            return rule.column
        case Spread() | Single() | Mixed() | Quota():
            return rule.column
        case Limit() if rule.role == side and rule.column.partition(" as ")[2] != side:
            return rule.column
        case _:
            return None


def _values(
    rule: Condition | Together | Quota, column: str, problem: Problem
) -> Iterator[Value]:
    if isinstance(rule, Common):
        yield from _tags(rule, column, problem)
        return
    known = {
        key: value
        for one in reversed(problem.participants)
        if (key := told(value := value_of(one, column))) is not None
    }
    if isinstance(rule, Limit):
        yield rule.count
    elif isinstance(rule, Mixed):
        yield from rule.values
    elif isinstance(rule, Above) and rule.scale:
        yield from rule.scale
    elif isinstance(rule, Above):
        numbers = {one for one in known.values() if isinstance(one, int)}
        steps = {one for one in (rule.steps, rule.most) if one is not None}
        apart = {0, *steps, *(-one for one in steps)}
        yield from sorted({one + step for one in numbers for step in apart})
    else:
        yield from (known[key] for key in sorted(known, key=str))
        texts = all(isinstance(one, str) for one in known)
        parts = isinstance(rule, Spread | Quota) or (
            isinstance(rule, Alike) and not rule.same
        )
        if parts and texts:
            yield ANOTHER


def _tags(rule: Common, column: str, problem: Problem) -> Iterator[Value]:
    """Yield every tag alone; or what somebody here names, where one is too few."""
    named = [items(value_of(one, column)) for one in problem.participants]
    if rule.least == 1:
        yield from sorted({(plain(tag),) for tags in named for tag in tags})
        return
    several = {tuple(sorted(map(plain, tags))) for tags in named}
    yield from sorted(tags for tags in several if len(tags) >= (rule.least or 0))


@dataclass(frozen=True, kw_only=True, slots=True)
class Newcomers:
    """People who could join a side.

    Attributes:
        profiles: What each of them is told of.
    """

    profiles: Sequence[Profile]

    def people(self, side: str) -> tuple[Participant, ...]:
        """Return them as participants of a side."""
        return tuple(
            _somebody(number, side, profile)
            for number, profile in enumerate(self.profiles)
        )


def _somebody(number: int, side: str, profile: Profile) -> Participant:
    fixed = {column: f"{profile.get(column, '')}" for column in FIXED}
    return Participant(
        person=PersonId(f"new {number}"),
        id=f"new {number:04}",
        name="",
        email="",
        roles=(side,),
        language=fixed["language"],
        department=fixed["department"],
        values={one: value for one, value in profile.items() if one not in FIXED},
    )
