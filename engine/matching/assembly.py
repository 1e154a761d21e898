"""How matches of many become an answer: who is left over, why, and what would help."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from engine.ids import PersonId
from engine.matching.clauses import Limit
from engine.matching.columns import value_of
from engine.matching.excusing import waivers
from engine.matching.findings import meets
from engine.matching.highs import OutOfWorkError
from engine.matching.insisting import InsistingError
from engine.matching.problem import Problem
from engine.matching.quotas import crowded
from engine.matching.rating import rated_many
from engine.matching.reporting import reporting_lines
from engine.matching.result import (
    Alternative,
    Cause,
    Match,
    Members,
    Relief,
    Shortage,
    Solution,
    Status,
    Unmatched,
)

Count = Callable[[Problem], int]
"""Returns how many a problem places at most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """The matches that a solver found.

    Attributes:
        bound: No answer that meets the earlier aims has a higher total.
        proven: Whether nothing is better by any aim.
        prices: What else somebody could have, where the solver tells.
        shortages: Who shares too few places, where it tells that.
    """

    matches: Sequence[Members]
    bound: int
    proven: bool
    prices: Mapping[PersonId, tuple[Alternative, ...]] = field(default_factory=dict)
    shortages: tuple[Shortage, ...] = ()

    def placed(self, problem: Problem) -> tuple[tuple[PersonId, PersonId], ...]:
        """Return each who is placed, after the first of their match.

        Raises:
            OutOfWorkError: If it is not proven.
        """
        if not self.proven:
            raise OutOfWorkError(problem.kind)
        those = [match[problem.placed] for match in self.matches]
        return tuple((people[0], one) for people in those for one in people)


def assembled(
    problem: Problem,
    filled: Filled,
    *,
    count: Count,
    left_over: Sequence[Unmatched],
    spare: Sequence[Unmatched] = (),
    shortages: Sequence[Shortage] = (),
) -> Solution:
    """Return what was found as an answer, in the order of ids.

    Where people are left over, each rule in turn is waived.
    """
    lines = reporting_lines(problem.participants)
    matches = tuple(
        with_alternatives(problem, rated_many(problem, one, lines), filled.prices)
        for one in _ordered(problem, filled.matches)
    )
    points = [one.points for one in matches]
    total = sum(points)
    return Solution(
        kind=problem.kind,
        status=_status(matches, filled, left_over),
        matches=matches,
        total=total,
        worst=min(points, default=None),
        bound=max(filled.bound, total),
        unmatched=(*_with_prices(left_over, filled), *spare),
        shortages=tuple(shortages),
        reliefs=tuple(_reliefs(problem, filled, count)) if left_over else (),
        waivers=waivers(problem, {one.person for one in left_over}, count)
        if left_over
        else (),
    )


def _with_prices(left: Sequence[Unmatched], filled: Filled) -> Iterator[Unmatched]:
    """Yield who is left over with what they could have instead."""
    for one in left:
        yield replace(one, alternatives=filled.prices.get(one.person, ()))


def with_alternatives(
    problem: Problem,
    match: Match,
    prices: Mapping[PersonId, tuple[Alternative, ...]],
) -> Match:
    """Return a match with what else its people could have, the cheapest first.

    Of the same price the lower id comes first.
    """
    found = [
        one
        for person in match.members[problem.placed]
        for one in prices.get(person, ())
    ]

    def rank(one: Alternative) -> tuple[int, ...]:
        return one.price.pairs, one.price.worst, one.price.total, -one.points

    return replace(match, alternatives=tuple(sorted(found, key=rank)))


def left_over(problem: Problem, matches: Sequence[Members]) -> tuple[Unmatched, ...]:
    """Return who is in no match; of somebody beyond a limit, which limit it is."""
    inside = {one for match in matches for those in match.values() for one in those}
    everyone = problem.having(problem.placed)
    limits = [one for one in problem.rules.require if isinstance(one, Limit)]
    full = crowded(problem, inside)
    found = []
    for one in everyone:
        if one.person in inside:
            continue
        beyond = [
            limit
            for limit in limits
            if limit.role == problem.placed
            and not meets(limit, value_of(one, limit.column))
        ]
        cause: Cause = "quota" if one.person in full else "shortage"
        found.append(
            Unmatched(
                person=one.person,
                role=problem.placed,
                cause="nobody allowed" if beyond else cause,
                barriers=tuple((limit, len(everyone) - 1) for limit in beyond),
            )
        )
    return tuple(found)


def _ordered(problem: Problem, matches: Sequence[Members]) -> list[Members]:
    """Return the matches, and who is in each of them, in the order of ids."""
    place = {one.person: index for index, one in enumerate(problem.participants)}
    within: list[Members] = [
        {role: tuple(sorted(match[role], key=place.__getitem__)) for role in match}
        for match in matches
    ]
    return sorted(
        within,
        key=lambda one: [place[person] for those in one.values() for person in those],
    )


def _status(
    matches: Sequence[Match], filled: Filled, left: Sequence[Unmatched]
) -> Status:
    if not filled.proven:
        return "feasible"
    return "infeasible" if left and not matches else "optimal"


def _reliefs(problem: Problem, filled: Filled, count: Count) -> list[Relief]:
    """Return what would place more, the most first."""
    placed = sum(len(one[problem.placed]) for one in filled.matches)
    helping: list[Relief] = []
    for other, relief in _otherwise(problem):
        # With others beside them some could not be together who are to be.
        with suppress(InsistingError):
            more = count(other) - placed
            helping += [replace(relief, more=more)] if more > 0 else []
    return sorted(helping, key=lambda one: (-one.more, one.sentence))


def _otherwise(problem: Problem) -> Iterator[tuple[Problem, Relief]]:
    """Yield the problem with each rule waived, and with sizes one less and more."""
    given = problem.rules
    for rule in (*given.require, *given.together, *given.quotas):
        rules = problem.rules.without(rule)
        yield replace(problem, rules=rules), Relief(more=0, sentence=rule.sentence)
    if problem.most > 1:
        size = max(1, problem.least - 1), problem.most + 1
        least, most = size
        yield replace(problem, least=least, most=most), Relief(more=0, size=size)
