"""Which slot is which occurrence that was there before.

A series that is edited keeps the identity of what stays: the old occurrences and the
new slots are put side by side in order, by least displacement in days, where leaving
one without a counterpart costs `GAP` days. Ties go to the earlier.
"""

import datetime as dt
from collections.abc import Sequence
from functools import cache

GAP = 180
"""Days of displacement that one unpaired occurrence is worth."""

_DAY = dt.timedelta(days=1)


def align(
    old: Sequence[dt.datetime], new: Sequence[dt.datetime]
) -> tuple[int | None, ...]:
    """Return for each new time the index of the old one that it continues, or None."""
    kept = len(old)
    if list(old) == list(new[:kept]):
        return (*range(kept), *(None,) * (len(new) - kept))

    @cache
    def best(i: int, j: int) -> tuple[float, tuple[int | None, ...]]:
        if j == len(new):
            return (len(old) - i) * GAP, ()
        if i == len(old):
            return (len(new) - j) * GAP, (None,) * (len(new) - j)
        cost, rest = best(i + 1, j + 1)
        paired = (cost + abs(new[j] - old[i]) / _DAY, (i, *rest))
        cost, rest = best(i, j + 1)
        opened = (cost + GAP, (None, *rest))
        cost, rest = best(i + 1, j)
        closed = (cost + GAP, rest)
        return min(paired, opened, closed, key=lambda choice: choice[0])

    return best(0, 0)[1]
