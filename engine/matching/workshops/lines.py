"""Groups over several days in which nobody meets anybody twice, by construction.

People sit in rows of as many as there are groups. Group k of day m takes from row r
whoever sits at k + m r: the lines of a plane. With a prime number of groups nobody
meets anybody twice for as many days. Other numbers do where no difference of two days
times one of two rows comes round to nothing, and powers of a prime in an arithmetic of
their own.
"""

from collections.abc import Iterator, Sequence
from itertools import product

from engine.matching.workshops.question import Workshop
from engine.matching.workshops.seats import Plan

_LARGEST = 32
"""More groups than this are not tried as powers of a prime."""

Table = Sequence[Sequence[int]]


def lines(workshop: Workshop) -> Plan | None:
    """Return groups without a repeat, or None where no construction is known."""
    groups, people = workshop.groups, len(workshop.people)
    rows = -(-people // groups)
    if max(rows, workshop.days) > groups:
        return None
    for add, times in _arithmetics(groups):
        if _never_again(times, rows=rows, days=workshop.days, add=add):
            minus = [row.index(0) for row in add]
            return tuple(
                tuple(
                    add[seat % groups][minus[times[day][seat // groups]]]
                    for seat in range(people)
                )
                for day in range(workshop.days)
            )
    return None


def _never_again(times: Table, *, rows: int, days: int, add: Table) -> bool:
    """Return whether two of different rows are in one group on one day at the most."""
    minus = [row.index(0) for row in add]
    apart = {add[one][minus[other]] for one in range(rows) for other in range(one)}
    later = {add[one][minus[other]] for one in range(days) for other in range(one)}
    return all(times[day][row] for day, row in product(later, apart))


def _arithmetics(groups: int) -> Iterator[tuple[Table, Table]]:
    """Yield how to add and multiply numbers: round a clock, then as a field."""
    numbers = range(groups)
    yield (
        [[(one + other) % groups for other in numbers] for one in numbers],
        [[one * other % groups for other in numbers] for one in numbers],
    )
    if groups > _LARGEST:
        return
    prime = next(
        one for one in range(2, groups + 2) if groups % one == 0 or one > groups
    )
    power = next((n for n in range(2, 6) if prime**n == groups), 0)
    if power:
        yield _field(prime, power)


def _field(prime: int, power: int) -> tuple[Table, Table]:
    """Return the arithmetic of numbers as polynomials, in which only 0 makes 0."""
    size = prime**power
    digits = [_digits(number, prime, power) for number in range(size)]

    def number(those: Sequence[int]) -> int:
        return sum(digit * prime**at for at, digit in enumerate(those))

    add = [
        [
            number([(a + b) % prime for a, b in zip(one, other, strict=True)])
            for other in digits
        ]
        for one in digits
    ]
    for rest in digits:
        times = [
            [number(_multiplied(one, other, rest, prime)) for other in digits]
            for one in digits
        ]
        if all(all(row[1:]) for row in times[1:]):
            return add, times
    raise AssertionError(f"there is a field of {size}")


def _digits(number: int, prime: int, power: int) -> tuple[int, ...]:
    return tuple(number // prime**at % prime for at in range(power))


def _multiplied(
    one: Sequence[int], other: Sequence[int], rest: Sequence[int], prime: int
) -> Sequence[int]:
    """Return a product, where the first power that is too high is worth `rest`."""
    power = len(one)
    long = [0] * (2 * power - 1)
    for (i, a), (j, b) in product(enumerate(one), enumerate(other)):
        long[i + j] += a * b
    for high in range(len(long) - 1, power - 1, -1):
        for at, digit in enumerate(rest):
            long[high - power + at] += long[high] * digit
    return [digit % prime for digit in long[:power]]
