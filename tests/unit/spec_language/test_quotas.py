"""How many of whom are asked for, as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from engine.spec.quotas import Quota

KINDS = ("woman", "man", "head of office", "talent")
quotas = st.lists(
    st.tuples(st.integers(1, 20), st.sampled_from(KINDS)),
    min_size=1,
    max_size=4,
    unique_by=lambda part: part[1],
).map(lambda parts: Quota(tuple(parts)))


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [
        ("1 woman and 1 man", ((1, "woman"), (1, "man"))),
        (
            "a talent, two head of office and 3 woman",
            ((1, "talent"), (2, "head of office"), (3, "woman")),
        ),
        ("2 people", ((2, "people"),)),
    ],
)
def test_a_quota_is_numbers_and_kinds(
    phrase: str, parts: tuple[tuple[int, str], ...]
) -> None:
    assert Quota.parse(phrase).parts == parts


@given(quota=quotas)
def test_a_quota_is_read_again_as_it_is_written(quota: Quota) -> None:
    assert Quota.parse(str(quota)) == quota


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "woman",
        "1",
        "0 woman",
        "1 woman and man",
        "1 man and 2 man",
        "1 man, 1 person",
    ],
)
def test_what_does_not_tell_how_many_of_whom_is_refused(phrase: str) -> None:
    with pytest.raises(PydanticCustomError):
        Quota.parse(phrase)


def test_where_anybody_counts_no_kinds_are_told_apart() -> None:
    assert Quota.parse("2 people").kinds == ()
    assert Quota.parse("1 woman and 1 man").kinds == ("woman", "man")
