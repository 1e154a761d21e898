"""The rule sentences about people who share a role, and about one person alone."""

import re
from collections.abc import Callable
from typing import Final

from engine.matching.clauses import (
    Apart,
    Limit,
    Mixed,
    Quota,
    Several,
    Single,
    Spread,
    Together,
    Unnamed,
    Unswapped,
)
from engine.matching.columns import COMPARABLE, RUNNING, Kind, running_as
from engine.matching.faults import RuleError, suggest

FindColumn = Callable[[str, tuple[Kind, ...]], str]
"""Returns the column that a word names, which has to be of one of these kinds."""

FindSteps = Callable[[str], tuple[str, ...]]
"""Returns the steps of a scale; of any other column there are none."""

APART: Final = "outside each other's reporting line"
UNNAMED: Final = re.compile(r"not among each other's (?P<column>.+)")
_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_TWO = 2
COUNT = rf"(?:\d+|{'|'.join(_NUMBERS)})"
_EXCEPT = rf"(?:, (?P<exceptions>{COUNT}) exceptions? in the cohort)?"
_DIFFERENT = re.compile(rf"different (?P<column>.+?){_EXCEPT}")
_AT_MOST = re.compile(
    rf"at most (?P<most>{COUNT}) from the same (?P<column>.+?){_EXCEPT}"
)
_EACH = re.compile(rf"at least (?P<least>{COUNT}) of each (?P<column>.+)")
_SAME = re.compile(r"(?:one|(?:the )?same) (?P<column>.+)")
_QUOTA = re.compile(
    rf"at (?P<bound>least|most) (?P<count>{COUNT}) "
    r"from (?:one|each|the same) (?P<column>.+)"
)
_LIMIT = re.compile(rf"at (?P<bound>least|most) (?P<count>{COUNT}) (?P<column>.+)")


def together_rule(
    sentence: str, column: FindColumn, steps: FindSteps, *, loose: bool
) -> Together:
    """Return what those who share a role have to be to each other.

    Args:
        sentence: Such as `different departments, one exception in the cohort`.
        column: How columns are found.
        steps: What the values of a column are.
        loose: Whether there may be exceptions, and more than one of a kind.
    """
    if sentence == APART:
        return Apart(sentence=sentence)
    if found := UNNAMED.fullmatch(sentence):
        return unnamed_rule(found, column)
    if found := _SAME.fullmatch(sentence):
        name = column(found["column"], COMPARABLE)
        return Single(column=name, sentence=sentence)
    if found := _DIFFERENT.fullmatch(sentence) or _AT_MOST.fullmatch(sentence):
        return _spread(found, column, loose=loose)
    if loose and (found := _EACH.fullmatch(sentence)):
        name = column(found["column"], ("scale", "yes or no"))
        return Mixed(
            column=name,
            least=number_of(found["least"]),
            values=steps(name) or (True, False),
            sentence=sentence,
        )
    raise RuleError(
        problem=f'"{sentence}" is not a rule',
        remedy=suggest(sentence, _examples(loose=loose)),
    )


def _spread(found: re.Match[str], column: FindColumn, *, loose: bool) -> Spread:
    told, sentence = found.groupdict(), found[0]
    most, exceptions = number_of(told.get("most") or "1"), told["exceptions"]
    rule = Spread(
        column=column(told["column"], COMPARABLE),
        sentence=sentence,
        most=most,
        exceptions=number_of(exceptions or "0"),
    )
    if not loose and (rule.most, rule.exceptions) != (1, 0):
        raise RuleError(
            problem=f'"{sentence}" is more than two can keep',
            remedy=f'write "different {told["column"]}"',
        )
    return rule


def unnamed_rule(found: re.Match[str], column: FindColumn) -> Unnamed:
    """Return that neither of two names the other in a column of people."""
    return Unnamed(column=column(found["column"], ("people",)), sentence=found[0])


def limit_rule(role: str, sentence: str, column: FindColumn) -> Limit:
    """Return the least or most that somebody has of something."""
    found = _LIMIT.fullmatch(sentence)
    if found is None:
        raise RuleError(
            problem=f'"{sentence}" is not a rule about one {role}',
            remedy='write, for example, "at least 2 years" about a number column',
        )
    most, running = found["bound"] == "most", found["column"] == RUNNING
    if running and not most:
        raise RuleError(
            problem=f'"{sentence}" would turn every new {role} away',
            remedy=f'write "at most {found["count"]} {RUNNING}"',
        )
    return Limit(
        role=role,
        column=running_as(role) if running else column(found["column"], ("number",)),
        count=number_of(found["count"]),
        most=most,
        sentence=sentence,
    )


def quota_rule(role: str, sentence: str, column: FindColumn) -> Quota:
    """Return how many of one value are to be placed, or may be."""
    found = _QUOTA.fullmatch(sentence)
    if found is None:
        raise RuleError(
            problem=f'"{sentence}" does not say how many {role}s from where',
            remedy='write, for example, "at most 3 from one department" or "at least 2 '
            'from each department"',
        )
    return Quota(
        role=role,
        column=column(found["column"], COMPARABLE),
        count=number_of(found["count"]),
        most=found["bound"] == "most",
        sentence=sentence,
    )


def several_rule(role: str, sentence: str, other: str) -> Several:
    """Return how many of the other side everybody in a role has."""
    found = re.fullmatch(rf"(?P<count>{COUNT}) {re.escape(other)}s", sentence)
    if found is None or number_of(found["count"]) < _TWO:
        raise RuleError(
            problem=f'"{sentence}" is not how many {other}s each {role} has',
            remedy=f'write, for example, "2 {other}s"',
        )
    return Several(role=role, count=number_of(found["count"]), sentence=sentence)


def unswapped_rule(sentence: str, known: str) -> Unswapped:
    """Return that no two managers mentor each other's talents."""
    if sentence != known:
        raise RuleError(
            problem=f'"{sentence}" is not a rule', remedy=f'write "{known}"'
        )
    return Unswapped(sentence=sentence)


def _examples(*, loose: bool) -> tuple[str, ...]:
    plain = (APART, "different departments", "same department")
    if not loose:
        return plain
    return (
        *plain,
        "different departments, one exception in the cohort",
        "at most 2 from the same department",
        "at least 2 of each gender",
    )


def number_of(word: str) -> int:
    """Return the number that a word or digits stand for."""
    return _NUMBERS.index(word) if word in _NUMBERS else int(word)
