"""Whether the independent check finds what is planted in matches of many."""

import pytest

from engine.matching import Breach, check
from engine.matching.result import Members
from tests.unit.matching.cases import ids, person
from tests.unit.matching.many import problem, rules

GROUPS = problem(
    "groups",
    [
        person("anna", "mentor"),
        person("bo", "mentor"),
        person("dan", "mentee", department="Health", location="North", years=3),
        person("eva", "mentee", department="Health", location="North", years=3),
        person("fie", "mentee", department="Schools", location="South", years=3),
        person("gro", "mentee", department="Parks", location="North", years=1),
        person(
            "ib", "mentee", department="Tax", location="North", years=3, manager="dan"
        ),
        person(
            "kai", "mentee", department="Tax", location="North", years=3, manager="bo"
        ),
        person("liv", "mentee", location="North", years=3),
    ],
    rules(
        "groups",
        [
            ("mentee", "at least 2 years"),
            ("mentor and mentee", "outside each other's reporting line"),
            ("mentees of a group", "different departments"),
            ("mentees of a group", "one location"),
            ("mentees of a group", "outside each other's reporting line"),
        ],
    ),
    size=(2, 3),
    vetoes=frozenset([(ids("eva")[0], ids("bo")[0])]),
)
YEARS, OUTSIDE = GROUPS.rules.require
DIFFERENT, LOCATION, APART = GROUPS.rules.together


def group(mentor: str, *mentees: str) -> Members:
    return {"mentor": ids(mentor), "mentee": ids(*mentees)}


def broken(rule: object, *people: str) -> Breach:
    return Breach(kind="rule", people=ids(*people), rule=rule)  # type: ignore[arg-type]


def test_a_good_group_has_no_breach() -> None:
    assert check(GROUPS, [group("anna", "dan", "kai")]) == ()


@pytest.mark.parametrize(
    ("matches", "breaches"),
    [
        (
            [group("anna", "dan")],
            [Breach(kind="members", people=ids("anna", "dan"))],
        ),
        (
            [{"mentor": ids("anna", "bo"), "mentee": ids("dan", "kai")}],
            [Breach(kind="members", people=ids("anna", "bo", "dan", "kai"))],
        ),
        ([group("anna", "dan", "eva")], [broken(DIFFERENT, "eva")]),
        ([group("anna", "dan", "liv")], [broken(DIFFERENT, "liv")]),
        ([group("anna", "dan", "fie")], [broken(LOCATION, "dan", "fie")]),
        ([group("anna", "dan", "gro")], [broken(YEARS, "gro")]),
        ([group("anna", "dan", "ib")], [broken(APART, "ib", "dan")]),
        ([group("bo", "dan", "kai")], [broken(OUTSIDE, "bo", "kai")]),
        (
            [group("bo", "eva", "ib")],
            [Breach(kind="veto", people=ids("bo", "eva"))],
        ),
        (
            [group("anna", "dan", "dan")],
            [
                Breach(kind="oneself", people=ids("dan")),
                Breach(kind="twice", people=ids("dan")),
                broken(DIFFERENT, "dan"),
            ],
        ),
        (
            [group("anna", "dan", "kai"), group("anna", "eva", "ib")],
            [Breach(kind="capacity", people=ids("anna"))],
        ),
        (
            [group("anna", "dan", "kai"), group("bo", "dan", "ib")],
            [broken(APART, "ib", "dan"), Breach(kind="twice", people=ids("dan"))],
        ),
    ],
)
def test_each_breach_planted_in_a_group_is_found(
    matches: list[Members], breaches: list[Breach]
) -> None:
    assert list(check(GROUPS, matches)) == breaches


def test_a_group_with_too_few_of_one_kind_is_found() -> None:
    remotes = (True, True, False, None)
    people = [person("anna", "mentor")]
    people += [
        person(f"b{one}", "mentee", remote=remote) for one, remote in enumerate(remotes)
    ]
    told = [("mentees of a group", "at least 1 of each remote")]
    given = problem("groups", people, rules("groups", told), size=(2, 2))

    assert check(given, [group("anna", "b0", "b2")]) == ()
    for two in (("b0", "b1"), ("b0", "b3")):
        assert check(given, [group("anna", *two)]) == (
            broken(given.rules.together[0], *two),
        )


TRIOS = problem(
    "trios",
    [
        person("ada", "manager", "mentor", department="Health"),
        person("ben", "manager", "mentor", department="Schools"),
        person("cat", "talent", department="Health", manager="ada"),
        person("dot", "talent", department="Schools", manager="ben"),
    ],
    rules(
        "trios",
        [
            ("talent and mentor", "different departments"),
            ("managers and mentors", "no two swap talents"),
        ],
    ),
)


def trio(talent: str, manager: str, mentor: str) -> Members:
    return {"talent": ids(talent), "manager": ids(manager), "mentor": ids(mentor)}


@pytest.mark.parametrize(
    ("matches", "breaches"),
    [
        ([trio("cat", "ada", "ben")], []),
        (
            [trio("cat", "ben", "ada")],
            [
                broken(TRIOS.rules.require[0], "cat", "ben", "ada"),
                Breach(kind="manager", people=ids("cat", "ben", "ada")),
            ],
        ),
        ([trio("cat", "ada", "ada")], [Breach(kind="oneself", people=ids("ada"))]),
        (
            [trio("cat", "ada", "ben"), trio("dot", "ben", "ada")],
            [broken(TRIOS.rules.swaps, "ada", "ben")],
        ),
        (
            [{"talent": ids("cat"), "manager": ids("ada")}],
            [Breach(kind="members", people=ids("cat", "ada"))],
        ),
        (
            [
                {
                    "talent": ids("cat"),
                    "manager": ids("ada"),
                    "mentor": ids("ben", "ada"),
                }
            ],
            [Breach(kind="members", people=ids("cat", "ada", "ben", "ada"))],
        ),
    ],
)
def test_each_breach_planted_in_a_trio_is_found(
    matches: list[Members], breaches: list[Breach]
) -> None:
    assert list(check(TRIOS, matches)) == breaches


def test_members_of_whom_one_names_the_other_are_found() -> None:
    people = [
        person("a", "member", wishes=("c",)),
        person("b", "member", wishes=("d",)),
        person("c", "member"),
    ]
    told = [("members of a network", "not among each other's wishes")]
    given = problem("networks", people, rules("networks", told), size=(3, 3))

    found = check(given, [{"member": ids("a", "b", "c")}])

    assert found == (broken(given.rules.together[0], "a", "c"),)


def test_two_threes_of_buddies_are_one_too_many() -> None:
    names = ("a", "b", "c", "d", "e", "f")
    given = problem(
        "buddies", [person(one, "talent") for one in names], rules("buddies")
    )

    found = check(given, [{"talent": ids(*names[:3])}, {"talent": ids(*names[3:])}])

    assert found == (Breach(kind="members", people=ids(*names)),)


def test_a_network_without_who_joins_it_is_not_whole() -> None:
    people = [person(one, "member") for one in "ab"] + [person("c", "consultant")]
    given = problem(
        "networks", people, rules("networks"), size=(2, 3), joined="consultant"
    )

    assert check(given, [{"member": ids("a", "b"), "consultant": ids("c")}]) == ()
    assert check(given, [{"member": ids("a", "b")}]) == (
        Breach(kind="members", people=ids("a", "b")),
    )
