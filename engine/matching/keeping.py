"""Whether people keep a rule: a second opinion, apart from the scoring of matches."""

from collections.abc import Mapping, Sequence
from email.utils import parseaddr
from typing import assert_never

from engine.ids import PersonId
from engine.matching.clauses import (
    Above,
    Alike,
    Apart,
    Common,
    Condition,
    Even,
    Limit,
    Mutual,
    Near,
    Unnamed,
)
from engine.people import Participant

People = Mapping[PersonId, Participant]
"""Everyone of the cohort."""


def keeps(
    rule: Condition,
    pair: Mapping[str, Participant],
    people: Mapping[PersonId, Participant],
) -> bool:
    """Return whether people, one of each role, keep a rule."""
    match rule:
        case Apart() | Unnamed() | Alike() | Common() | Near():
            return _keeps_even(
                rule, [pair[one] for one in rule.between or pair], people
            )
        case Above():
            high = _height(rule, pair[rule.upper])
            low = _height(rule, pair[rule.lower])
            if high is None or low is None:
                return False
            enough = rule.steps is None or high >= low + rule.steps
            return enough and (rule.most is None or high <= low + rule.most)
        case Limit():
            number = _number(cell(pair[rule.role], rule.column))
            return number is not None and (
                number <= rule.count if rule.most else number >= rule.count
            )
        case _:
            assert_never(rule)


def _keeps_even(rule: Even, two: Sequence[Participant], people: People) -> bool:
    """Return whether two keep a rule that looks at both in the same way."""
    one, other = two
    match rule:
        case Apart() | Unnamed():
            there = offends(rule, one, other, people)
            return not (there or offends(rule, other, one, people))
        case Alike():
            left, right = cell(one, rule.column), cell(other, rule.column)
            return "" not in {left, right} and (left == right) == rule.same
        case Common():
            both = _tags(one, rule.column) & _tags(other, rule.column)
            return len(both) >= (rule.least or 0)
        case Near():
            here, there_ = _height(rule, one), _height(rule, other)
            known = here is not None and there_ is not None
            return known and abs((here or 0) - (there_ or 0)) <= rule.within


def offends(
    rule: Mutual,
    one: Participant,
    other: Participant,
    people: Mapping[PersonId, Participant],
) -> bool:
    """Return whether `one` reports to `other`, or names them, as the rule forbids."""
    if isinstance(rule, Apart):
        return _reports(one, other, people)
    named = one.values.get(rule.column)
    return isinstance(named, tuple) and other.id in named


def _reports(
    one: Participant, boss: Participant, people: Mapping[PersonId, Participant]
) -> bool:
    """Climb from `one`, a manager at a time, and see whether `boss` is met."""
    met: set[PersonId] = set()
    current: Participant | None = one
    while current is not None and current.person not in met:
        met.add(current.person)
        current = manager_of(current, people)
        if current is not None and current.person == boss.person:
            return True
    return False


def manager_of(
    one: Participant, people: Mapping[PersonId, Participant]
) -> Participant | None:
    """Return somebody's nearest manager, if that one takes part."""
    address = parseaddr(one.manager)[1].lower()
    named = [other for other in people.values() if other.id == one.manager]
    written = [other for other in people.values() if other.email.lower() == address]
    return next(iter(named or (written if address else ())), None)


def cell(one: Participant, column: str) -> str:
    """Return the value as one comparable text; empty when it is not told."""
    fixed = {"department": one.department, "language": one.language}
    value = fixed[column] if column in fixed else one.values.get(column)
    return "" if value is None else _plain(str(value))


def _tags(one: Participant, column: str) -> set[str]:
    value = one.values.get(column)
    tags = value if isinstance(value, tuple) else ()
    return {_plain(tag) for tag in tags} - {""}


def _height(rule: Above | Near, one: Participant) -> int | None:
    step = cell(one, rule.column)
    if not rule.scale:
        return _number(step)
    heights = {_plain(name): height for height, name in enumerate(rule.scale)}
    return heights.get(step)


def _number(written: str) -> int | None:
    return int(written) if written.removeprefix("-").isdecimal() else None


def _plain(text: str) -> str:
    """Return a text without regard to case and spacing."""
    return " ".join(text.split()).casefold()
