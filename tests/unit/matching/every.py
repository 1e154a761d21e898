"""Every answer to a problem of matches of many, one by one."""

import itertools
from collections.abc import Iterator, Sequence

from engine.ids import PersonId
from engine.matching import UNMET, Breach, Problem, check
from engine.matching.result import Members

Choice = tuple[Members, ...]


def choices(given: Problem) -> Iterator[Choice]:
    """Yield every answer that the independent check finds nothing wrong with."""
    makers = {"groups": _groups, "trios": _trios}
    for choice in makers.get(given.shape, _partitions)(given):
        if not broken(given, choice):
            yield choice


def _groups(given: Problem) -> Iterator[Choice]:
    first, second = given.sides
    leaders = [
        one.person
        for one in given.having(first)
        for _ in range(given.places(one.person))
    ]
    members = [one.person for one in given.having(second)]
    for chosen in itertools.product(range(-1, len(leaders)), repeat=len(members)):
        yield tuple(
            {
                first: (leader,),
                second: tuple(
                    one
                    for one, where in zip(members, chosen, strict=True)
                    if where == group
                ),
            }
            for group, leader in enumerate(leaders)
            if group in chosen
        )


def _trios(given: Problem) -> Iterator[Choice]:
    mentors = [None, *(one.person for one in given.having("mentor"))]
    talents = [one for one in given.having("talent") if one.person in given.managers]
    for chosen in itertools.product(mentors, repeat=len(talents)):
        yield tuple(
            {
                "talent": (talent.person,),
                "manager": (given.managers[talent.person].person,),
                "mentor": (mentor,),
            }
            for talent, mentor in zip(talents, chosen, strict=True)
            if mentor is not None
        )


def _partitions(given: Problem) -> Iterator[Choice]:
    """Yield every way to put people together; some of them with nobody."""
    everyone = [one.person for one in given.having(given.placed)]

    def rest(left: Sequence[PersonId]) -> Iterator[tuple[tuple[PersonId, ...], ...]]:
        if not left:
            yield ()
            return
        first, *others = left
        for parts in rest(others):
            yield parts
        for size in range(given.least - 1, given.most):
            for fellows in itertools.combinations(others, size):
                remaining = [one for one in others if one not in fellows]
                for parts in rest(remaining):
                    yield ((first, *fellows), *parts)

    for parts in rest(everyone):
        yield tuple({given.placed: part} for part in parts)


def broken(given: Problem, choice: Choice) -> list[Breach]:
    """Return what is wrong with an answer, beyond what it may lack."""
    return [one for one in check(given, choice) if one.kind not in UNMET]
