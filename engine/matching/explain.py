"""Why a match is as good as it is, and what another partner would cost."""

from collections import Counter
from collections.abc import Mapping, Sequence

from engine.matching.aims import AIMS, BALANCE, EVERYONE, FIRST, TOTAL, WORST, Aim
from engine.matching.findings import Pair, find
from engine.matching.flow import Arc, Outcome, forcing
from engine.matching.problem import Problem
from engine.matching.reporting import Lines, reporting_lines
from engine.matching.residual import losses, totals_lost
from engine.matching.result import (
    Alternative,
    Match,
    Members,
    Price,
    Reason,
)
from engine.matching.scoring import Barrier, Table, points_of
from engine.matching.search import Solved, optimum

_LOST: Mapping[Aim, str] = {
    EVERYONE: "pairs",
    WORST: "worst",
    TOTAL: "total",
    FIRST: "first",
    BALANCE: "load",
}

SHOWN = 3
"""How many alternatives of a person, and waivers of a shortage, are told."""


def rate(problem: Problem, members: Members) -> Match:
    """Return one of each role as a match with its points and reasons, allowed or not.

    What is required comes first, as the spec lists it, then what is preferred.
    """
    people = {one.person: one for one in problem.participants}
    pair = {role: people[person] for role, (person,) in members.items()}
    return rated(problem, pair, reporting_lines(problem.participants))


def rated(problem: Problem, pair: Pair, lines: Lines) -> Match:
    """Return the same where the reporting lines are known already."""
    required = (
        Reason(clause=rule, finding=find(rule, pair, lines))
        for rule in problem.rules.require
    )
    preferred = tuple(
        Reason(
            clause=preference.clause,
            finding=(finding := find(preference.clause, pair, lines)),
            points=points_of(preference, finding),
            most=preference.most,
        )
        for preference in problem.rules.prefer
    )
    return Match(
        members=members_of(problem, pair),
        points=sum(reason.points for reason in preferred),
        reasons=(*required, *preferred),
    )


def members_of(problem: Problem, pair: Pair) -> Members:
    """Return who has which role; of three, who is placed stands first."""
    one, other = problem.sides
    roles = (other, problem.given, one) if problem.given else problem.sides
    return {role: (pair[role].person,) for role in roles}


def alternatives(solved: Solved, second: int) -> tuple[Alternative, ...]:
    """Return the cheapest other partners of one of the second side.

    The price is exact, as if all were solved again with the pair forced. Of two at the
    same price the one with more points comes first, then the lower id.
    """
    taken = {arc.first for arc in solved.outcome.arcs if arc.second == second}
    choices = tuple(
        arc
        for arc in solved.by_second[second]
        if arc.first not in taken and solved.network.places[arc.first] > 0
    )
    return ranked(solved, second, _prices(solved, choices))


def ranked(
    solved: Solved, second: int, prices: Mapping[Arc, Price]
) -> tuple[Alternative, ...]:
    """Return the cheapest of what the pairs of one of the second side cost.

    Of two at the same price the one with more points comes first, then the lower id.
    """
    aims = [_LOST[aim] for aim in solved.weighed if aim in _LOST]

    def rank(arc: Arc) -> tuple[int, ...]:
        lost = (getattr(prices[arc], name) for name in aims)
        return (*lost, -arc.points, arc.first)

    return tuple(
        Alternative(
            person=solved.table.seconds[second].person,
            partner=solved.table.firsts[arc.first].person,
            points=arc.points,
            price=prices[arc],
        )
        for arc in sorted(prices, key=rank)[:SHOWN]
    )


def _prices(solved: Solved, choices: tuple[Arc, ...]) -> Mapping[Arc, Price]:
    """Return the price of each choice, or of the cheapest ones when these are enough.

    Where only the total is lost, shortest paths tell how much, many times faster than
    solving again. Forcing any other costs a pair or the worst match, and is dearer.
    """
    prices: dict[Arc, Price] = {}
    # Of a share anybody may make room, which the circles know nothing of.
    order = () if solved.network.shares else solved.order
    if order == AIMS:
        above = tuple(arc for arc in choices if arc.points >= solved.floor)
        lost = totals_lost(solved.residual, above, most=SHOWN)
        prices = {arc: Price(pairs=0, worst=0, total=lost[arc]) for arc in lost}
        if len(prices) < SHOWN:
            prices |= _prices_below(solved, [o for o in choices if o not in prices])
    elif order and solved.weighed == (EVERYONE, TOTAL):
        found = losses(solved.residual, choices, most=SHOWN)
        return {
            arc: Price(pairs=pairs, worst=0, total=total)
            for arc, (pairs, total) in found.items()
        }
    elif order == (EVERYONE, TOTAL, WORST):
        # What the worst match loses is weighed last, and only solving again tells it.
        cheap = totals_lost(solved.residual, choices, most=SHOWN)
        prices = {arc: _price_again(solved, arc) for arc in cheap}
    if len(prices) < SHOWN:
        for arc in (one for one in choices if one not in prices):
            prices[arc] = _price_again(solved, arc)
    return prices


def _prices_below(solved: Solved, choices: Sequence[Arc]) -> Mapping[Arc, Price]:
    """Return the prices of those that only make the worst match worse, as far as shown.

    Each is as good as the highest floor above which it can be forced; there the best
    choice above that floor takes the place of the best of all.
    """
    prices: dict[Arc, Price] = {}
    total = solved.outcome.value(TOTAL)
    for floor in solved.lower.floors:
        left = [one for one in choices if one.points >= floor and one not in prices]
        if len(prices) >= SHOWN or len(prices) == len(choices):
            break
        if left:
            outcome, residual = solved.lower.above(floor)
            worst, freed = solved.floor - floor, outcome.value(TOTAL) - total
            lost = totals_lost(residual, left, most=SHOWN)
            prices |= {
                arc: Price(pairs=0, worst=worst, total=one - freed)
                for arc, one in lost.items()
            }
    return prices


def _price_again(solved: Solved, arc: Arc) -> Price:
    forced = forcing(solved.network, arc)
    outcome = optimum(forced, solved.order, rival=solved.outcome)
    return price(solved.outcome, outcome, solved.weighed)


def price(now: Outcome, forced: Outcome, order: tuple[Aim, ...]) -> Price:
    """Return what the forced choice is worse by, as far as the aims look at it."""
    lost = {
        _LOST[aim]: now.value(aim) - forced.value(aim) for aim in order if aim in _LOST
    }
    return Price(**{"worst": 0, **lost})


def blocked(
    table: Table, *, first: int | None = None, second: int | None = None
) -> tuple[tuple[Barrier, int], ...]:
    """Return how many partners each barrier takes from one person, most first.

    A partner counts once for every barrier; oneself is no partner.
    """
    rows = range(len(table.firsts)) if first is None else (first,)
    columns = range(len(table.seconds)) if second is None else (second,)
    counted = Counter(
        barrier
        for row in rows
        for column in columns
        for barrier in table.barriers.get((row, column), ())
        if barrier != "oneself"
    )
    return tuple(counted.most_common())
