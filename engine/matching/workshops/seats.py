"""Who sits where on each day while better groups are looked for, and what it costs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.matching.workshops.question import Day, Workshop

Plan = tuple[tuple[int, ...], ...]
"""The group of each person, by number, on each day."""

_NOBODY = 0
"""The value of whoever has told nothing: they are balanced nowhere."""


@dataclass(frozen=True, kw_only=True)
class Cells:
    """What is balanced, as numbers.

    Attributes:
        numbers: The number of each column's values.
        held: The values of each person, one a column.
        up, down: What one more or one less of a value costs in a group, by value and by
            how many are there.
    """

    numbers: Mapping[tuple[str, str | int | None], int]
    held: tuple[tuple[int, ...], ...]
    up: tuple[tuple[int, ...], ...]
    down: tuple[tuple[int, ...], ...]


def cells_of(workshop: Workshop) -> Cells:
    """Return what is balanced: floor and ceiling of a fair share cost nothing."""
    known = {
        (column, workshop.value(one, column))
        for one in workshop.participants
        for column in workshop.balance
    }
    told = sorted((cell for cell in known if cell[1] is not None), key=repr)
    numbers = {cell: number for number, cell in enumerate(told, start=1)}
    held = tuple(
        tuple(
            numbers.get((column, workshop.value(one, column)), _NOBODY)
            for column in workshop.balance
        )
        for one in workshop.participants
    )
    steps = [
        tuple(after - before for before, after in pairwise(row))
        for row in _costs(workshop, numbers, held)
    ]
    return Cells(
        numbers=numbers,
        held=held,
        up=tuple(row[1:] for row in steps),
        down=tuple(tuple(-step for step in row[:-1]) for row in steps),
    )


def _costs(
    workshop: Workshop,
    numbers: Mapping[tuple[str, str | int | None], int],
    held: Sequence[Sequence[int]],
) -> Iterator[Sequence[int]]:
    """Yield what each value costs in a group, by how many are there, from -1 on."""
    reckoned = range(-1, len(held) + 2)
    everywhere = Counter(number for values in held for number in values)
    yield [0 for _ in reckoned]
    for (column, _), number in numbers.items():
        weight, many = workshop.balance[column], everywhere[number]
        yield [weight * out_of_place(at, many, workshop.groups) for at in reckoned]


def out_of_place(count: int, everywhere: int, groups: int) -> int:
    """Return how many are too many or too few, where a fair share would be met."""
    least, larger = divmod(everywhere, groups)
    return max(0, count - least - bool(larger), least - count)


class Seats:
    """Groups of all days, in which two may swap; it knows what a swap would change."""

    def __init__(self, workshop: Workshop, plan: Plan) -> None:
        self.workshop = workshop
        self.group = [list(day) for day in plan]
        size = len(workshop.people)
        self._cells = cells_of(workshop)
        self._inside = [[0] * workshop.groups for _ in plan]
        values = range(len(self._cells.up))
        self._counts = [
            [[0 for _ in values] for _ in range(workshop.groups)] for _ in plan
        ]
        self._met = [[0] * size for _ in range(size)]
        self._once, self._twice = [0] * size, [0] * size
        self._apart = self._kept_apart()
        for day in range(len(plan)):
            for one in range(size):
                self._enter(day, one, self.group[day][one])

    def repeats_change(self, day: int, one: int, other: int) -> int:
        """Return how many more repeats there were if two swapped groups on a day."""
        here, there = self._others(day, one, other)
        once, twice = self._once, self._twice
        return (
            (once[other] & here).bit_count()
            + (once[one] & there).bit_count()
            - (twice[one] & here).bit_count()
            - (twice[other] & there).bit_count()
        )

    def together_change(self, day: int, one: int, other: int) -> int:
        """Return how many more sat together who must not."""
        first, second = self._apart[one], self._apart[other]
        if not (first or second):
            return 0
        here, there = self._others(day, one, other)
        return (
            (second & here).bit_count()
            + (first & there).bit_count()
            - (first & here).bit_count()
            - (second & there).bit_count()
        )

    def imbalance_change(self, day: int, one: int, other: int) -> int:
        """Return how much less even the two groups became."""
        up, down, held = self._cells.up, self._cells.down, self._cells.held
        groups, counts = self.group[day], self._counts[day]
        here, there = counts[groups[one]], counts[groups[other]]
        change = 0
        for mine, theirs in zip(held[one], held[other], strict=True):
            if mine != theirs:
                change += (
                    down[mine][here[mine]]
                    + up[theirs][here[theirs]]
                    + up[mine][there[mine]]
                    + down[theirs][there[theirs]]
                )
        return change

    def swap(self, day: int, one: int, other: int) -> None:
        """Let two people of different groups change places on a day."""
        groups = self.group[day]
        here, there = groups[one], groups[other]
        self._leave(day, one, here)
        self._leave(day, other, there)
        self._enter(day, one, there)
        self._enter(day, other, here)
        groups[one], groups[other] = there, here

    def days(self) -> tuple[Day, ...]:
        """Return the groups of each day, those with the first ids first."""
        people = self.workshop.people
        return tuple(
            tuple(
                sorted(
                    tuple(p for p, at in zip(people, day, strict=True) if at == group)
                    for group in range(self.workshop.groups)
                )
            )
            for day in self.group
        )

    def repeats(self) -> int:
        """Return how often two meet who have met before."""
        return sum(max(0, times - 1) for row in self._met for times in row) // 2

    def imbalance(self) -> Mapping[str, int]:
        """Return how many are out of place, by column, not weighed."""
        cells = self._cells
        everywhere = Counter(value for held in cells.held for value in held)
        found = dict.fromkeys(self.workshop.balance, 0)
        for (column, _), value in cells.numbers.items():
            found[column] += sum(
                out_of_place(group[value], everywhere[value], self.workshop.groups)
                for day in self._counts
                for group in day
            )
        return found

    def together(self) -> int:
        """Return how often two sit together who must not."""
        return (
            sum(
                (self._apart[one] & self._inside[day][group]).bit_count()
                for day, groups in enumerate(self.group)
                for one, group in enumerate(groups)
            )
            // 2
        )

    def ideal(self) -> bool:
        """Return whether nothing can be better: an end to any search."""
        if self.together() or any(self.imbalance().values()):
            return False
        return self.repeats() == self.workshop.least_repeats

    def _kept_apart(self) -> Sequence[int]:
        number = {one: at for at, one in enumerate(self.workshop.people)}
        apart = [0] * len(number)
        for pair in self.workshop.apart:
            if pair <= number.keys():
                one, other = (number[person] for person in pair)
                apart[one] |= 1 << other
                apart[other] |= 1 << one
        return apart

    def _others(self, day: int, one: int, other: int) -> tuple[int, int]:
        """Return who else is in the groups of two, as bits."""
        groups, inside = self.group[day], self._inside[day]
        return inside[groups[one]] ^ 1 << one, inside[groups[other]] ^ 1 << other

    def _enter(self, day: int, one: int, group: int) -> None:
        inside = self._inside[day]
        self._meet(one, inside[group], more=1)
        inside[group] |= 1 << one
        for value in self._cells.held[one]:
            self._counts[day][group][value] += 1

    def _leave(self, day: int, one: int, group: int) -> None:
        inside = self._inside[day]
        inside[group] ^= 1 << one
        self._meet(one, inside[group], more=-1)
        for value in self._cells.held[one]:
            self._counts[day][group][value] -= 1

    def _meet(self, one: int, others: int, *, more: int) -> None:
        met, once, twice = self._met, self._once, self._twice
        while others:
            bit = others & -others
            others ^= bit
            other = bit.bit_length() - 1
            times = met[one][other] + more
            met[one][other] = met[other][one] = times
            for first, second in ((one, 1 << other), (other, 1 << one)):
                once[first] = once[first] | second if times else once[first] & ~second
                again = times > 1
                twice[first] = (
                    twice[first] | second if again else twice[first] & ~second
                )
