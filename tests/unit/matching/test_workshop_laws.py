"""What holds for the groups of any workshop, and what the check of them finds."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.ids import PersonId
from engine.matching.workshops import (
    Breach,
    Grouping,
    Workshop,
    advice,
    check,
    front,
    searched,
)
from engine.matching.workshops.choices import EQUAL
from engine.people import Participant

STEPS = 400
COLUMNS = ("department", "gender", "level")


@st.composite
def people(draw: st.DrawFn) -> tuple[Participant, ...]:
    cells = st.sampled_from(["", "one", "Two", "two "])
    return tuple(
        Participant(
            person=PersonId(f"p{number}"),
            id=f"t{number}",
            name="",
            email="",
            language="da",
            roles=("talent",),
            department=draw(cells),
            values={
                "gender": draw(cells) or None,
                "level": draw(st.none() | st.integers(0, 2)),
            },
        )
        for number in range(draw(st.integers(1, 12)))
    )


@st.composite
def workshops(draw: st.DrawFn) -> Workshop:
    everybody = draw(people())
    pairs = [*map(frozenset, combinations([one.person for one in everybody], 2))]
    apart = st.frozensets(st.sampled_from(pairs or [frozenset()]), max_size=4)
    return Workshop(
        participants=everybody,
        groups=draw(st.integers(1, len(everybody))),
        days=draw(st.integers(1, 4)),
        balance=draw(st.dictionaries(st.sampled_from(COLUMNS), st.integers(1, 3))),
        apart=frozenset(filter(None, draw(apart))),
        seed=draw(st.integers(0, 3)),
    )


@settings(max_examples=60, deadline=None)
@given(asked=workshops())
def test_every_answer_is_as_it_is_said_to_be_and_not_below_the_least(
    asked: Workshop,
) -> None:
    found = front(asked, steps=STEPS)

    assert [check(asked, one) for one in found] == [()] * len(found)
    assert all(one.repeats >= one.least for one in found)


@settings(max_examples=30, deadline=None)
@given(asked=workshops(), chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(
    asked: Workshop, chance: Random
) -> None:
    rows, columns = list(asked.participants), list(asked.balance.items())
    chance.shuffle(rows)
    chance.shuffle(columns)
    other = replace(asked, participants=tuple(rows), balance=dict(columns))

    assert front(other, steps=STEPS) == front(asked, steps=STEPS)
    assert advice(other, steps=STEPS) == advice(asked, steps=STEPS)


def small() -> tuple[Workshop, Grouping]:
    """Return a workshop of two days, and right groups for it."""
    names = ("a", "b", "c", "d")
    everybody = tuple(
        Participant(
            person=PersonId(name),
            id=name,
            name="",
            email="",
            language="da",
            roles=("talent",),
            department=department,
        )
        for name, department in zip(names, ("X", "X", "Y", "Y"), strict=True)
    )
    asked = Workshop(
        participants=everybody,
        groups=2,
        days=2,
        balance={"department": 1},
        apart=frozenset({frozenset({PersonId("a"), PersonId("b")})}),
    )
    return asked, searched(asked, EQUAL, steps=STEPS)


A, B, C, D = map(PersonId, "abcd")
FIRST, SECOND = ((A, C), (B, D)), ((A, D), (B, C))


def test_two_of_each_department_sit_with_each_of_the_other_once() -> None:
    _, found = small()

    assert sorted(found.days) == [FIRST, SECOND]
    assert (found.repeats, found.imbalance) == (0, {"department": 0})


@pytest.mark.parametrize(
    ("days", "breaches"),
    [
        ((FIRST,), (Breach(kind="days"),)),
        ((FIRST, FIRST), (Breach(kind="repeats"),)),
        (
            (FIRST, ((A, B), (C, D))),
            (Breach(kind="together"), Breach(kind="imbalance")),
        ),
        (
            (FIRST, ((A, C, D), (B,))),
            (
                Breach(kind="sizes", day=2),
                Breach(kind="repeats"),
                Breach(kind="imbalance"),
            ),
        ),
        (
            (FIRST, ((A, D), (B, B))),
            (Breach(kind="members", day=2), Breach(kind="imbalance")),
        ),
        (
            ((), SECOND),
            (
                Breach(kind="groups", day=1),
                Breach(kind="members", day=1),
            ),
        ),
        (
            (((A,), (B, C), (D,)), SECOND),
            (
                Breach(kind="groups", day=1),
                Breach(kind="repeats"),
                Breach(kind="imbalance"),
            ),
        ),
    ],
)
def test_the_check_finds_what_is_wrong(
    days: tuple[tuple[tuple[PersonId, ...], ...], ...], breaches: tuple[Breach, ...]
) -> None:
    asked, found = small()

    assert check(asked, replace(found, days=days)) == breaches
