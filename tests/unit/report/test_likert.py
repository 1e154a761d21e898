"""Bars of answers: as wide as there are answers, and in line at the middle."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rehearsal.report.likert import bar, scale_of

COUNTS = st.lists(st.integers(0, 40), min_size=5, max_size=5).map(tuple).filter(any)


@given(rated=st.lists(COUNTS, min_size=1, max_size=6))
def test_every_bar_fits_and_its_pieces_follow_each_other(
    rated: list[tuple[int, ...]],
) -> None:
    scale = scale_of(rated)

    for counts in rated:
        pieces = bar(counts, scale).segments
        assert [one.count for one in pieces] == [one for one in counts if one]
        assert pieces[0].start >= -0.05
        assert pieces[-1].start + pieces[-1].width <= 100.05
        for one, after in itertools.pairwise(pieces):
            assert one.start + one.width == pytest.approx(after.start, abs=0.05)


@given(rated=st.lists(COUNTS, min_size=1, max_size=6))
def test_the_middle_step_lies_astride_the_middle_line(
    rated: list[tuple[int, ...]],
) -> None:
    scale = scale_of(rated)

    for counts in rated:
        drawn = bar(counts, scale)
        for one in drawn.segments:
            if one.step == 3:
                assert one.middle == pytest.approx(drawn.middle, abs=0.05)
            elif one.step < 3:
                assert one.start + one.width <= drawn.middle + 0.05
            else:
                assert one.start >= drawn.middle - 0.05


def test_without_answers_there_is_a_scale_all_the_same() -> None:
    assert scale_of([]).middle == 50.0
