"""The year wheel, whatever the year: nothing stands on anything else."""

import datetime as dt
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from flows.rehearsal.report import columns
from flows.rehearsal.report.dial import Dial, degrees, length
from flows.rehearsal.report.drawing import Item, Plan, Stage, Wheel
from flows.rehearsal.report.labels import BOLD, spread, width, wrap
from flows.rehearsal.report.rings import in_lanes
from flows.rehearsal.report.wheel import wheel

FIRST = dt.datetime(2027, 7, 1, tzinfo=dt.UTC)
KINDS = st.sampled_from(["gathering", "evaluation", "matching", "message", "new"])
TITLES = st.text(
    st.sampled_from("abcdefgh Mil Wimøåæ–()ÆØÅ漢字"), min_size=1, max_size=120
).filter(lambda text: bool(text.strip()))
OFFSETS = st.floats(0, 1)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    months = draw(st.integers(1, 30))
    last = FIRST + dt.timedelta(days=31) * months

    def span(longest: float) -> tuple[dt.datetime, dt.datetime]:
        starts = FIRST + (last - FIRST) * draw(OFFSETS)
        return starts, min(
            starts + dt.timedelta(days=draw(st.floats(0, longest))), last
        )

    stages = [
        Stage(title=draw(TITLES), starts=starts, ends=ends)
        for starts, ends in (span(400) for _ in range(draw(st.integers(0, 7))))
    ]
    items = [
        Item(
            kind=draw(KINDS),
            title=draw(TITLES),
            when=draw(st.sampled_from(["17. nov. 2028", "25. nov. – 24. jan."])),
            starts=starts,
            ends=ends,
        )
        for starts, ends in (span(60) for _ in range(draw(st.integers(0, 40))))
    ]
    return Plan(
        first=FIRST,
        last=last,
        months=[
            (FIRST + dt.timedelta(days=31) * number, ("jan 2028", "jan", "j"))
            for number in range(months)
        ],
        stages=stages,
        items=items,
    )


@given(plan=plans())
def test_no_label_stands_on_another_or_leaves_the_picture(plan: Plan) -> None:
    drawn = wheel(plan)

    boxes = [label.box for label in drawn.labels]

    assert len(boxes) == len(plan.items)
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    for box in boxes:
        assert box.left >= 0
        assert box.top >= 0
        assert box.right <= drawn.width
        assert box.bottom <= drawn.height


@given(plan=plans())
def test_no_label_reaches_into_the_wheel(plan: Plan) -> None:
    drawn = wheel(plan)
    reach = max((_far(drawn, mark.at) for mark in drawn.marks), default=0.0)

    for label in drawn.labels:
        middle = drawn.centre[0]
        nearest = min(abs(label.box.left - middle), abs(label.box.right - middle))
        assert nearest > reach


@given(plan=plans())
def test_no_mark_stands_on_another(plan: Plan) -> None:
    drawn = wheel(plan)

    for (ax, ay), (bx, by) in combinations([one.at for one in drawn.marks], 2):
        assert ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 > 12


@given(plan=plans())
def test_words_along_a_ring_are_never_longer_than_their_piece(plan: Plan) -> None:
    drawn = wheel(plan)

    assert [bool(arc.words) for arc in drawn.stages] == [
        bool(arc.baseline) for arc in drawn.stages
    ]
    assert len(drawn.months) == len(plan.months)
    assert len(drawn.stages) == len(plan.stages)


@given(
    arcs=st.lists(
        st.tuples(st.floats(0, 300), st.floats(1, 60)).map(lambda o: (o[0], sum(o))),
        max_size=12,
    )
)
def test_phases_of_one_lane_never_meet(arcs: list[tuple[float, float]]) -> None:
    lanes = in_lanes(arcs)

    for (one, lane), (other, its) in combinations(zip(arcs, lanes, strict=True), 2):
        assert lane != its or one[1] <= other[0] or other[1] <= one[0]


@given(text=TITLES, room=st.floats(40, 300), lines=st.integers(1, 5))
def test_wrapped_words_fit_and_are_cut_only_at_the_end(
    text: str, room: float, lines: int
) -> None:
    found = wrap(text, room=room, size=16, lines=lines)

    assert 1 <= len(found) <= lines
    assert all(width(line, 16) <= room for line in found)
    whole = "".join(text.split())
    shown = "".join("".join(found).split())
    assert shown == whole or (shown[-1] == "…" and whole.startswith(shown[:-1]))


@given(
    boxes=st.lists(st.tuples(st.floats(0, 500), st.floats(5, 60)), max_size=20),
    more=st.floats(0, 300),
)
def test_boxes_in_a_column_keep_their_order_and_never_meet(
    boxes: list[tuple[float, float]], more: float
) -> None:
    wanted = sorted(middle for middle, _ in boxes)
    heights = [height for _, height in boxes]
    bottom = sum(heights) + more

    tops = spread(wanted, heights, top=0.0, bottom=bottom)

    ends = [top + height for top, height in zip(tops, heights, strict=True)]
    assert all(end <= top + 1e-6 for end, top in zip(ends, tops[1:], strict=False))
    assert all(top >= -1e-6 for top in tops)
    assert all(end <= bottom + 1e-6 for end in ends)


def test_a_box_with_room_stands_where_it_is_wanted() -> None:
    tops = spread([50, 100, 200], [20, 20, 20], top=0.0, bottom=400.0)

    assert tops == (40, 90, 190)


def test_the_year_runs_clockwise_from_the_top() -> None:
    last = FIRST + dt.timedelta(days=365)
    dial = Dial(first=FIRST, last=last, centre=(0.0, 0.0))

    angles = [dial.angle(FIRST + (last - FIRST) * part / 4) for part in range(5)]

    assert angles == [4.0, 92.0, 180.0, 268.0, 356.0]
    assert dial.angle(FIRST - dt.timedelta(days=9)) == 4.0


def test_an_arc_as_long_as_half_the_circle_is_half_the_circle() -> None:
    assert round(degrees(100, length(100, 180)), 9) == 180.0


def test_a_label_shows_when_in_bold_letters_that_fit() -> None:
    item = Item(
        kind="gathering",
        title="Seminar",
        when="25. september – 24. januar",
        starts=FIRST,
        ends=FIRST,
    )

    lines = columns.placed(
        Dial(first=FIRST, last=FIRST + dt.timedelta(days=9), centre=(0, 0)), [item]
    )[0].lines

    assert width(lines[0], columns.SIZE * BOLD) <= columns.WORDS


def _far(drawn: Wheel, at: tuple[float, float]) -> float:
    across, down = at[0] - drawn.centre[0], at[1] - drawn.centre[1]
    return float((across**2 + down**2) ** 0.5)
