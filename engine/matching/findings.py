"""What a rule finds when it looks at two people: the ground of points and reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from engine.matching.clauses import (
    Above,
    Alike,
    Apart,
    Clause,
    Common,
    Covers,
    Even,
    Limit,
    Mutual,
    Near,
    Unnamed,
    Wished,
)
from engine.matching.columns import items, plain, told, value_of
from engine.matching.reporting import Lines
from engine.people import Participant, Value

Pair = Mapping[str, Participant]
"""People by their role, one each; a clause looks at two of them."""

Share = tuple[int, int]
"""How much of a clause is fulfilled: a part and the whole."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """Two values, and whether they are the same; None when one is not told."""

    values: tuple[Value, Value]
    same: bool | None
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """Two values, upper first, and the steps between; None when one is not told."""

    values: tuple[Value, Value]
    steps: int | None
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class InLine:
    """Whether one of them is above the other."""

    apart: bool
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """Whether one of them names the other."""

    named: bool
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Covered:
    """What is covered of what is wanted, in the order and spelling of who wants it."""

    covered: tuple[str, ...]
    wanted: tuple[str, ...]
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class WishRank:
    """Which wish the other one is, from 1; None when not among them."""

    rank: int | None
    wishes: int
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Overlap:
    """The tags that both name, or that only one does, of all that either names."""

    tags: tuple[str, ...]
    named: int
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Distance:
    """Two values, and the steps between; None when one is not told."""

    values: tuple[Value, Value]
    steps: int | None
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """A number, and whether it is as high or low as asked; None when not told."""

    column: str
    value: Value
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Of how many twos of a larger match a clause finds something.

    Attributes:
        gained: Those that it holds for, or that it gives points.
        twos: All that it looks at.
    """

    gained: int
    twos: int

    @property
    def share(self) -> Share:
        """How much of the clause is fulfilled."""
        return self.gained, self.twos


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """The values of all who share a role, as they are told, each once.

    Attributes:
        exceptions: How many are excused by the rule.
    """

    column: str
    values: tuple[Value, ...]
    exceptions: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """How many of those who share a role have each value there is."""

    column: str
    counts: tuple[tuple[Value, int], ...]


Finding = (
    Compared
    | Ranked
    | InLine
    | Naming
    | Covered
    | WishRank
    | Overlap
    | Distance
    | Measured
)


def find(clause: Clause, pair: Pair, lines: Lines) -> Finding:
    """Return what the clause finds; it holds in full when part and whole are equal."""
    match clause:
        case Alike() | Apart() | Unnamed() | Common() | Near():
            return _even(clause, pair, lines)
        case Above():
            return _rank(clause, pair)
        case Covers():
            return _cover(clause, pair)
        case Wished():
            return _wish(clause, pair)
        case Limit():
            return _measure(clause, pair)
        case _:
            assert_never(clause)


def holds(finding: Finding) -> bool:
    """Return whether a condition's finding meets it."""
    part, whole = finding.share
    return part == whole


def _even(clause: Even, pair: Pair, lines: Lines) -> Finding:
    match clause:
        case Alike():
            return _compare(clause, pair)
        case Common():
            return _overlap(clause, pair)
        case Near():
            return _distance(clause, pair)
        case _:
            return _mutual(clause, pair, lines)


def _compare(clause: Alike, pair: Pair) -> Compared:
    one, other = (
        value_of(member, clause.column) for member in _two(clause.between, pair)
    )
    known = told(one) is not None and told(other) is not None
    same = told(one) == told(other) if known else None
    return Compared(values=(one, other), same=same, share=(int(same is clause.same), 1))


def _mutual(clause: Mutual, pair: Pair, lines: Lines) -> InLine | Naming:
    one, other = _two(clause.between, pair)
    if isinstance(clause, Apart):
        left, right = one.person, other.person
        apart = left not in lines[right] and right not in lines[left]
        return InLine(apart=apart, share=(int(apart), 1))
    named = other.id in items(value_of(one, clause.column)) or one.id in items(
        value_of(other, clause.column)
    )
    return Naming(named=named, share=(int(not named), 1))


def _rank(clause: Above, pair: Pair) -> Ranked:
    upper, lower = (
        value_of(pair[role], clause.column) for role in (clause.upper, clause.lower)
    )
    high, low = (step_of(value, clause.scale) for value in (upper, lower))
    steps = None if high is None or low is None else high - low
    met = steps is not None and _between(clause.steps, steps, clause.most)
    return Ranked(values=(upper, lower), steps=steps, share=(int(met), 1))


def _between(least: int | None, steps: int, most: int | None) -> bool:
    return (least is None or least <= steps) and (most is None or steps <= most)


def step_of(value: Value, scale: tuple[str, ...]) -> int | None:
    """Return how high a value stands; None where it is not told or on no step."""
    if not scale:
        return value if isinstance(value, int) else None
    names = [plain(step) for step in scale]
    name = plain(value) if isinstance(value, str) else ""
    return names.index(name) if name in names else None


def _cover(clause: Covers, pair: Pair) -> Covered:
    wanted = items(value_of(pair[clause.taker], clause.wanted))
    offered = {
        plain(tag) for tag in items(value_of(pair[clause.giver], clause.offered))
    }
    covered = tuple(tag for tag in wanted if plain(tag) in offered)
    return Covered(covered=covered, wanted=wanted, share=(len(covered), len(wanted)))


def _wish(clause: Wished, pair: Pair) -> WishRank:
    wishes = items(value_of(pair[clause.by], clause.column))[: clause.up_to]
    other = pair[clause.of or next(role for role in pair if role != clause.by)]
    whole = clause.up_to or len(wishes)
    if other.id not in wishes:
        return WishRank(rank=None, wishes=len(wishes), share=(0, whole))
    rank = wishes.index(other.id) + 1
    return WishRank(rank=rank, wishes=len(wishes), share=(whole - rank + 1, whole))


def _overlap(clause: Common, pair: Pair) -> Overlap:
    one, other = (
        {plain(tag): tag for tag in items(value_of(who, clause.column))}
        for who in _two(clause.between, pair)
    )
    every = {**other, **one}
    both = one.keys() & other.keys()
    tags = tuple(tag for key, tag in every.items() if (key in both) != clause.apart)
    share = (len(tags), len(every))
    if clause.least is not None:
        share = (int(len(tags) >= clause.least), 1)
    return Overlap(tags=tags, named=len(every), share=share)


def _distance(clause: Near, pair: Pair) -> Distance:
    one, other = (value_of(who, clause.column) for who in _two(clause.between, pair))
    here, there = (step_of(value, clause.scale) for value in (one, other))
    steps = None if here is None or there is None else abs(here - there)
    beyond = clause.within + 1
    share = (0 if steps is None else max(0, beyond - steps), beyond)
    if not clause.graded:
        share = (int(share[0] > 0), 1)
    return Distance(values=(one, other), steps=steps, share=share)


def _measure(clause: Limit, pair: Pair) -> Measured:
    value = value_of(pair[clause.role], clause.column)
    share = (int(meets(clause, value)), 1)
    return Measured(column=clause.column, value=value, share=share)


def meets(clause: Limit, value: Value) -> bool:
    """Return whether a number is within the limit; one that is not told is not."""
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    return value <= clause.count if clause.most else value >= clause.count


def _two(between: tuple[str, ...], pair: Pair) -> tuple[Participant, ...]:
    return tuple(pair[role] for role in between or pair)
