"""What the rule sentences of larger matches mean, and what is said of the others."""

import pytest

from engine.matching import Fault, RulesError
from engine.matching.clauses import (
    Alike,
    Apart,
    Covers,
    Limit,
    Mixed,
    Preference,
    Rules,
    Single,
    Spread,
    Unswapped,
    Wished,
)
from tests.unit.matching.cases import LEVELS
from tests.unit.matching.many import rules

APART = "outside each other's reporting line"


def test_the_rules_of_a_group_are_understood() -> None:
    parsed = rules(
        "groups",
        [
            ("mentor and mentee", APART),
            (
                "mentees of a group",
                "different departments, one exception in the cohort",
            ),
            ("mentees of a group", "one location"),
            ("mentees of a group", "at most two from the same level"),
            ("mentees of a group", "at least one of each level"),
            ("mentees of a group", "at least 2 of each remote"),
            ("mentee", "at least 2 years"),
        ],
        [("mentor's strengths cover mentee's goals", 5)],
    )

    different = "different departments, one exception in the cohort"
    covers = Covers(
        giver="mentor",
        offered="strengths",
        taker="mentee",
        wanted="goals",
        sentence="mentor's strengths cover mentee's goals",
    )
    assert parsed == Rules(
        require=(
            Apart(sentence=APART),
            Limit(
                role="mentee",
                column="years",
                count=2,
                most=False,
                sentence="at least 2 years",
            ),
        ),
        prefer=(Preference(clause=covers, weight=5),),
        together=(
            Spread(column="department", exceptions=1, sentence=different),
            Single(column="location", sentence="one location"),
            Spread(column="level", most=2, sentence="at most two from the same level"),
            Mixed(
                column="level",
                least=1,
                values=LEVELS,
                sentence="at least one of each level",
            ),
            Mixed(
                column="remote",
                least=2,
                values=(True, False),
                sentence="at least 2 of each remote",
            ),
        ),
    )


def test_the_rules_of_a_trio_say_which_two_they_are_about() -> None:
    parsed = rules(
        "trios",
        [
            ("mentor and talent", "different departments"),
            ("manager and mentor", APART),
            ("managers and mentors", "no two swap talents"),
        ],
        [("manager's wishes in order", 2), ("talent and mentor, same location", 1)],
    )

    wishes = Wished(
        by="manager",
        column="wishes",
        up_to=3,
        sentence="manager's wishes in order",
        of="mentor",
    )
    same = Alike(
        column="location",
        same=True,
        sentence="same location",
        between=("talent", "mentor"),
    )
    assert parsed == Rules(
        require=(
            Alike(
                column="department",
                same=False,
                sentence="different departments",
                between=("talent", "mentor"),
            ),
            Apart(sentence=APART, between=("manager", "mentor")),
        ),
        prefer=(
            Preference(clause=wishes, weight=2),
            Preference(clause=same, weight=1),
        ),
        swaps=Unswapped(sentence="no two swap talents"),
    )


@pytest.mark.parametrize(
    ("shape", "subject", "sentence", "problem", "remedy"),
    [
        (
            "groups",
            "mentees of a grup",
            "one location",
            '"mentees of a grup" is nobody in this match',
            'did you mean "mentees of a group"?',
        ),
        (
            "groups",
            "mentees of a group",
            "of one gender",
            '"of one gender" is not a rule',
            (
                'write one of: "outside each other\'s reporting line", '
                '"different departments", "same department", '
                '"different departments, one exception in the cohort", '
                '"at most 2 from the same department", '
                '"at least 2 of each gender"'
            ),
        ),
        (
            "groups",
            "mentees of a group",
            "at least 2 of each department",
            '"department" holds text, not scale, yes or no',
            'write one of: "level", "remote"',
        ),
        (
            "buddies",
            "buddies",
            "at least 1 of each level",
            '"at least 1 of each level" is not a rule',
            (
                'write one of: "outside each other\'s reporting line", '
                '"different departments", "same department"'
            ),
        ),
        (
            "groups",
            "mentee",
            "at least two yeers",
            'people have no column "yeers"',
            'did you mean "years"?',
        ),
        (
            "groups",
            "mentee",
            "two years",
            '"two years" is not a rule about one mentee',
            'write, for example, "at least 2 years" about a number column',
        ),
        (
            "buddies",
            "buddies",
            "different departments, one exception in the cohort",
            (
                '"different departments, one exception in the cohort" '
                "is more than two can keep"
            ),
            'write "different departments"',
        ),
        (
            "trios",
            "managers and mentors",
            "never swapped",
            '"never swapped" is not a rule',
            'write "no two swap talents"',
        ),
    ],
)
def test_a_requirement_of_many_that_is_not_understood_says_what_would_be(
    shape: str, subject: str, sentence: str, problem: str, remedy: str
) -> None:
    with pytest.raises(RulesError) as caught:
        rules(shape, [(subject, sentence)])

    fault = Fault(where=("require", 0), problem=problem, remedy=remedy)
    assert caught.value.faults == (fault,)


def test_the_mentees_of_a_group_are_not_weighed_against_each_other() -> None:
    with pytest.raises(RulesError) as caught:
        rules("groups", [], [("mentees of a group, same location", 2)])

    problem = "mentees of a group cannot be weighed against each other"
    remedy = 'write "mentor and mentee, ..."'
    assert caught.value.faults == (
        Fault(where=("prefer", 0), problem=problem, remedy=remedy),
    )
