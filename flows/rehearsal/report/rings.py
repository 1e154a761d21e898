"""The rings of a year wheel: weeks as bars, phases, months, closed days."""

from collections.abc import Iterator, Sequence

from flows.rehearsal.report.dial import Dial, Ring, degrees, length
from flows.rehearsal.report.drawing import Arc, Plan, Stage
from flows.rehearsal.report.labels import width

BARS: Ring = (56.0, 92.0)
STAGES: Ring = (98.0, 158.0)
MONTHS: Ring = (162.0, 184.0)
CLOSED: Ring = (186.0, 193.0)
SIZE = 13.0
"""Of the words along a ring."""

_THICKEST = 22.0
_BETWEEN = 3.0
_SHORTEST = 18.0
_AIR = 4.0

Arced = tuple[float, float]
"""From one angle to another."""


def months(dial: Dial, plan: Plan) -> Iterator[Arc]:
    """Yield a piece a month, its name as long as there is room."""
    starts = [dial.angle(moment) for moment, _ in plan.months]
    ends = [*starts[1:], dial.angle(plan.last)]
    for start, end, (_, names) in zip(starts, ends, plan.months, strict=True):
        yield _worded(dial, MONTHS, (start, end), names)


def stages(dial: Dial, plan: Plan) -> Iterator[Arc]:
    """Yield a piece a phase, with its number and, where there is room, its name.

    Phases that overlap stand in lanes of their own, the earlier ones outside.
    """
    arced = [_arced(dial, stage) for stage in plan.stages]
    lanes = in_lanes(arced)
    count = max(lanes, default=0) + 1
    inner, outer = STAGES
    pitch = min((outer - inner + _BETWEEN) / count, _THICKEST + _BETWEEN)
    for number, (stage, arc, lane) in enumerate(
        zip(plan.stages, arced, lanes, strict=True), start=1
    ):
        edge = outer - lane * pitch
        names = (f"{number} {stage.title}", str(number))
        yield _worded(dial, (edge - pitch + _BETWEEN, edge), arc, names)


def _arced(dial: Dial, stage: Stage) -> Arced:
    """Return from where to where a phase reaches, never so short as to vanish."""
    start, end = dial.angle(stage.starts), dial.angle(stage.ends)
    missing = max(degrees(STAGES[0], _SHORTEST) - (end - start), 0.0)
    return start - missing / 2, end + missing / 2


def in_lanes(arced: Sequence[Arced]) -> list[int]:
    """Return the first lane for each in which it meets none before it."""
    lanes: list[list[Arced]] = []
    found = []
    for start, end in arced:
        free = (
            lane
            for lane, taken in enumerate(lanes)
            if all(start >= last or end <= first for first, last in taken)
        )
        lane = next(free, len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((start, end))
        found.append(lane)
    return found


def _worded(dial: Dial, ring: Ring, arc: Arced, names: Sequence[str]) -> Arc:
    path = dial.sector(ring, *arc)
    room = length(sum(ring) / 2, arc[1] - arc[0]) - _AIR
    tall = ring[1] - ring[0] >= SIZE
    fitting = (name for name in names if tall and width(name, SIZE) <= room)
    words = next(fitting, "")
    line = dial.baseline(ring, *arc, size=SIZE) if words else ""
    return Arc(path=path, words=words, baseline=line)


def bars(dial: Dial, plan: Plan) -> Iterator[str]:
    """Yield a bar a week, from the ring inwards, as long as much takes place."""
    most = max((count for _, count in plan.bars), default=1)
    inner, outer = BARS
    week = 7 * (dial.angle(plan.last) - dial.angle(plan.first)) / _days(plan)
    for moment, count in plan.bars:
        start = dial.angle(moment)
        reach = outer - (outer - inner) * count / most
        yield dial.sector((reach, outer), start, start + 0.75 * week)


def _days(plan: Plan) -> float:
    return max((plan.last - plan.first).total_seconds() / 86400, 1.0)


def breaks(dial: Dial, plan: Plan) -> Iterator[str]:
    """Yield a piece a break."""
    for first, last in plan.breaks:
        yield dial.sector(CLOSED, dial.angle(first), dial.angle(last))


def holidays(dial: Dial, plan: Plan) -> Iterator[str]:
    """Yield a stroke a public holiday."""
    for day in plan.holidays:
        yield dial.ray((CLOSED[0], CLOSED[1] + 3), dial.angle(day))
