"""What another partner would cost where no shortest path tells: two are insisted on.

Only answers that were proven best are priced so, and of each person only the partners
that look best; what is told is exact.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from engine.ids import PersonId
from engine.matching.aims import WORST, parse_aims, priorities
from engine.matching.assembly import with_alternatives
from engine.matching.circle import circle_of
from engine.matching.explain import SHOWN
from engine.matching.leading import Leading
from engine.matching.problem import Problem, size_of
from engine.matching.reseating import Reseating
from engine.matching.resolving import Pricing, Resolving
from engine.matching.result import Alternative, Price, Solution
from engine.matching.retwinning import Retwinning

WORK = 150_000
"""How many twos are looked at for all prices; counted, so that it repeats."""


def priced(
    problem: Problem,
    solution: Solution,
    *,
    seed: bytes,
    whose: Collection[PersonId] = (),
    work: int = WORK,
) -> Solution:
    """Return an answer with what other partners would cost, where none is told yet.

    Of each person the partners outside their match with the most points are tried, then
    the lower ids. Who cannot be had, or whose price is not proven, is left out. People
    of the worst matches come first; who is not reached is told.

    Args:
        problem: What was solved.
        solution: Its answer.
        seed: What it was solved with.
        whose: Who is priced, and nobody else, whatever work that takes.
        work: How many twos are looked at for all prices, where nobody is named.
    """
    told = any(one.alternatives for one in solution.matches)
    # What rules ask for of many is no price that a partner has.
    told = told or any(not one.most for one in problem.rules.quotas)
    if told or solution.status != "optimal" or problem.running:
        return solution
    everyone = tuple(
        person
        for match in sorted(solution.matches, key=lambda one: one.points)
        for person in match.members[problem.placed]
    )
    asked = [one for one in everyone if one in whose] if whose else everyone
    found: Mapping[PersonId, tuple[Alternative, ...]] = {}
    if whose or size_of(problem) <= work:
        pricing = _pricing(problem, solution, seed)
        found = _prices(pricing, asked, work=None if whose else work)
    return replace(
        solution,
        matches=tuple(
            with_alternatives(problem, one, found) for one in solution.matches
        ),
        unpriced=tuple(one for one in dict.fromkeys(everyone) if one not in found),
    )


def _pricing(problem: Problem, solution: Solution, seed: bytes) -> Pricing:
    """Return the fastest way to a price that is exact."""
    again = Resolving(problem=problem, solution=solution, seed=seed)
    listed = parse_aims(problem.aim)
    order = priorities(listed)
    if problem.shape == "buddies" and not problem.rules.quotas:
        circle = circle_of(problem, seed)
        return again if circle.odd else Retwinning(circle=circle, order=order)
    if problem.shape == "groups":
        reseating = Reseating(
            leading=Leading(problem=problem, seed=seed),
            again=again,
            order=tuple(aim for aim in order if aim != WORST or aim in listed),
        )
        return reseating if reseating.tells else again
    return again


def _prices(
    pricing: Pricing, people: Iterable[PersonId], *, work: int | None
) -> Mapping[PersonId, tuple[Alternative, ...]]:
    """Return the prices of these people, the first ones first, as work allows."""
    found: dict[PersonId, tuple[Alternative, ...]] = {}
    known: dict[frozenset[PersonId], Price | None] = {}
    for person in dict.fromkeys(people):
        options = pricing.options(person)[:SHOWN]
        twos = [frozenset((person, partner)) for partner, _ in options]
        new = sum(two not in known for two in twos)
        if work is not None and (len(known) + new) * pricing.work > work:
            break
        for (partner, _), two in zip(options, twos, strict=True):
            if two not in known:
                known[two] = pricing.price((partner, person))
        found[person] = tuple(
            Alternative(person=person, partner=partner, points=points, price=price)
            for (partner, points), two in zip(options, twos, strict=True)
            if (price := known[two]) is not None
        )
    return found
