"""The solver of the shape `pairs`: one of each side, proven best."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from engine.ids import PersonId
from engine.matching.aims import (
    BALANCE,
    EVERYONE,
    NUMBERS,
    TOTAL,
    WORST,
    Aim,
    parse_aims,
    priorities,
    with_running,
)
from engine.matching.choosing import best
from engine.matching.explain import alternatives, blocked, rated
from engine.matching.flow import Arc, Network, Share, forcing, keeping, network
from engine.matching.insisting import sided
from engine.matching.problem import Problem
from engine.matching.quotas import buckets, crowded, with_numbers
from engine.matching.reporting import reporting_lines
from engine.matching.result import (
    Alternative,
    Cause,
    Match,
    Relief,
    Solution,
    Unmatched,
)
from engine.matching.scoring import Table, paired, tabulate
from engine.matching.search import Search, Solved, optimum
from engine.matching.shortage import shortages

LARGE = 2_500
"""Pairs above which each person keeps the best partners, and the rest is priced."""

Others = Callable[[int], tuple[Alternative, ...]]
"""Tells the cheapest other partners of one of the second side."""


def solve_pairs(problem: Problem, *, seed: bytes) -> Solution:
    """Return the best pairs, the same for the same people, rules and seed.

    Of equally good answers the seed picks one. Not everyone may be matched: then the
    answer is still the best one, and says who is left over and why.
    """
    if is_large(problem) and is_free(problem):
        # imported here: numpy takes longer than a small programme
        from engine.matching import pool
        from engine.matching.others import Others as Told
        from engine.matching.pooling import pooled

        whole = pooled(problem, seed)
        bound = problem.pins or problem.running
        found = answer(whole, None if bound else Told(solved=whole).of)
        return replace(found, looked=pool.KEPT)
    solved = flow_of(problem, seed, optimum)
    return answer(solved, told_by(solved))


def is_large(problem: Problem) -> bool:
    """Return whether there are too many pairs to hold each of them as a value."""
    first, second = (len(problem.having(side)) for side in problem.sides)
    return first * second > LARGE


def is_free(problem: Problem) -> bool:
    """Return whether nothing binds a choice but places, and what is chosen already."""
    numbers = problem.rules.quotas or problem.rules.several
    moving = problem.running and problem.moving
    return not (numbers or moving or BALANCE in problem.aim or _is_crowded(problem))


def _is_crowded(problem: Problem) -> bool:
    """Return whether somebody has more that run, or are to be theirs, than places."""
    ends = (sided(problem, two) for two in problem.pins | problem.running)
    loads = Counter(two[0] for two in ends if two)
    return any(load > problem.places(one) for one, load in loads.items())


def most_pairs(problem: Problem) -> tuple[tuple[PersonId, PersonId], ...]:
    """Return as many pairs as can be, whatever that costs in points."""
    order: tuple[Aim, ...] = (EVERYONE, NUMBERS)
    found = flow_of(problem, None, lambda given, _: best(given, order))
    firsts, seconds = found.table.firsts, found.table.seconds
    return tuple(
        (firsts[arc.first].person, seconds[arc.second].person)
        for arc in found.outcome.arcs
    )


def flow_of(problem: Problem, seed: bytes | None, search: Search) -> Solved:
    """Return the best choice that a search finds, and all that led to it.

    Without a seed nothing decides between answers of equal worth.
    """
    table = tabulate(problem)
    order = with_numbers(problem, priorities(parse_aims(problem.aim)))
    given = network(
        table,
        (problem.places(one.person) for one in table.firsts),
        seed,
        running=problem.running,
        early=problem.waited,
        held={
            row: problem.held.get(one.person, 0) for row, one in enumerate(table.firsts)
        },
        shares=_shares(problem, table),
        rooms=_rooms(problem, table),
    )
    for arc in _insisted(problem, table, given):
        given = forcing(given, arc)
    if problem.running:
        order = with_running(order, moving=problem.moving)
        given = given if problem.moving else keeping(given)
    return Solved(
        problem=problem,
        table=table,
        network=given,
        order=order,
        outcome=search(given, order),
    )


def _shares(problem: Problem, table: Table) -> tuple[Share, ...]:
    """Return how many of whom are to be placed, by index.

    Where everybody is to have several, everybody is first to have one.
    """
    if problem.rules.several:
        return tuple(
            Share(seconds=frozenset({second}), least=1)
            for second, one in enumerate(table.seconds)
            if not problem.had.get(one.person)
        )
    return tuple(
        Share(
            seconds=frozenset(
                second
                for second, one in enumerate(table.seconds)
                if one.person in bucket.people
            ),
            least=bucket.least,
            most=bucket.most,
        )
        for bucket in buckets(problem)
    )


def _rooms(problem: Problem, table: Table) -> dict[int, int]:
    """Return how many places each of the second side has, where that is not one."""
    if not problem.rules.several:
        return {}
    seconds = enumerate(table.seconds)
    return {second: problem.room(one.person) for second, one in seconds}


def _insisted(problem: Problem, table: Table, given: Network) -> tuple[Arc, ...]:
    """Return the pairs of those who are to be together."""
    wanted = {ends for two in problem.pins if (ends := sided(problem, two))}
    return tuple(
        arc
        for arc in given.arcs
        if (table.firsts[arc.first].person, table.seconds[arc.second].person) in wanted
    )


def told_by(solved: Solved) -> Others | None:
    """Return what tells what another partner costs; nothing where more binds a choice.

    What was insisted on binds it, and so do quotas and what runs.
    """
    plain = solved.network.plain and not solved.problem.running
    return partial(alternatives, solved) if plain else None


def answer(solved: Solved, others: Others | None) -> Solution:
    """Return a choice as an answer with its reasons.

    Args:
        solved: The choice.
        others: Tells what another partner costs; where there is none, neither is told
            who shares too few.
    """
    outcome, free = solved.outcome, others is not None
    others = others or (lambda _: ())
    return Solution(
        kind=solved.problem.kind,
        status="optimal",
        matches=_matches(solved, others),
        total=outcome.value(TOTAL),
        worst=outcome.value(WORST) if outcome.arcs else None,
        bound=outcome.value(TOTAL),
        unmatched=(*_left_over(solved, others, free=free), *_spare(solved)),
        shortages=shortages(solved) if free and solved.fullest else (),
        reliefs=tuple(_reliefs(solved)),
    )


def _reliefs(solved: Solved) -> Iterator[Relief]:
    """Yield the quotas without which more would be matched."""
    placed = solved.outcome.value(EVERYONE)
    for rule in solved.problem.rules.quotas:
        rules = solved.problem.rules.without(rule)
        shares = _shares(replace(solved.problem, rules=rules), solved.table)
        freer = best(replace(solved.network, shares=shares), (EVERYONE,))
        if rule.most and (more := freer.value(EVERYONE) - placed) > 0:
            yield Relief(sentence=rule.sentence, more=more)


def _matches(solved: Solved, others: Others) -> tuple[Match, ...]:
    problem, table = solved.problem, solved.table
    lines = reporting_lines(problem.participants)

    def match(arc: Arc) -> Match:
        first, second = table.firsts[arc.first], table.seconds[arc.second]
        return replace(
            rated(problem, paired(problem, first, second), lines),
            alternatives=others(arc.second),
        )

    return tuple(match(arc) for arc in solved.outcome.arcs)


def _left_over(solved: Solved, others: Others, *, free: bool) -> tuple[Unmatched, ...]:
    """Return who of the second side has no match, and whom they could have had."""
    seconds = range(len(solved.table.seconds))
    placed = {arc.second for arc in solved.outcome.arcs}
    possible = {one for one in seconds if solved.partners(one)}
    cause: Cause = "shortage" if not free or solved.fullest else "better total"
    able = {solved.table.seconds[second].person for second in possible}
    those = [solved.table.seconds[second].person for second in placed]
    causes: dict[PersonId, Cause] = dict.fromkeys(able, cause)
    causes |= dict.fromkeys(able & crowded(solved.problem, those), "quota")
    return tuple(
        Unmatched(
            person=one.person,
            role=solved.problem.sides[1],
            cause=causes.get(one.person, "nobody allowed"),
            barriers=blocked(solved.table, second=second),
            alternatives=others(second),
        )
        for second, one in enumerate(solved.table.seconds)
        if second not in placed and not solved.problem.had.get(one.person)
    )


def _spare(solved: Solved) -> tuple[Unmatched, ...]:
    """Return who of the first side has a place and no match."""
    used = {arc.first for arc in solved.outcome.arcs}
    everyone = not solved.table.seconds
    return tuple(
        Unmatched(
            person=one.person,
            role=solved.problem.sides[0],
            cause="spare" if everyone or solved.possible(first) else "nobody allowed",
            barriers=blocked(solved.table, first=first),
        )
        for first, one in enumerate(solved.table.firsts)
        if first not in used and solved.places[first] > 0
    )
