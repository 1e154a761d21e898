"""What to propose where two of a proposal are kept apart, and the rest is to stay."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product

from engine.facts import Pairing, Proposed, Two
from engine.ids import PersonId
from engine.matching import (
    ALIKE,
    UNMET,
    Match,
    Problem,
    Solution,
    check,
    rate,
    solve_anyway,
)
from engine.matching.result import Members
from engine.problems import problem
from engine.record import Record

_BY_HAND = {"rule", "members", "capacity"}
"""What a match may break by itself that the coordinator proposed all the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Worth:
    """Matches of a proposal, and what they come to."""

    matches: tuple[Match, ...]

    @property
    def total(self) -> int:
        """Points of all of them."""
        return sum(one.points for one in self.matches)

    @property
    def worst(self) -> int | None:
        """Points of the worst of them."""
        return min((one.points for one in self.matches), default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reproposal:
    """What keeps as much of a proposal as can be, beside what is best freely.

    Attributes:
        asked: What is to be matched.
        laid: What waited to be approved.
        before: The same, in the points that it was proposed with.
        then: What would wait instead.
        solution: The same as a solver found it, but for what stays by hand.
        freely: The best where nothing is to stay.
    """

    asked: Problem
    laid: Proposed
    before: Worth
    then: Worth
    solution: Solution
    freely: Solution

    @property
    def left(self) -> tuple[PersonId, ...]:
        """Who of those placed would have no match any more, and takes part."""
        role = self.asked.placed
        before, after = (
            [one for match in those.matches for one in match.members.get(role, ())]
            for those in (self.before, self.then)
        )
        there = {one.person for one in self.asked.having(role)}
        return tuple(one for one in before if one in there and one not in after)

    @property
    def proposed(self) -> Proposed:
        """What would wait to be approved, as a fact."""
        return Proposed(
            kind=self.laid.kind,
            matches=tuple(
                Pairing(members=one.members, points=one.points)
                for one in self.then.matches
            ),
            unmatched=tuple(one.person for one in self.solution.unmatched),
        )


def reproposed(record: Record, kind: str) -> Reproposal:
    """Return what parts the fewest of a proposal, now that some of it cannot be.

    As many as can be are matched; of all answers that do so, it is the best among those
    that part the fewest who were to be together: two of pairs, trios and buddies, a
    leader and a member of groups. Of networks the most people stay in their own. What
    the coordinator proposed against a rule stays as it is.

    Raises:
        AssertionError: If the independent check finds a broken rule: our own fault.
    """
    laid, asked = record.state.proposed[kind], problem(record, kind)
    those = [one.members for one in laid.matches]
    by_hand = [one for one in those if _is_by_hand(asked, one)]
    rest = (one for one in those if one not in by_hand)
    left = replace(
        problem(record, kind, beside=by_hand),
        running=frozenset(two for one in rest for two in _together(asked, one)),
        moving=True,
    )
    seed = record.id.encode()
    solution = solve_anyway(left, seed=seed)
    found = check(left, [match.members for match in solution.matches])
    if breaches := [one for one in found if one.kind not in UNMET]:
        raise AssertionError(breaches)
    return Reproposal(
        asked=asked,
        laid=laid,
        before=Worth(matches=tuple(map(_as_laid, laid.matches))),
        then=Worth(matches=(*(rate(asked, one) for one in by_hand), *solution.matches)),
        solution=solution,
        freely=solve_anyway(asked, seed=seed),
    )


def has_both(laid: Proposed | None, two: Two) -> bool:
    """Return whether two are in one match of a proposal."""
    matches = laid.matches if laid else ()
    return any(
        {*two} <= {one for those in match.members.values() for one in those}
        for match in matches
    )


def _as_laid(one: Pairing) -> Match:
    return Match(members=one.members, points=one.points, reasons=())


def _is_by_hand(asked: Problem, members: Members) -> bool:
    """Return whether a match breaks a rule, and nothing that came up since."""
    found = {one.kind for one in check(asked, [members])} - {*UNMET}
    return bool(found) and found <= _BY_HAND


def _together(asked: Problem, members: Members) -> Iterator[Two]:
    """Yield who is with whom in a match: who leads first, or who joins."""
    placed = members.get(asked.placed, ())
    if asked.sides == ALIKE:
        yield from combinations(sorted(placed), 2)
    leading = asked.joined if asked.sides == ALIKE else asked.sides[0]
    yield from product(members.get(leading, ()), placed)
