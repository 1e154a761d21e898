"""How many of which people are asked for: `1 woman and 1 man`."""

import re
from dataclasses import dataclass
from typing import Self

from engine.spec.spans import NUMBER, Written, number, refuse

ANYBODY = ("person", "people")
"""The words that stand for people of whatever kind."""

_PIECE = re.compile(rf"({NUMBER}) (.+)")
_JOINT = re.compile(r", | and ")


@dataclass(frozen=True, slots=True)
class Quota(Written):
    """How many of each kind of people, such as `1 woman and 1 man` or `2 people`.

    Attributes:
        parts: A number, and a step of a scale of the participants file.
    """

    parts: tuple[tuple[int, str], ...]

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        *before, last = (f"{count} {kind}" for count, kind in self.parts)
        return f"{', '.join(before)} and {last}" if before else last

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of people that are told apart; none where anybody counts."""
        return tuple(kind for _, kind in self.parts if kind not in ANYBODY)

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return how many of each kind; a kind is named once."""
        found = [_PIECE.fullmatch(piece) for piece in _JOINT.split(phrase)]
        parts = tuple((number(one[1]), one[2]) for one in found if one)
        kinds = [kind for _, kind in parts]
        if len(parts) < len(found) or any(count == 0 for count, _ in parts):
            raise refuse(
                f"{phrase!r} is not how many of whom",
                "write, for example, `1 woman and 1 man` or `2 people`",
            )
        if len({*kinds}) < len(kinds) or (len(kinds) > 1 and {*kinds} & {*ANYBODY}):
            raise refuse(
                f"{phrase!r} counts somebody twice",
                "name each kind of people once, or write `2 people`",
            )
        return cls(parts)
