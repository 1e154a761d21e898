"""What the rule sentences mean, and what is said of those that are not understood."""

from dataclasses import replace

import pytest

from engine.matching import (
    AIMS,
    Fault,
    Rules,
    RulesError,
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
from engine.matching.grammar import Grammar
from tests.unit.matching.cases import (
    BOTH,
    COLUMNS,
    LEVELS,
    PREFER,
    REQUIRE,
    SIDES,
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


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (
            [("each mentee", "one mentor")],
            Fault(
                where=("require", 0),
                problem='"one mentor" is not how many mentors each mentee has',
                remedy='write, for example, "2 mentors"',
            ),
        ),
        (
            [("mentees", "at most 1 from one level"), ("each mentee", "2 mentors")],
            Fault(
                where=("require", 1),
                problem='"2 mentors" cannot be where people are counted',
                remedy="leave one of them out",
            ),
        ),
        (
            [("each mentor", "2 mentees")],
            Fault(
                where=("require", 0),
                problem='"each mentor" are not the two sides of this match',
                remedy='write "mentor and mentee"',
            ),
        ),
    ],
)
def test_what_is_wrong_with_several_of_the_other_side_is_told(
    told: list[tuple[str, str]], fault: Fault
) -> None:
    with pytest.raises(RulesError) as caught:
        rules(told)

    assert caught.value.faults == (fault,)


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


def test_all_faults_are_told_at_once_with_their_place() -> None:
    with pytest.raises(RulesError) as caught:
        rules(
            [(BOTH, "different departments"), ("mentor and sponsor", "same location")],
            [
                ("mentor's strength covers mentee's gaols", 5),
                PREFER[1],
                ("mentee's wish in order", 1),
            ],
        )

    assert caught.value.faults == (
        Fault(
            where=("require", 1),
            problem='"mentor and sponsor" are not the two sides of this match',
            remedy='write "mentor and mentee"',
        ),
        Fault(
            where=("prefer", 0),
            problem='people have no column "strength"',
            remedy='did you mean "strengths"?',
        ),
        Fault(
            where=("prefer", 2),
            problem='people have no column "wish"',
            remedy='did you mean "wishes"?',
        ),
    )
    assert str(caught.value).splitlines()[0] == (
        'require[1]: "mentor and sponsor" are not the two sides of this match; '
        'write "mentor and mentee"'
    )


ONE_OF = (
    'write one of: "level", "location", "years", "remote", "department", "language"'
)


@pytest.mark.parametrize(
    ("sentence", "problem", "remedy"),
    [
        (
            "diferent departments",
            '"diferent departments" is not a rule',
            'did you mean "different departments"?',
        ),
        (
            "outside each others reporting line",
            '"outside each others reporting line" is not a rule',
            'did you mean "outside each other\'s reporting line"?',
        ),
        (
            "different managers",
            "managers are compared as a whole line, not one by one",
            'write "outside each other\'s reporting line"',
        ),
        (
            "same goals",
            '"goals" holds tags, not text, number, yes or no, scale',
            ONE_OF,
        ),
        (
            "mentor's level above mentor's",
            "this compares the mentor with the mentor",
            'name both "mentor" and "mentee"',
        ),
        (
            "mentors's level above mentee's",
            'this match has no "mentors"',
            'did you mean "mentor"?',
        ),
        (
            "mentee's wishes in order",
            '"mentee\'s wishes in order" holds more or less, not yes or no',
            "move it to prefer, with a weight",
        ),
        (
            "complementary goals",
            '"complementary goals" holds more or less, not yes or no',
            "move it to prefer, with a weight",
        ),
        (
            "near in level",
            '"near in level" holds more or less, not yes or no',
            'write "near in level within 1", or move it to prefer, with a weight',
        ),
        (
            "near in years",
            '"years" is a number, and nothing says what is near',
            'write, for example, "near in years within 5"',
        ),
        (
            "levels in common",
            '"level" holds scale, not tags',
            'write one of: "goals", "strengths"',
        ),
    ],
)
def test_a_requirement_that_is_not_understood_says_what_would_be(
    sentence: str, problem: str, remedy: str
) -> None:
    with pytest.raises(RulesError) as caught:
        rules([(BOTH, sentence)])

    fault = Fault(where=("require", 0), problem=problem, remedy=remedy)
    assert caught.value.faults == (fault,)


@pytest.mark.parametrize(
    ("sentence", "weight", "problem", "remedy"),
    [
        (
            "mentee's wishes in order",
            0,
            "0 is not a weight",
            "write a whole number from 1 to 100",
        ),
        (
            "same location",
            2,
            '"same location" does not say of whom',
            'write "mentor and mentee, same location"',
        ),
        (
            "mentee's goals in order",
            2,
            '"goals" holds tags, not people',
            'write one of: "wishes"',
        ),
        (
            "mentors strengths cover mentees goals",
            2,
            '"mentors strengths cover mentees goals" is not a rule',
            "did you mean \"mentor's strengths cover mentee's goals\"?",
        ),
    ],
)
def test_a_preference_that_is_not_understood_says_what_would_be(
    sentence: str, weight: int, problem: str, remedy: str
) -> None:
    with pytest.raises(RulesError) as caught:
        rules(prefer=[(sentence, weight)])

    fault = Fault(where=("prefer", 0), problem=problem, remedy=remedy)
    assert caught.value.faults == (fault,)


def test_every_suggested_sentence_is_understood() -> None:
    grammar = Grammar(columns=COLUMNS, speech=of_two(SIDES))

    assert [
        grammar.requirement(BOTH, one).require[0].sentence
        for one in grammar.conditions()
    ] == list(grammar.conditions())
    assert [
        grammar.preference(one, 1).clause.sentence for one in grammar.preferences()
    ] == list(grammar.preferences())


def test_no_aims_are_all_three() -> None:
    assert parse_aims(()) == AIMS


def test_an_aim_is_refused_when_unknown_repeated_or_out_of_place() -> None:
    with pytest.raises(RulesError) as caught:
        parse_aims(("worst match as good as possible", "best totals", "best total") * 2)

    assert [(one.where, one.remedy) for one in caught.value.faults] == [
        (("aim", 0), 'write "everyone matched" before it'),
        (("aim", 1), 'did you mean "best total"?'),
        (("aim", 3), 'write "everyone matched" before it'),
        (("aim", 4), 'did you mean "best total"?'),
        (("aim", 5), "leave one of them out"),
    ]
