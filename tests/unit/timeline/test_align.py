"""Which slot continues which occurrence, against every possible answer."""

import datetime as dt
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from engine.timeline.align import GAP, align

BASE = dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)
series = st.lists(st.integers(0, 500), max_size=5).map(sorted)


def at(*days: int) -> list[dt.datetime]:
    return [BASE + dt.timedelta(days=day) for day in days]


def cost(old: list[int], new: list[int], paired: tuple[int | None, ...]) -> int:
    """Return the displacement in days, with the price of what stays unpaired."""
    moved = [abs(new[j] - old[i]) for j, i in enumerate(paired) if i is not None]
    return sum(moved) + GAP * (len(old) + len(new) - 2 * len(moved))


def every_answer(old: list[int], new: list[int]) -> list[tuple[int | None, ...]]:
    """Return every way to pair some of the new with some of the old, in order."""
    answers: list[tuple[int | None, ...]] = []
    for count in range(min(len(old), len(new)) + 1):
        for news in combinations(range(len(new)), count):
            for olds in combinations(range(len(old)), count):
                pairs = dict(zip(news, olds, strict=True))
                answers.append(tuple(pairs.get(j) for j in range(len(new))))
    return answers


@given(old=series, new=series)
def test_no_other_answer_displaces_less(old: list[int], new: list[int]) -> None:
    paired = align(at(*old), at(*new))

    assert cost(old, new, paired) == min(
        cost(old, new, answer) for answer in every_answer(old, new)
    )


@given(old=series, new=series)
def test_the_order_of_what_stays_is_kept(old: list[int], new: list[int]) -> None:
    paired = align(at(*old), at(*new))

    kept = [index for index in paired if index is not None]
    assert len(paired) == len(new)
    assert kept == sorted(set(kept))


@given(old=series)
def test_a_series_that_is_not_edited_continues_itself(old: list[int]) -> None:
    assert align(at(*old), at(*old)) == tuple(range(len(old)))


def test_a_workshop_put_in_between_is_one_new_workshop() -> None:
    paired = align(at(90, 180, 270), at(90, 130, 180, 270))

    assert paired == (0, None, 1, 2)


def test_a_workshop_taken_out_leaves_the_others_who_they_were() -> None:
    paired = align(at(90, 180, 270), at(90, 270))

    assert paired == (0, 2)


def test_workshops_that_all_move_by_weeks_stay_who_they_were() -> None:
    paired = align(at(90, 180, 270), at(104, 194, 284))

    assert paired == (0, 1, 2)


def test_a_workshop_further_off_than_two_gaps_is_another_one() -> None:
    assert align(at(0), at(2 * GAP)) == (0,)
    assert align(at(0), at(2 * GAP + 1)) == (None,)


def test_of_two_equally_near_the_earlier_old_one_continues() -> None:
    assert align(at(10, 20), at(15)) == (0,)


def test_of_two_equally_near_the_earlier_new_one_continues() -> None:
    assert align(at(15), at(10, 20)) == (0, None)


def test_what_was_never_there_has_no_one_to_continue() -> None:
    assert align([], at(1, 2)) == (None, None)
    assert align(at(1, 2), []) == ()
