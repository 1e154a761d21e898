"""Whether no later aim ever outweighs an earlier one, and a sum tells all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.matching import AIMS
from engine.matching.aims import EVERYONE, FIRST, TOTAL, Aim
from engine.matching.choosing import cost_of, weights_of
from engine.matching.flow import Arc, Network
from engine.matching.weights import Weights


def many(arcs: tuple[Arc, ...], people: int) -> Network:
    return Network(places=(1,) * people, seconds=people, arcs=arcs)


def costs(given: Network) -> list[int]:
    weights = weights_of(given, given.arcs, AIMS)
    return [cost_of(arc, weights) for arc in given.arcs]


def test_a_tie_never_outweighs_a_point_however_large_the_programme() -> None:
    kinds = ((5, 2**32 - 1), (5, 0), (6, 0), (50_000, 0))
    arcs = tuple(
        Arc(first=one, second=one, points=points, tie=tie)
        for one, (points, tie) in enumerate(kinds)
    )

    lucky, unlucky, better, most = costs(many(arcs, 10_000))

    assert lucky < unlucky
    assert better + 9_999 * unlucky < 10_000 * lucky
    assert abs(most) * 20_004 < 2**62


def test_points_that_are_all_of_one_step_leave_room_for_ties() -> None:
    arcs = tuple(
        Arc(first=0, second=one, points=2**40 * one, tie=2**31) for one in (1, 3)
    )

    assert costs(many(arcs, 1_000)) == [
        -((2_000 * one << 32) + 2**31) for one in (1, 3)
    ]


def test_more_points_than_a_flow_can_add_up_are_refused() -> None:
    arcs = tuple(Arc(first=0, second=0, points=one, tie=0) for one in (1, 2**50))

    with pytest.raises(OverflowError):
        costs(many(arcs, 10_000))


@given(
    order=st.sampled_from(
        ((EVERYONE, TOTAL), (EVERYONE, FIRST, TOTAL), (TOTAL, EVERYONE), AIMS)
    ),
    most=st.integers(1, 300),
    highest=st.integers(1, 60),
    step=st.integers(1, 20),
    data=st.data(),
)
def test_a_sum_tells_how_many_units_of_each_aim_are_in_it(
    order: tuple[Aim, ...], most: int, highest: int, step: int, data: st.DataObject
) -> None:
    weights = Weights(
        order=order, most=most, highest=highest * step, step=step, nodes=3 * most
    )
    pairs, early = (data.draw(st.integers(-most, most)) for _ in range(2))
    steps = data.draw(st.integers(-most * highest, most * highest))
    units = {EVERYONE: pairs, FIRST: early, TOTAL: steps}
    counted = {aim: units[aim] for aim in units if aim in order}

    lost = sum(
        one * (weights.of.get(aim, 0) or weights.reward) for aim, one in counted.items()
    )

    counted[TOTAL] *= step
    assert weights.split(lost) == counted
