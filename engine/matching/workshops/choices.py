"""Which groups there are to choose from, between few repeats and good balance."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from engine.matching.workshops.annealing import Weight, anneal_days, anneal_places
from engine.matching.workshops.lines import lines
from engine.matching.workshops.question import Workshop
from engine.matching.workshops.result import Grouping, grouping_of
from engine.matching.workshops.seats import Plan, Seats

EQUAL = Weight(repeats=1, imbalance=1)
EVEN = Weight(repeats=1, imbalance=8)
"""Balance comes first."""
_WEIGHTS = (Weight(repeats=1, imbalance=0.2), EQUAL, Weight(repeats=1, imbalance=2.5))

_STEPS = 300_000
"""Swaps that are tried; work is counted and never timed."""
_PATIENCE = 3
"""How many times as many where balance comes first, which leaves few ways."""
_PER_PLACE = 10
"""A swap in a construction is one on every day, and there are few to choose from."""

_MUCH = 2
"""Another number of groups is worth a word where it spares one in so many."""
_FEW = 10
"""... and no fewer than one for so many people."""


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Another number of groups that would do much better, and both answers."""

    groups: int
    now: Grouping
    then: Grouping


def constructed(workshop: Workshop, *, steps: int = _STEPS) -> Grouping | None:
    """Return groups without a repeat by construction, or None where none is known.

    Only who sits where in it is chosen, for balance and to keep people apart.
    """
    plan = lines(workshop)
    if plan is None:
        return None
    seats = Seats(workshop, plan)
    anneal_places(seats, steps=steps // _PER_PLACE, random=workshop.random("places"))
    return grouping_of(workshop, seats)


def searched(workshop: Workshop, weight: Weight, *, steps: int = _STEPS) -> Grouping:
    """Return the best groups found in so many steps, by what counts how much."""
    seats = Seats(workshop, _any_plan(workshop))
    purpose = f"{weight.repeats}:{weight.imbalance}"
    anneal_days(seats, weight, steps=steps, random=workshop.random(purpose))
    return grouping_of(workshop, seats)


def front(workshop: Workshop, *, steps: int = _STEPS) -> tuple[Grouping, ...]:
    """Return answers of which none is better in all, from fewest repeats to balance.

    Whoever must be kept apart comes before both.
    """
    found: list[Grouping] = []
    for one in _answers(workshop, steps):
        found.append(one)
        if one.proven and not (one.together or _uneven(workshop, one)):
            break
    return tuple(_undominated(workshop, found))


def best(workshop: Workshop, answers: Iterable[Grouping]) -> Grouping:
    """Return where a repeat and a person out of place together are the fewest."""
    return min(answers, key=lambda one: (_cost(workshop, one), one.repeats))


def advice(workshop: Workshop, *, steps: int = _STEPS) -> Advice | None:
    """Return whether one group more or fewer would do much better, and how."""
    now = _middle(workshop, steps)
    if not _cost(workshop, now):
        return None
    most = len(workshop.people) // 2
    others = [
        Advice(groups=groups, now=now, then=_middle(other, steps))
        for groups in (workshop.groups + 1, workshop.groups - 1)
        if 1 < groups <= most
        for other in (replace(workshop, groups=groups),)
    ]
    better = (one for one in others if _is_much_better(workshop, one))
    return min(better, key=lambda one: _cost(workshop, one.then), default=None)


def _answers(workshop: Workshop, steps: int) -> Iterator[Grouping]:
    yield from _constructed(workshop, steps)
    yield searched(workshop, EVEN, steps=_PATIENCE * steps)
    for weight in _WEIGHTS:
        yield searched(workshop, weight, steps=steps)


def _constructed(workshop: Workshop, steps: int) -> tuple[Grouping, ...]:
    found = constructed(workshop, steps=steps)
    return () if found is None else (found,)


def _middle(workshop: Workshop, steps: int) -> Grouping:
    """Return the best answer where a repeat counts as much as one out of place."""
    answers = list(_constructed(workshop, steps))
    if not (answers and _cost(workshop, answers[0]) == 0):
        answers.append(searched(workshop, EQUAL, steps=steps))
    return best(workshop, answers)


def _is_much_better(workshop: Workshop, told: Advice) -> bool:
    now, then = _cost(workshop, told.now), _cost(workshop, told.then)
    spared = now - then
    return spared * _MUCH >= now and spared * _FEW >= len(workshop.people)


def _cost(workshop: Workshop, one: Grouping) -> int:
    return one.repeats + _uneven(workshop, one)


def _uneven(workshop: Workshop, one: Grouping) -> int:
    """Return how many are out of place, each by what its column counts."""
    return sum(many * workshop.balance[name] for name, many in one.imbalance.items())


def _undominated(workshop: Workshop, found: Iterable[Grouping]) -> Iterator[Grouping]:
    fewest: int | None = None
    kept = sorted(
        found, key=lambda one: (one.together, one.repeats, _uneven(workshop, one))
    )
    for one in kept:
        uneven = _uneven(workshop, one)
        if one.together == kept[0].together and (fewest is None or uneven < fewest):
            fewest = uneven
            yield one


def _any_plan(workshop: Workshop) -> Plan:
    """Return groups of the right sizes, with people in them by chance."""
    chance = workshop.random("start")
    everywhere = [
        group for group, size in enumerate(workshop.sizes) for _ in range(size)
    ]
    return tuple(
        tuple(
            group
            for _, group in sorted((chance.random(), group) for group in everywhere)
        )
        for _ in range(workshop.days)
    )
