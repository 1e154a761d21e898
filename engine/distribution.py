"""How a cohort's people and matches are spread over departments, genders and levels."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.matching.columns import plain, told, value_of
from engine.matching.result import Members
from engine.people import Participant, Value
from engine.record import Record
from engine.spec.matches import MatchPart
from engine.spec.programme import ColumnPart

DEPARTMENT = "department"
_SPREAD = ("text", "yes or no", "scale")
_VALUES = 12
"""More values than these say nothing about a spread: each person may have their own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Portion:
    """People of one role who have the same in a column.

    Attributes:
        value: As the first of them has it; None where it is not told.
        people: How many there are.
        matched: How many of them are in a match.
    """

    role: str
    column: str
    value: Value
    people: int
    matched: int


def distribution(
    record: Record, kind: str, matches: Iterable[Members]
) -> tuple[Portion, ...]:
    """Return who there is and who is matched, by role and by every column that sorts.

    Roles stand in the order of the spec, and values in that of a scale, or else of
    letters. A column that sorts nobody, such as one of names, is left out.
    """
    programme = record.frozen.programme
    part = programme.matches[kind]
    inside = {
        (role, one)
        for match in matches
        for role, those in match.items()
        for one in those
    }
    return tuple(
        portion
        for role in _sought(part)
        for column in (DEPARTMENT, *programme.columns)
        for portion in _portions(
            role,
            column,
            programme.columns.get(column),
            [
                (one, (role, one.person) in inside)
                for one in record.participants
                if role in one.roles
            ],
        )
    )


def _sought(part: MatchPart) -> Iterator[str]:
    """Yield the roles whose people look for a match; a manager comes with theirs."""
    for role in part.everybody:
        if not (part.shape == "trios" and role == part.roles[1]):
            yield role


def _portions(
    role: str,
    column: str,
    part: ColumnPart | None,
    people: Iterable[tuple[Participant, bool]],
) -> Iterator[Portion]:
    if part is not None and part.type not in _SPREAD:
        return
    found: dict[str | int | None, list[tuple[Value, bool]]] = {}
    for one, matched in people:
        value = value_of(one, column)
        found.setdefault(told(value), []).append((value, matched))
    if not 1 < len(found) <= _VALUES or all(len(one) == 1 for one in found.values()):
        return
    for key in sorted(found, key=lambda one: _place(one, part)):
        yield Portion(
            role=role,
            column=column,
            value=None if key is None else found[key][0][0],
            people=len(found[key]),
            matched=sum(matched for _, matched in found[key]),
        )


def _place(key: str | int | None, part: ColumnPart | None) -> tuple[bool, int, str]:
    """Return where a value stands: on its scale or among letters; untold ones last."""
    steps: Mapping[str, int] = {}
    if part is not None:
        steps = {plain(step): place for place, step in enumerate(part.values)}
    word = str(key)
    return key is None, steps.get(word, len(steps)), word
