"""Whether published groups are as they are said to be: a second opinion.

Nothing here shares code with the search, so that a fault in the one is found by the
other: it counts anew from who sits where.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import ceil, floor
from typing import Literal

from engine.matching.keeping import cell
from engine.matching.workshops.question import Day, Workshop
from engine.matching.workshops.result import Grouping

Kind = Literal["days", "groups", "members", "sizes", "repeats", "imbalance", "together"]
"""What can be wrong.

`days`: not as many as asked for; `groups`: not as many on a day; `members`: somebody is
in no group, in several, or does not come; `sizes`: they differ by more than one; the
others: another number is told than what it comes to.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Breach:
    """One thing that is wrong; the day counts from 1, and is 0 for all of them."""

    kind: Kind
    day: int = 0


def check(workshop: Workshop, grouping: Grouping) -> tuple[Breach, ...]:
    """Return every breach: day by day, then what is told of all days."""
    return (
        *(
            breach
            for number, day in enumerate(grouping.days, start=1)
            for breach in _check_day(workshop, number, day)
        ),
        *_check_told(workshop, grouping),
    )


def _check_day(workshop: Workshop, number: int, day: Day) -> Iterator[Breach]:
    if len(day) != workshop.groups:
        yield Breach(kind="groups", day=number)
    seated = sorted(person for group in day for person in group)
    if seated != sorted(one.person for one in workshop.participants):
        yield Breach(kind="members", day=number)
    sizes = {len(group) for group in day}
    if sizes and max(sizes) - min(sizes) > 1:
        yield Breach(kind="sizes", day=number)


def _check_told(workshop: Workshop, grouping: Grouping) -> Iterator[Breach]:
    if len(grouping.days) != workshop.days:
        yield Breach(kind="days")
    met = Counter(
        frozenset(two)
        for day in grouping.days
        for group in day
        for two in combinations(group, 2)
    )
    if grouping.repeats != met.total() - len(met):
        yield Breach(kind="repeats")
    if grouping.together != sum(met[pair] for pair in workshop.apart):
        yield Breach(kind="together")
    counted = {name: _uneven(workshop, grouping, name) for name in workshop.balance}
    if dict(grouping.imbalance) != counted:
        yield Breach(kind="imbalance")


def _uneven(workshop: Workshop, grouping: Grouping, column: str) -> int:
    """Return how far each group is from the nearest whole number to a fair share."""
    people = {one.person: one for one in workshop.participants}
    values = Counter(cell(one, column) for one in people.values())
    found = 0
    for value, many in values.items():
        share = Fraction(many, workshop.groups)
        right = range(floor(share), ceil(share) + 1)
        for day in grouping.days:
            for group in day:
                there = sum(
                    person in people and cell(people[person], column) == value
                    for person in group
                )
                found += min(abs(there - number) for number in right) if value else 0
    return found
