"""How many of which people are to be placed, as the quotas of a match say."""

from collections.abc import Collection
from dataclasses import dataclass

from engine.ids import PersonId
from engine.matching.aims import EVERYONE, NUMBERS, Aim
from engine.matching.columns import told, value_of
from engine.matching.problem import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class Bucket:
    """Those who count together, and how many of them are to be placed.

    Attributes:
        people: Who may still be placed.
        least: So many of them, as far as that is possible.
        most: No more of them; None for any number.
    """

    people: frozenset[PersonId]
    least: int
    most: int | None


def buckets(problem: Problem) -> tuple[Bucket, ...]:
    """Return who counts together; whoever is placed already has been counted."""
    quotas = problem.rules.quotas
    if not quotas:
        return ()
    column = quotas[0].column
    least = max((one.count for one in quotas if not one.most), default=0)
    mosts = [one.count for one in quotas if one.most]
    able: dict[str | int | None, set[PersonId]] = {}
    done: dict[str | int | None, int] = {}
    for one in problem.participants:
        value = told(value_of(one, column))
        if one.person in problem.kept:
            done[value] = done.get(value, 0) + 1
        elif problem.placed in one.roles:
            able.setdefault(value, set()).add(one.person)
    return tuple(
        Bucket(
            people=frozenset(people),
            least=0 if value is None else max(0, least - done.get(value, 0)),
            most=max(0, min(mosts) - done.get(value, 0)) if mosts else None,
        )
        for value, people in able.items()
    )


class Admission:
    """Who can still be placed, one after the other, by quotas of at most so many."""

    def __init__(self, problem: Problem) -> None:
        self._left = [
            (one.people, one.most) for one in buckets(problem) if one.most is not None
        ]

    def admits(self, people: Collection[PersonId]) -> bool:
        """Return whether all of these can be placed beside those who are."""
        return all(len(those.intersection(people)) <= n for those, n in self._left)

    def admit(self, people: Collection[PersonId]) -> None:
        """Place these."""
        self._left = [
            (those, n - len(those.intersection(people))) for those, n in self._left
        ]


def crowded(problem: Problem, placed: Collection[PersonId]) -> frozenset[PersonId]:
    """Return who counts with as many as may be placed, when these are."""
    return frozenset(
        person
        for one in buckets(problem)
        if one.most is not None and len(one.people.intersection(placed)) >= one.most
        for person in one.people
    )


def with_numbers(problem: Problem, order: tuple[Aim, ...]) -> tuple[Aim, ...]:
    """Return the aims with what rules ask for before anything that is only wished.

    To place as many as can be never stands against it where pairs are made: whoever
    can be placed is among some of those who fill the most places.
    """
    if all(one.most for one in problem.rules.quotas) and not problem.rules.several:
        return order
    lead = order[:1] if order[0] == EVERYONE else ()
    return (*lead, NUMBERS, *order[len(lead) :])
