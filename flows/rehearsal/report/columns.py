"""Marks around a wheel, and their labels in a column on either side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.rehearsal.report.dial import HALF, Dial, degrees, told
from flows.rehearsal.report.drawing import Box, Item, Label, Mark
from flows.rehearsal.report.labels import BOLD, spread, width, wrap

FIRST = 206.0
"""Radius of the first ring of marks; each further one stands a level outside."""

SIGN = 17.0
"""How wide a sign is, with the air around it."""

SIZE = 16.0
WORDS = 216.0
"""How wide the words of a label may be."""

FOR_SIGN = 23.0
ROOM = FOR_SIGN + WORDS
"""How wide a column is."""

_LEVEL = 18.0
_LINE = 19.0
_APART = 9.0
_BEND = 12.0
_MOST_LINES = 4
_SHORTEST_TAIL = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """An item with its place on the wheel and the lines of its label."""

    item: Item
    start: float
    end: float
    radius: float
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """Of the label, with the air around it."""
        return _LINE * len(self.lines) + _APART

    @property
    def on_the_right(self) -> bool:
        """On which side the label stands."""
        return self.start < HALF


def placed(dial: Dial, items: Sequence[Item]) -> tuple[Placed, ...]:
    """Return the items in order, each on the first ring where it meets no other."""
    ends: list[float] = []
    found = []
    for item in sorted(items, key=lambda one: (one.starts, one.ends, one.title)):
        start, end = dial.angle(item.starts), dial.angle(item.ends)
        air = degrees(FIRST, SIGN)
        level = next(
            (place for place, last in enumerate(ends) if last <= start), len(ends)
        )
        ends[level : level + 1] = [max(start + air, end + air / 2)]
        found.append(
            Placed(
                item=item,
                start=start,
                end=end,
                radius=FIRST + _LEVEL * level,
                lines=_lines(item),
            )
        )
    return tuple(found)


def _lines(item: Item) -> tuple[str, ...]:
    when = wrap(item.when, room=WORDS, size=SIZE * BOLD, lines=1)
    return (*when, *wrap(item.title, room=WORDS, size=SIZE, lines=_MOST_LINES))


def mark(dial: Dial, one: Placed) -> Mark:
    """Return the sign of an item on its ring."""
    lasts = one.end - one.start > _SHORTEST_TAIL
    return Mark(
        kind=one.item.kind,
        at=dial.point(one.start, one.radius),
        tail=dial.arc(one.radius, one.start, one.end) if lasts else "",
    )


def labels(
    dial: Dial, side: Sequence[Placed], *, edge: float, height: float
) -> Iterator[Label]:
    """Yield the labels of one side from top to bottom, none meeting another.

    Args:
        dial: Where the marks stand.
        side: What is labelled, all of it on the right or all on the left.
        edge: How far from the centre the column begins.
        height: Of the picture.
    """
    high = sorted(side, key=lambda one: dial.point(one.start, one.radius)[1])
    wanted = [dial.point(one.start, one.radius)[1] for one in high]
    tops = spread(wanted, [one.height for one in high], top=0.0, bottom=height)
    for one, top in zip(high, tops, strict=True):
        yield _label(dial, one, edge=edge, top=top + _APART / 2)


def _label(dial: Dial, one: Placed, *, edge: float, top: float) -> Label:
    way = 1 if one.on_the_right else -1
    column = dial.centre[0] + way * edge
    x = column + way * FOR_SIGN
    wide = max(
        width(one.lines[0], SIZE * BOLD),
        *(width(line, SIZE) for line in one.lines[1:]),
    )
    left, right = sorted((column, x + way * wide))
    middle = top + _LINE / 2
    sign = (column + way * SIGN / 2, middle)
    return Label(
        kind=one.item.kind,
        sign=sign,
        x=x,
        anchor="start" if one.on_the_right else "end",
        lines=tuple(
            (top + _LINE * place + 0.75 * _LINE, line)
            for place, line in enumerate(one.lines)
        ),
        leader=_leader(dial, one, (column, middle)),
        box=Box(left=left, top=top, right=right, bottom=top + _LINE * len(one.lines)),
    )


def _leader(dial: Dial, one: Placed, to: tuple[float, float]) -> str:
    """Return the line from a mark outwards and over to its label."""
    way = 1 if one.on_the_right else -1
    begins = dial.point(one.start, one.radius + SIGN / 2)
    bend = (to[0] - way * _BEND, to[1])
    return f"M{told(begins)}L{told(bend)}L{told(to)}"
