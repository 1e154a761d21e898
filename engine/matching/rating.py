"""What a match of many is worth, and what each rule says of it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from engine.ids import PersonId
from engine.matching.clauses import (
    Clause,
    Condition,
    Limit,
    Mixed,
    Mutual,
    Preference,
    Spread,
    Together,
)
from engine.matching.columns import told, value_of
from engine.matching.explain import rate as rate_few
from engine.matching.findings import Counted, Gathered, Pair, Tally, find, holds
from engine.matching.problem import ALIKE, Problem
from engine.matching.reporting import Lines, reporting_lines
from engine.matching.result import Match, Members, Reason
from engine.matching.scoring import points_of
from engine.people import Participant

FEW = ("pairs", "trios")
"""Shapes in which everyone has a role of their own."""

Company = Mapping[str, Sequence[Participant]]
"""The people of a match by role."""


def rate(problem: Problem, members: Members) -> Match:
    """Return given members as a match with its points and reasons, allowed or not."""
    if problem.shape in FEW:
        return rate_few(problem, members)
    return rated_many(problem, members, reporting_lines(problem.participants))


def rated_many(problem: Problem, members: Members, lines: Lines) -> Match:
    """Return a match of many, whose points are those of each two in it together."""
    people: Mapping[PersonId, Participant] = {
        one.person: one for one in problem.participants
    }
    company = {role: [people[one] for one in those] for role, those in members.items()}
    required = (
        Reason(clause=rule, finding=_required(problem, rule, company, lines))
        for rule in problem.rules.require
    )
    together = (
        Reason(clause=rule, finding=_together(rule, company[problem.placed], lines))
        for rule in problem.rules.together
    )
    preferred = tuple(
        _preferred(problem, one, company, lines) for one in problem.rules.prefer
    )
    return Match(
        members=members,
        points=sum(reason.points for reason in preferred),
        reasons=(*required, *together, *preferred),
    )


def points_of_two(problem: Problem, pair: Pair, lines: Lines) -> int:
    """Return what two give to a match of many."""
    return sum(_points(one, pair, lines) for one in problem.rules.prefer)


def _points(preference: Preference, pair: Pair, lines: Lines) -> int:
    """Return what a preference gives; between equals the mean of both directions."""
    there = points_of(preference, find(preference.clause, pair, lines))
    if tuple(pair) != ALIKE:
        return there
    one, other = pair.values()
    back = dict(zip(ALIKE, (other, one), strict=True))
    return (there + points_of(preference, find(preference.clause, back, lines))) // 2


def _twos(problem: Problem, company: Company) -> Iterator[Pair]:
    if problem.sides == ALIKE:
        for two in combinations(company[problem.placed], 2):
            yield dict(zip(ALIKE, two, strict=True))
        return
    first, second = problem.sides
    for leader in company[first]:
        for member in company[second]:
            yield {first: leader, second: member}


def _required(
    problem: Problem, rule: Condition, company: Company, lines: Lines
) -> Tally:
    looked_at: list[Pair]
    if isinstance(rule, Limit):
        looked_at = [{rule.role: one} for one in company[rule.role]]
    else:
        looked_at = list(_twos(problem, company))
    return Tally(
        gained=sum(_holds(rule, pair, lines) for pair in looked_at),
        twos=len(looked_at),
    )


def _holds(rule: Clause, pair: Pair, lines: Lines) -> bool:
    return holds(find(rule, pair, lines))


def _together(
    rule: Together, members: Sequence[Participant], lines: Lines
) -> Tally | Gathered | Counted:
    if isinstance(rule, Mutual):
        pairs = [dict(zip(ALIKE, two, strict=True)) for two in combinations(members, 2)]
        gained = sum(_holds(rule, pair, lines) for pair in pairs)
        return Tally(gained=gained, twos=len(pairs))
    cells = [value_of(one, rule.column) for one in members]
    if isinstance(rule, Mixed):
        known = [told(cell) for cell in cells]
        counts = tuple((value, known.count(told(value))) for value in rule.values)
        return Counted(column=rule.column, counts=counts)
    each = {told(cell): cell for cell in reversed(cells)}
    values = tuple(cell for key, cell in reversed(each.items()) if key is not None)
    exceptions = 0
    if isinstance(rule, Spread):
        exceptions = excused(rule, [told(cell) for cell in cells])
    return Gathered(column=rule.column, values=values, exceptions=exceptions)


def excused(rule: Spread, values: Sequence[str | int | None]) -> int:
    """Return how many of these are exceptions to the rule."""
    known = [one for one in values if one is not None]
    above = sum(max(0, known.count(one) - rule.most) for one in set(known))
    return above + len(values) - len(known)


def _preferred(
    problem: Problem, preference: Preference, company: Company, lines: Lines
) -> Reason:
    points = [_points(preference, pair, lines) for pair in _twos(problem, company)]
    return Reason(
        clause=preference.clause,
        finding=Tally(gained=sum(one > 0 for one in points), twos=len(points)),
        points=sum(points),
        most=preference.most * len(points),
    )
