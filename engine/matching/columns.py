"""Which columns of the people file a rule may name, and what stands in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from engine.people import Participant, Value

Kind = Literal["text", "number", "yes or no", "scale", "tags", "people"]

COMPARABLE: tuple[Kind, ...] = ("text", "number", "yes or no", "scale")
"""Kinds whose values are the same or differ."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column that a programme declares beside the fixed ones.

    Attributes:
        values: Steps of a scale, lowest first; empty for other kinds.
        up_to: How many tags or people a cell holds at most; None for any number.
    """

    kind: Kind
    values: tuple[str, ...] = ()
    up_to: int | None = None


FIXED: Mapping[str, Column] = {
    "department": Column(kind="text"),
    "language": Column(kind="text"),
}
"""Columns that every people file has and a rule may name."""


LEFT_OUT = "left out last time"
"""A yes-or-no column that tells who goes before others, where records do not."""

RUNNING = "years running"
"""A number that records tell of everybody, this year included, for each role."""


def running_as(role: str) -> str:
    """Return the name under which the years running in a role are known.

    A number column of this name tells them where records do not.
    """
    return f"{RUNNING} as {role}"


def known_columns(declared: Mapping[str, Column]) -> Mapping[str, Column]:
    """Return fixed and declared columns together; a fixed one keeps its name."""
    return {**declared, **FIXED}


def column_named(word: str, declared: Mapping[str, Column]) -> str | None:
    """Return the column that `word` names, also in the plural: `departments`."""
    known = known_columns(declared)
    singulars = (word, word.removesuffix("s"), word.removesuffix("ies") + "y")
    return next((name for name in singulars if name in known), None)


def value_of(participant: Participant, column: str) -> Value:
    """Return the participant's cell in a fixed or declared column."""
    match column:
        case "department":
            return participant.department
        case "language":
            return participant.language
        case _:
            return participant.values.get(column)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text as it is compared: without regard to case or spacing."""
    return " ".join(text.split()).casefold()


def told(value: Value) -> str | int | None:
    """Return a single value as it is compared, or None when nothing is told."""
    if isinstance(value, str):
        return plain(value) or None
    return None if isinstance(value, tuple) else value


def items(value: Value) -> tuple[str, ...]:
    """Return the tags or people of a cell, as written, each once and in order."""
    return _each_once(value) if isinstance(value, tuple) else ()


@lru_cache(maxsize=1 << 16)
def _each_once(listed: tuple[str, ...]) -> tuple[str, ...]:
    unique = {plain(item): item.strip() for item in reversed(listed) if plain(item)}
    return tuple(reversed(unique.values()))
