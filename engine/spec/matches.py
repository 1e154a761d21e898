"""A kind of match as a spec file tells it: who belongs together, and how many."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, Self, TypeVar

from pydantic import Field

from engine.spec.model import SpecPart
from engine.spec.spans import NUMBER, Written, number, refuse

ShapeName = Literal["pairs", "groups", "trios", "buddies", "networks"]

ROLES: Final[Mapping[ShapeName, tuple[str, ...]]] = {
    "pairs": ("mentor", "mentee"),
    "groups": ("mentor", "mentee"),
    "trios": ("talent", "manager", "mentor"),
    "buddies": ("talent",),
    "networks": ("member",),
}
"""What roles are called where a programme has no names of its own, in their order."""

_SIZE = re.compile(rf"({NUMBER})(?: to ({NUMBER}))? (\S+)(?: to (?:1|one|an?) (\S+))?")
_EVERYONE = "everyone"

Who = TypeVar("Who")


@dataclass(frozen=True, slots=True)
class Size(Written):
    """How many are in a match: `4 to 6 mentees to 1 mentor` or `6 to 8 members`.

    Attributes:
        least, most: How many of those who are placed, in the plural.
        leader: The role of the one they are placed with; empty where there is none.
    """

    least: int
    most: int
    plural: str
    leader: str

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        count = f"{self.most}"
        if self.least != self.most:
            count = f"{self.least} to {self.most}"
        return f"{count} {self.plural}" + (f" to 1 {self.leader}" * bool(self.leader))

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the size of a phrase; a single number is least and most."""
        found = _SIZE.fullmatch(phrase)
        if not found or 0 in (number(found[1]), number(found[2] or "1")):
            raise refuse(
                f"{phrase!r} is not a size",
                "write, for example, `6 mentees to 1 mentor` or `6 to 8 members`",
            )
        least = number(found[1])
        most = number(found[2]) if found[2] else least
        if least > most:
            raise refuse(
                f"{phrase!r} runs backwards",
                f"write `{most} to {least} {found[3]}`",
            )
        return cls(least, most, found[3], found[4] or "")


@dataclass(frozen=True, slots=True)
class Confirmation(Written):
    """Who is asked before a match is agreed, and in which order.

    Attributes:
        turns: Roles, one after the other; empty where everyone is asked at once.
    """

    turns: tuple[str, ...]

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        first, *later = self.turns or (_EVERYONE,)
        if not later and self.turns:
            return f"{first} alone"
        return ", then ".join([f"{first} first" if later else first, *later])

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return who is asked in which order."""
        if phrase == _EVERYONE:
            return cls(())
        if alone := re.fullmatch(r"(\S+) alone", phrase):
            return cls((alone[1],))
        found = re.fullmatch(r"(\S+) first((?:, then [^\s,]+)+)", phrase)
        turns = (found[1], *found[2].split(", then ")[1:]) if found else ()
        if len(set(turns)) != len(turns) or not turns:
            raise refuse(
                f"{phrase!r} does not say who is asked",
                "write, for example, `mentor first, then mentee`, or `everyone`",
            )
        return cls(turns)

    def asked(
        self, members: Mapping[str, tuple[Who, ...]]
    ) -> tuple[tuple[Who, ...], ...]:
        """Return who of a match is asked in each turn; the others are not asked."""
        if not self.turns:
            return (tuple(one for role in members.values() for one in role),)
        return tuple(members.get(role, ()) for role in self.turns)


class MatchPart(SpecPart):
    """A kind of match: who belongs together, and what makes a good one."""

    shape: ShapeName = Field(description="How many of each role.", examples=["pairs"])
    roles: tuple[str, ...] = Field(
        default=ROLES["pairs"],
        description="Who is in it, in the singular; how many roles is the shape's.",
        examples=[["mentor", "mentee"]],
    )
    size: Size | None = Field(
        default=None,
        description="How many are in a group or network.",
        examples=["6 mentees to 1 mentor"],
    )
    joined_by: str | None = Field(
        default=None,
        description="The role whose people are shared out over the networks.",
        examples=["consultant"],
    )
    require: tuple[Mapping[str, str], ...] = Field(
        default=(), description="Rules that no match may break."
    )
    prefer: tuple[Mapping[str, int], ...] = Field(
        default=(), description="What makes a match better, and how much."
    )
    aim: tuple[str, ...] = Field(
        default=("everyone matched", "worst match as good as possible", "best total"),
        description="What is looked for, the most important first.",
    )
    approval: Literal["coordinator"] = Field(
        default="coordinator", description="Who says yes to the proposal."
    )
    confirm: Confirmation | None = Field(
        default=None,
        description="Who is asked before anybody else is told; else nobody is.",
        examples=["mentor first, then mentee"],
    )
    when_someone_leaves: Literal["refill", "never refill", "rematch"] | None = Field(
        default=None, description="What becomes of the place of somebody who leaves."
    )

    @property
    def everybody(self) -> tuple[str, ...]:
        """Every role whose people are in a match, those who join it last."""
        joining = self.joined_by if self.shape == "networks" else None
        return (*self.roles, *((joining,) if joining else ()))

    @property
    def placed(self) -> str:
        """The role whose people are each in one match at most."""
        return self.roles[1 if self.shape in ("pairs", "groups") else 0]

    @property
    def many(self) -> str | None:
        """The role that several of a match have beside others; None without one."""
        return self.placed if self.shape in ("groups", "networks") else None

    @property
    def repeated(self) -> str | None:
        """The role whose people have a capacity; None where there is none."""
        at = {"pairs": 0, "groups": 0, "trios": 2}.get(self.shape)
        return None if at is None else self.roles[at]

    def asked(
        self, members: Mapping[str, tuple[Who, ...]]
    ) -> tuple[tuple[Who, ...], ...]:
        """Return who of a match is asked for a yes, turn by turn."""
        return self.confirm.asked(members) if self.confirm else ()
