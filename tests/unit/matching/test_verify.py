"""Whether the independent check finds what is planted."""

from typing import Any

import pytest
from hypothesis import given

from engine.ids import PersonId
from engine.matching import Breach, Problem, check
from engine.matching.result import Members
from engine.matching.scoring import tabulate
from tests.unit.matching.cases import BOTH, ids, pair, person, problem, problems, rules

RULES = rules(
    [
        (BOTH, "different departments"),
        (BOTH, "outside each other's reporting line"),
        (BOTH, "mentor's level at least mentee's"),
        (BOTH, "same language"),
    ]
)
DIFFERENT, OUTSIDE, LEVEL, LANGUAGE = RULES.require

PEOPLE = [
    person("anna", "mentor", department="Health", level="director"),
    person("bo", "mentor", department="Schools", level="office"),
    person(
        "eva",
        "mentor",
        department="Culture",
        level="director",
        manager="Kari <KARI@example.org>",
    ),
    person("kari", "mentee", department="Schools", level="director"),
    person("lis", "mentee", department="Health", level="talent", manager="ole"),
    person("mia", "mentee", department="Parks", level="talent", language="en"),
    person("ole", "sponsor", manager="bo"),
]
GIVEN = problem(
    PEOPLE,
    RULES,
    capacity={ids("anna")[0]: 2},
    vetoes=frozenset([(ids("lis")[0], ids("eva")[0])]),
)


def rule_broken(one: str, other: str, index: int) -> Breach:
    return Breach(kind="rule", people=ids(one, other), rule=RULES.require[index])


def test_good_matches_have_no_breach() -> None:
    assert check(GIVEN, [pair("anna", "kari")]) == ()


@pytest.mark.parametrize(
    ("matches", "breaches"),
    [
        ([pair("anna", "lis")], [rule_broken("anna", "lis", 0)]),
        ([pair("bo", "lis")], [rule_broken("bo", "lis", 1)]),
        (
            [pair("bo", "kari")],
            [rule_broken("bo", "kari", 0), rule_broken("bo", "kari", 2)],
        ),
        ([pair("eva", "kari")], [rule_broken("eva", "kari", 1)]),
        ([pair("eva", "mia")], [rule_broken("eva", "mia", 3)]),
        ([pair("eva", "lis")], [Breach(kind="veto", people=ids("eva", "lis"))]),
        ([pair("ole", "lis")], [Breach(kind="role", people=ids("ole"))]),
        ([pair("nn", "kari")], [Breach(kind="role", people=ids("nn"))]),
        ([pair("lis", "anna")], [Breach(kind="role", people=ids("lis", "anna"))]),
        (
            [pair("anna", "kari"), pair("anna", "kari")],
            [Breach(kind="twice", people=ids("kari"))],
        ),
        (
            [{"mentor": ids("anna")}],
            [Breach(kind="members", people=ids("anna"))],
        ),
        (
            [{"mentor": ids("anna"), "mentee": ids("kari", "lis")}],
            [Breach(kind="members", people=ids("anna", "kari", "lis"))],
        ),
    ],
)
def test_each_planted_breach_is_found(
    matches: list[Members], breaches: list[Breach]
) -> None:
    assert check(GIVEN, matches) == tuple(breaches)


def test_more_matches_than_places_are_found() -> None:
    free = problem([person("anna", "mentor"), *PEOPLE[3:]], rules())

    found = check(free, [pair("anna", "kari"), pair("anna", "lis")])

    assert found == (Breach(kind="capacity", people=ids("anna")),)


def test_a_match_with_somebody_who_is_named_is_found_whoever_names_whom() -> None:
    people = [
        person("anna", "mentor", wishes=("kari",)),
        person("bo", "mentor"),
        person("kari", "mentee"),
        person("lis", "mentee", wishes=("mia", "bo")),
    ]
    given = problem(people, rules([(BOTH, "not among each other's wishes")]))

    (rule,) = given.rules.require
    assert check(given, [pair("anna", "lis"), pair("bo", "kari")]) == ()
    assert check(given, [pair("anna", "kari"), pair("bo", "lis")]) == (
        Breach(kind="rule", people=ids("anna", "kari"), rule=rule),
        Breach(kind="rule", people=ids("bo", "lis"), rule=rule),
    )


def test_nobody_is_matched_with_themselves() -> None:
    both = problem([person("anna", "mentor", "mentee")], rules())

    found = check(both, [pair("anna", "anna")])

    assert found == (Breach(kind="oneself", people=ids("anna")),)


@given(problem=problems())
def test_the_check_and_the_scoring_agree_on_every_pair(problem: Problem) -> None:
    table = tabulate(problem)

    for row, first in enumerate(table.firsts):
        for column, second in enumerate(table.seconds):
            members: dict[str, tuple[PersonId, ...]] = {
                "mentor": (first.person,),
                "mentee": (second.person,),
            }
            found = [
                one.rule or one.kind
                for one in check(problem, [members])
                if one.kind != "capacity"
            ]
            assert found == list(table.barriers.get((row, column), ()))


@pytest.mark.parametrize(
    ("said", "mentor", "mentee"),
    [
        (
            (BOTH, "same department"),
            {"department": "Außenstelle"},
            {"department": "AUSSENSTELLE"},
        ),
        ((BOTH, "goals in common"), {"goals": ("Ισχύς",)}, {"goals": ("ΙΣΧΎΣ",)}),
        (("mentor", "at most 5 years"), {"years": -1}, {}),
    ],
)
def test_the_check_reads_odd_values_as_the_scoring_does(
    said: tuple[str, str], mentor: dict[str, Any], mentee: dict[str, Any]
) -> None:
    people = [person("anna", "mentor", **mentor), person("kari", "mentee", **mentee)]
    given = problem(people, rules([said]))

    assert tabulate(given).allowed == ((0, 0),)
    assert check(given, [pair("anna", "kari")]) == ()
