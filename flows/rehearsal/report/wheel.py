"""A year as a wheel.

The circle runs clockwise from the top, from the first month to the last, however many
these are. Labels stand in a column on either side, so that no two of them share a place
and none leaves the picture, which grows with what it has to hold.
"""

from itertools import chain

from flows.rehearsal.report import columns, rings
from flows.rehearsal.report.dial import Dial
from flows.rehearsal.report.drawing import Plan, Wheel

_MARGIN = 6.0


def wheel(plan: Plan) -> Wheel:
    """Return the picture of a year."""
    # Angles and radii do not depend on where the centre will be.
    somewhere = Dial(first=plan.first, last=plan.last, centre=(0.0, 0.0))
    placed = columns.placed(somewhere, plan.items)
    sides = (
        [one for one in placed if one.on_the_right],
        [one for one in placed if not one.on_the_right],
    )
    outermost = max((one.radius for one in placed), default=columns.FIRST)
    edge = outermost + 1.5 * columns.SIGN
    tallest = max(sum(one.height for one in side) for side in sides)
    height = max(2 * (outermost + columns.SIGN), tallest) + 2 * _MARGIN
    centre = (_MARGIN + columns.ROOM + edge, height / 2)
    dial = Dial(first=plan.first, last=plan.last, centre=centre)
    return Wheel(
        width=2 * centre[0],
        height=height,
        centre=centre,
        months=tuple(rings.months(dial, plan)),
        stages=tuple(rings.stages(dial, plan)),
        breaks=tuple(rings.breaks(dial, plan)),
        holidays=tuple(rings.holidays(dial, plan)),
        bars=tuple(rings.bars(dial, plan)),
        marks=tuple(columns.mark(dial, one) for one in placed),
        labels=tuple(
            chain.from_iterable(
                columns.labels(dial, side, edge=edge, height=height) for side in sides
            )
        ),
    )
