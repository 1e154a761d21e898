"""The rules of a match as values: what is required, and what is preferred how much."""

from dataclasses import dataclass, replace

POINTS_PER_WEIGHT = 100
"""What a preference of weight 1 gives to a pair that fulfils it in full.

A share of it is rounded to the nearest point, halves upwards.
"""

MAX_WEIGHT = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """Both sides have the same value in a column, or different ones.

    A value that is not told is neither the same as another nor different from it.

    Attributes:
        between: The two roles, where a match has more.
    """

    column: str
    same: bool
    sentence: str
    between: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Apart:
    """Neither is a manager of the other, nor their manager's manager, and so on.

    Attributes:
        between: The two roles, where a match has more.
    """

    sentence: str
    between: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Unnamed:
    """Neither names the other in a column of people, such as `close to`.

    Who names nobody is close to nobody.

    Attributes:
        between: The two roles, where a match has more.
    """

    column: str
    sentence: str
    between: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Common:
    """Both name the same tags, or, to complement each other, different ones.

    In full where neither names anything else; who names nothing has nothing in common.

    Attributes:
        least: So many tags in common are enough, and fewer are none; None where the
            share counts.
        apart: Whether it is the share that only one of them names.
        between: The two roles, where a match has more.
    """

    column: str
    sentence: str
    least: int | None = None
    apart: bool = False
    between: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Near:
    """Both are near each other on a scale, or by a number.

    Attributes:
        within: So many steps apart are near.
        graded: Whether it is in full on the same step, and then linearly less to none
            one step beyond; else it holds or does not.
        scale: Steps of the scale, lowest first; empty where the column is a number.
        between: The two roles, where a match has more.
    """

    column: str
    within: int
    graded: bool
    scale: tuple[str, ...]
    sentence: str
    between: tuple[str, ...] = ()


Mutual = Apart | Unnamed
"""What two are to each other, whichever is which; of sides, or of who shares a role."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Above:
    """One side stands at least `steps` above the other; 0 allows the same step.

    Attributes:
        steps: None where only `most` counts.
        most: How many steps above at most; None for any number.
        scale: Steps of the scale, lowest first; empty where the column is a number.
    """

    upper: str
    lower: str
    column: str
    steps: int | None
    scale: tuple[str, ...]
    sentence: str
    most: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Covers:
    """What the one offers covers what the other wants, in part or in full.

    Who wants nothing gives no points: there is nothing to cover.
    """

    giver: str
    offered: str
    taker: str
    wanted: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Wished:
    """The one wished for the other: in full for the first wish, then linearly less.

    Attributes:
        up_to: Wishes that count; None when the column sets no limit, and then the
            number of wishes that the person named.
        of: Who is wished for, where a match has more than two roles.
    """

    by: str
    column: str
    up_to: int | None
    sentence: str
    of: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """Who has a role has so much of something at least, or at most.

    A number that is not told is neither.
    """

    role: str
    column: str
    count: int
    most: bool
    sentence: str


Even = Alike | Mutual | Common | Near
"""What two are to each other by values or by names, whichever of them is which."""

Condition = Even | Above | Limit
"""What holds or does not of a match's two; may be required."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """No more than so many of a match have the same value in a column.

    Each one above that is an exception, and so is each whose value is not told.

    Attributes:
        exceptions: How many there may be in the whole cohort.
    """

    column: str
    sentence: str
    most: int = 1
    exceptions: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Single:
    """All of a match have the same value in a column, which has to be told."""

    column: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Mixed:
    """Of each step of a scale, or of yes and no, at least so many are in a match.

    Whose value is not told counts for none of them.

    Attributes:
        values: Every value, as the programme declares it.
    """

    column: str
    least: int
    values: tuple[str | bool, ...]
    sentence: str


Together = Spread | Single | Mixed | Mutual
"""What those who share a role in a match have to be to each other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unswapped:
    """No two managers are mentors of a talent of each other."""

    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Quota:
    """Of those with one value in a column at least, or at most, so many are placed.

    Those whose value is not told count together, and need not be any.
    """

    role: str
    column: str
    count: int
    most: bool
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Several:
    """Everybody who is placed has so many of the first side, each in a match of two.

    As many as can be have one at all, before anybody has more.
    """

    role: str
    count: int
    sentence: str


Clause = Condition | Covers | Wished


@dataclass(frozen=True, kw_only=True, slots=True)
class Preference:
    """A clause and its weight."""

    clause: Clause
    weight: int

    @property
    def most(self) -> int:
        """Points of a pair that fulfils it in full."""
        return self.weight * POINTS_PER_WEIGHT


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """Everything that a match is judged by.

    Attributes:
        require, prefer: Of each two of different sides.
        together: Of all who share a role in a match.
        swaps: What two matches of three must not be to each other.
        quotas: How many of whom are placed, all of them of one column.
        several: How many of the first side everybody has, where that is not one.
    """

    require: tuple[Condition, ...] = ()
    prefer: tuple[Preference, ...] = ()
    together: tuple[Together, ...] = ()
    swaps: Unswapped | None = None
    quotas: tuple[Quota, ...] = ()
    several: Several | None = None

    def without(self, rule: "Rule") -> "Rules":
        """Return the rules with this one waived."""
        return replace(
            self,
            require=tuple(one for one in self.require if one != rule),
            together=tuple(one for one in self.together if one != rule),
            swaps=None if self.swaps == rule else self.swaps,
            quotas=tuple(one for one in self.quotas if one != rule),
            several=None if self.several == rule else self.several,
        )


Rule = Condition | Together | Unswapped | Quota | Several
"""Anything that may be required."""
