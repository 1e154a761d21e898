"""What a rule finds when it looks at two people: the ground of points and reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from engine.matching.clauses import Above, Alike, Apart, Clause, Covers, Wished
from engine.matching.columns import items, plain, told, value_of
from engine.matching.reporting import Lines
from engine.people import Participant, Value

Pair = Mapping[str, Participant]
"""Two people by their role, in the order of the sides."""

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


Finding = Compared | Ranked | InLine | Covered | WishRank


def find(clause: Clause, pair: Pair, lines: Lines) -> Finding:
    """Return what the clause finds; it holds in full when part and whole are equal."""
    match clause:
        case Alike():
            return _compare(clause, pair)
        case Apart():
            one, other = (member.person for member in pair.values())
            apart = one not in lines[other] and other not in lines[one]
            return InLine(apart=apart, share=(int(apart), 1))
        case Above():
            return _rank(clause, pair)
        case Covers():
            return _cover(clause, pair)
        case Wished():
            return _wish(clause, pair)
        case _:
            assert_never(clause)


def holds(finding: Finding) -> bool:
    """Return whether a condition's finding meets it."""
    part, whole = finding.share
    return part == whole


def _compare(clause: Alike, pair: Pair) -> Compared:
    one, other = (value_of(member, clause.column) for member in pair.values())
    known = told(one) is not None and told(other) is not None
    same = told(one) == told(other) if known else None
    return Compared(values=(one, other), same=same, share=(int(same is clause.same), 1))


def _rank(clause: Above, pair: Pair) -> Ranked:
    upper, lower = (
        value_of(pair[role], clause.column) for role in (clause.upper, clause.lower)
    )
    high, low = (_step(value, clause.scale) for value in (upper, lower))
    steps = None if high is None or low is None else high - low
    met = steps is not None and steps >= clause.steps
    return Ranked(values=(upper, lower), steps=steps, share=(int(met), 1))


def _step(value: Value, scale: tuple[str, ...]) -> int | None:
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
    other = next(pair[role] for role in pair if role != clause.by)
    whole = clause.up_to or len(wishes)
    if other.id not in wishes:
        return WishRank(rank=None, wishes=len(wishes), share=(0, whole))
    rank = wishes.index(other.id) + 1
    return WishRank(rank=rank, wishes=len(wishes), share=(whole - rank + 1, whole))
