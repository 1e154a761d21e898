"""How much people have in common, how they complement each other, how near they are."""

import pytest

from engine.matching import rate, word
from engine.people import Value
from tests.unit.matching.cases import BOTH, pair, person, problem, rules


def points(sentence: str, mentor: dict[str, Value], mentee: dict[str, Value]) -> int:
    """Return what a preference of weight 1 gives to two."""
    people = [person("anna", "mentor", **mentor), person("kari", "mentee", **mentee)]  # type: ignore[arg-type]
    asked = problem(people, rules(prefer=[(f"{BOTH}, {sentence}", 1)]))
    return rate(asked, pair("anna", "kari")).points


@pytest.mark.parametrize(
    ("one", "other", "common", "complement"),
    [
        (("a", "b"), ("B", " a"), 100, 0),
        (("a", "b", "c"), ("c", "d"), 25, 75),
        (("a",), ("b",), 0, 100),
        (("a",), (), 0, 100),
        ((), (), 0, 0),
    ],
)
def test_the_share_of_all_tags_that_either_names_counts(
    one: tuple[str, ...], other: tuple[str, ...], common: int, complement: int
) -> None:
    told: tuple[dict[str, Value], ...] = ({"goals": one}, {"goals": other})

    assert points("goals in common", *told) == common
    assert points("complementary goals", *told) == complement


@pytest.mark.parametrize(
    ("sentence", "column", "one", "other", "share"),
    [
        ("near in level", "level", "office", "office", 100),
        ("near in level", "level", "talent", "office", 50),
        ("near in level", "level", "director", "talent", 0),
        ("near in level", "level", None, "talent", 0),
        ("near in years within 4", "years", 10, 7, 40),
        ("near in years within 4", "years", 10, 15, 0),
    ],
)
def test_who_is_nearer_gets_more(
    sentence: str, column: str, one: Value, other: Value, share: int
) -> None:
    assert points(sentence, {column: one}, {column: other}) == share
    assert points(sentence, {column: other}, {column: one}) == share


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("goals in common", ["1 of 3 goals in common: b", "1 af 3 mål til fælles: b"]),
        (
            "complementary goals",
            ["2 of 3 goals of one alone: c, a", "2 af 3 mål har kun den ene: c, a"],
        ),
        ("strengths in common", ["no strengths named", "ingen styrker angivet"]),
        ("near in years within 4", ["years: 3 and 5", "years: 3 og 5"]),
        ("near in level", ["level: both office", "niveau: begge office"]),
    ],
)
def test_what_two_have_in_common_is_said(sentence: str, said: list[str]) -> None:
    people = [
        person("anna", "mentor", goals=("a", "b"), years=3, level="office"),
        person("kari", "mentee", goals=("B", "c"), years=5, level="office"),
    ]
    asked = problem(people, rules(prefer=[(f"{BOTH}, {sentence}", 1)]))

    (reason,) = rate(asked, pair("anna", "kari")).reasons

    assert [word(reason, language) for language in ("en", "da")] == said
