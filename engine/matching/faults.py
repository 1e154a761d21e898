"""What is wrong with the rules of a match, in words for a coordinator."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Where = tuple[Literal["require", "prefer", "aim"], int]
"""The list of the spec and the index in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One entry that cannot be used, and what would be right."""

    where: Where
    problem: str
    remedy: str


class RuleError(Exception):
    """One sentence is not understood.

    Attributes:
        problem: What is wrong.
        remedy: What would be right.
    """

    def __init__(self, *, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem}; {remedy}")


class RulesError(Exception):
    """The rules or aims of a match cannot be used.

    Attributes:
        faults: Every fault, in the order of the spec.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        lines = (
            f"{fault.where[0]}[{fault.where[1]}]: {fault.problem}; {fault.remedy}"
            for fault in faults
        )
        super().__init__("\n".join(lines))


def suggest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return a remedy: the nearest known word, or all of them when none is near."""
    choices = tuple(known)
    near = difflib.get_close_matches(word, choices, n=1, cutoff=cutoff)
    if near:
        return f'did you mean "{near[0]}"?'
    if not choices:
        return "there is none to choose from"
    return "write one of: " + ", ".join(f'"{choice}"' for choice in choices)
