"""What is said of rule sentences and aims that are not understood."""

import pytest

from engine.matching import (
    Fault,
    RulesError,
    of_two,
    parse_aims,
)
from engine.matching.grammar import Grammar
from tests.unit.matching.cases import (
    BOTH,
    COLUMNS,
    PREFER,
    SIDES,
    rules,
)


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
