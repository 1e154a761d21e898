"""How high the floor under every group goes: what the worst one has at best."""

from bisect import bisect
from dataclasses import dataclass

from engine.matching.highs import Found, OutOfWorkError, maximised
from engine.matching.seating import Plan, Seating


@dataclass(frozen=True, kw_only=True, slots=True)
class Raised:
    """The highest floor that was found.

    Attributes:
        found: The best total above it.
        floor: How high it is.
        proven: Whether none is higher.
    """

    found: Found
    floor: int
    proven: bool


def raise_floor(question: Seating, plan: Plan, *, limit: int) -> Raised | None:
    """Return the highest floor up to a limit, and keep it; None without an answer.

    The limit is tried first: it mostly is possible. Else the steps downwards grow until
    a floor is, and the highest is looked for from there.

    Raises:
        OutOfWorkError: If the work ran out before any answer was found.
    """
    heights = _floors(question, plan, highest=limit)
    best: Found | None = None
    low, high, known, step = -1, len(heights), len(heights), 1
    while low + 1 < high:
        probe = (low + high) // 2 if best else max(0, high - step)
        question.worst.lower_bound = heights[probe]
        try:
            found = maximised(question.model, question.total, question.asked)
        except OutOfWorkError:
            if best:
                break
            high, step = probe, 2 * step
            continue
        if found:
            best, low = found, bisect(heights, question.worst_of(found.values)) - 1
        else:
            high, known, step = probe, probe, 2 * step
    question.worst.lower_bound = heights[max(0, low)]
    if best is not None:
        return Raised(found=best, floor=heights[low], proven=known == low + 1)
    if known:
        raise OutOfWorkError
    return None


def _floors(question: Seating, plan: Plan, *, highest: int) -> tuple[int, ...]:
    """Return what the worst group could have up to some points, from the lowest.

    That is what so many of some group's people give together; 0 is always among it.
    """
    points, leaders = question.leading.table.points, question.leading.leaders
    sums = 1
    for row, seats in zip(leaders, question.seats, strict=True):
        # A bit for each sum that so many people can come to.
        some = [1, *(0 for _ in range(plan.most))]
        for one in seats:
            for count in range(plan.most, 0, -1):
                some[count] |= some[count - 1] << points[row][one]
        for count in range(plan.least, plan.most + 1):
            sums |= some[count]
    return tuple(one for one in range(highest + 1) if sums >> one & 1)
