"""What the rule sentences mean."""

from dataclasses import replace

import pytest

from engine.matching import (
    AIMS,
    Rules,
    of_two,
    parse_aims,
    parse_rules,
)
from engine.matching.clauses import (
    Above,
    Alike,
    Apart,
    Clause,
    Common,
    Covers,
    Limit,
    Near,
    Preference,
    Quota,
    Several,
    Unnamed,
    Wished,
)
from tests.unit.matching.cases import (
    BOTH,
    COLUMNS,
    LEVELS,
    PREFER,
    REQUIRE,
    rules,
)


def test_the_rules_of_the_leadership_programme_are_understood() -> None:
    parsed = rules(REQUIRE, PREFER)

    assert parsed == Rules(
        require=(
            Alike(column="department", same=False, sentence="different departments"),
            Apart(sentence="outside each other's reporting line"),
        ),
        prefer=(
            Preference(
                weight=5,
                clause=Covers(
                    giver="mentor",
                    offered="strengths",
                    taker="mentee",
                    wanted="goals",
                    sentence="mentor's strengths cover mentee's goals",
                ),
            ),
            Preference(
                weight=3,
                clause=Wished(
                    by="mentee",
                    column="wishes",
                    up_to=3,
                    sentence="mentee's wishes in order",
                ),
            ),
            Preference(
                weight=2,
                clause=Above(
                    upper="mentor",
                    lower="mentee",
                    column="level",
                    steps=1,
                    scale=LEVELS,
                    sentence="mentor's level above mentee's",
                ),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("sentence", "column", "same"),
    [
        ("same location", "location", True),
        ("different location", "location", False),
        ("different locations", "location", False),
        ("same language", "language", True),
        ("same remote", "remote", True),
    ],
)
def test_any_single_value_can_be_compared(
    sentence: str, column: str, *, same: bool
) -> None:
    parsed = rules([(BOTH, sentence)])

    assert parsed.require == (Alike(column=column, same=same, sentence=sentence),)


@pytest.mark.parametrize(
    ("sentence", "column", "steps"),
    [
        ("mentor's level at least mentee's", "level", 0),
        ("mentor's level above mentee's", "level", 1),
        ("mentor’s  level above mentee’s", "level", 1),
        ("mentor's level at least 1 step above mentee's", "level", 1),
        ("mentor's years at least 10 steps above mentee's", "years", 10),
    ],
)
def test_levels_can_be_required_at_a_distance(
    sentence: str, column: str, steps: int
) -> None:
    (rule,) = rules([(BOTH, sentence)]).require

    assert isinstance(rule, Above)
    assert (rule.upper, rule.lower, rule.column, rule.steps) == (
        "mentor",
        "mentee",
        column,
        steps,
    )


def test_two_may_have_to_be_among_no_people_that_either_names() -> None:
    sentence = "not among each other's wishes"

    parsed = rules([(BOTH, sentence)], [(f"{BOTH}, {sentence}", 2)])

    clause = Unnamed(column="wishes", sentence=sentence)
    assert parsed == Rules(
        require=(clause,), prefer=(Preference(clause=clause, weight=2),)
    )


@pytest.mark.parametrize(
    ("sentence", "least", "apart"),
    [
        ("goals in common", None, False),
        ("at least two goals in common", 2, False),
        ("complementary goals", None, True),
    ],
)
def test_tags_can_be_shared_or_complement_each_other(
    sentence: str, least: int | None, *, apart: bool
) -> None:
    parsed = rules(prefer=[(f"{BOTH}, {sentence}", 2)])

    clause = Common(column="goals", sentence=sentence, least=least, apart=apart)
    assert parsed.prefer == (Preference(clause=clause, weight=2),)


def test_tags_in_common_that_are_required_are_one_at_least() -> None:
    parsed = rules([(BOTH, "goals in common")])

    assert parsed.require == (
        Common(column="goals", sentence="goals in common", least=1),
    )


@pytest.mark.parametrize(
    ("sentence", "column", "within", "scale"),
    [
        ("near in level", "level", 1, LEVELS),
        ("near in level within 2", "level", 2, LEVELS),
        ("near in years within ten", "years", 10, ()),
    ],
)
def test_people_can_be_near_each_other(
    sentence: str, column: str, within: int, scale: tuple[str, ...]
) -> None:
    graded = Near(
        column=column, within=within, graded=True, scale=scale, sentence=sentence
    )

    assert rules(prefer=[(f"{BOTH}, {sentence}", 1)]).prefer[0].clause == graded
    if "within" in sentence:
        strict = replace(graded, graded=False)
        assert rules([(BOTH, sentence)]).require == (strict,)


def test_a_condition_can_be_preferred_with_the_sides_before_a_comma() -> None:
    sentence = "mentee and mentor, same location"

    parsed = rules(prefer=[(sentence, 2)])

    clause: Clause = Alike(column="location", same=True, sentence="same location")
    assert parsed.prefer == (Preference(clause=clause, weight=2),)


def test_the_words_for_the_two_sides_are_the_programmes_own() -> None:
    parsed = parse_rules(
        [("buddy and newcomer", "different departments")],
        [("newcomer's wishes in order", 1)],
        columns=COLUMNS,
        speech=of_two(("buddy", "newcomer")),
    )

    assert [one.sentence for one in parsed.require] == ["different departments"]
    assert [one.clause.sentence for one in parsed.prefer] == [
        "newcomer's wishes in order"
    ]


def test_people_can_be_counted_by_a_column() -> None:
    told = [
        ("mentees", "at most three from one department"),
        ("mentees", "at least 2 from each department"),
    ]

    parsed = rules(told)

    most, least = (
        Quota(role="mentee", column="department", count=n, most=n == 3, sentence=words)
        for n, (_, words) in zip((3, 2), told, strict=True)
    )
    assert parsed == Rules(quotas=(most, least))


def test_each_of_a_side_may_have_several_of_the_other() -> None:
    parsed = rules([("each mentee", "two mentors")])

    several = Several(role="mentee", count=2, sentence="two mentors")
    assert parsed == Rules(several=several)
    assert parsed.without(several) == Rules()


def test_years_running_need_no_column() -> None:
    parsed = rules([("mentor", "at most 2 years running")])

    assert parsed.require == (
        Limit(
            role="mentor",
            column="years running as mentor",
            count=2,
            most=True,
            sentence="at most 2 years running",
        ),
    )


def test_no_aims_are_all_three() -> None:
    assert parse_aims(()) == AIMS
