"""How many points a pair has, and what forbids it."""

import pytest

from engine.matching.keeping import keeps
from engine.matching.scoring import Table, tabulate
from engine.people import Participant
from tests.unit.matching.cases import (
    BOTH,
    LEVELS,
    PREFER,
    REQUIRE,
    ids,
    person,
    problem,
    rules,
)


def points(mentor: Participant, mentee: Participant, sentence: str, weight: int) -> int:
    table = tabulate(problem([mentor, mentee], rules(prefer=[(sentence, weight)])))
    return table.points[0][0]


def barriers(
    sentence: str, mentor: Participant, mentee: Participant, *others: Participant
) -> list[str]:
    given = problem([mentor, mentee, *others], rules([(BOTH, sentence)]))
    found = tabulate(given).barriers.get((0, 0), ())
    return [one if isinstance(one, str) else one.sentence for one in found]


@pytest.mark.parametrize(
    ("strengths", "goals", "expected"),
    [
        (("strategy",), ("strategy",), 500),
        (("strategy", "finance"), ("strategy", "conflict", "finance"), 333),
        (("strategy",), ("a", "b", "strategy"), 167),
        (("Strategy ",), ("strategy", "STRATEGY", "conflict"), 250),
        (("strategy",), (), 0),
        ((), ("strategy",), 0),
    ],
)
def test_strengths_give_the_share_of_goals_that_they_cover(
    strengths: tuple[str, ...], goals: tuple[str, ...], expected: int
) -> None:
    mentor = person("bo", "mentor", strengths=strengths)
    mentee = person("kari", "mentee", goals=goals)

    assert points(mentor, mentee, PREFER[0][0], 5) == expected


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        (("bo", "x", "y"), 300),
        (("x", "bo", "y"), 200),
        (("x", "y", "bo"), 100),
        (("x", "y", "z", "bo"), 0),
        (("x",), 0),
        ((), 0),
    ],
)
def test_the_first_wish_gives_full_points_and_the_next_linearly_less(
    wishes: tuple[str, ...], expected: int
) -> None:
    mentor, mentee = person("bo", "mentor"), person("kari", "mentee", wishes=wishes)

    assert points(mentor, mentee, "mentee's wishes in order", 3) == expected


def test_a_mentors_wishes_count_likewise() -> None:
    mentor = person("bo", "mentor", wishes=("x", "kari"))

    given = points(mentor, person("kari", "mentee"), "mentor's wishes in order", 3)

    assert given == 200


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        ("director", "office", 200),
        ("office", "office", 0),
        ("talent", "office", 0),
        ("", "office", 0),
        ("king", "office", 0),
    ],
)
def test_a_condition_that_is_preferred_gives_all_its_points_or_none(
    upper: str, lower: str, expected: int
) -> None:
    mentor = person("bo", "mentor", level=upper)
    mentee = person("kari", "mentee", level=lower)

    assert points(mentor, mentee, "mentor's level above mentee's", 2) == expected


@pytest.mark.parametrize(
    ("one", "other", "sentence", "forbidden"),
    [
        ("Health", "Schools", "different departments", False),
        ("Health", " health", "different departments", True),
        ("Health", "", "different departments", True),
        ("", "", "different departments", True),
        ("", "", "same department", True),
        ("Health", "HEALTH", "same department", False),
    ],
)
def test_what_is_not_told_meets_no_requirement(
    one: str, other: str, sentence: str, *, forbidden: bool
) -> None:
    mentor = person("bo", "mentor", department=one)
    mentee = person("kari", "mentee", department=other)

    assert barriers(sentence, mentor, mentee) == [sentence] * forbidden


@pytest.mark.parametrize("upper", LEVELS)
@pytest.mark.parametrize("lower", LEVELS)
@pytest.mark.parametrize("steps", [0, 1, 2])
def test_steps_of_a_scale_are_counted(upper: str, lower: str, steps: int) -> None:
    mentor = person("bo", "mentor", level=upper)
    mentee = person("kari", "mentee", level=lower)

    found = barriers(
        f"mentor's level at least {steps} steps above mentee's", mentor, mentee
    )

    assert (not found) == (LEVELS.index(upper) - LEVELS.index(lower) >= steps)


@pytest.mark.parametrize("upper", LEVELS)
@pytest.mark.parametrize("lower", LEVELS)
@pytest.mark.parametrize(
    ("sentence", "steps"),
    [
        ("1 to 2 steps above", (1, 2)),
        ("0 to 1 steps above", (0, 1)),
        ("at most 1 step above", (-len(LEVELS), 1)),
    ],
)
def test_steps_of_a_scale_may_have_an_end(
    upper: str, lower: str, sentence: str, steps: tuple[int, int]
) -> None:
    mentor = person("bo", "mentor", level=upper)
    mentee = person("kari", "mentee", level=lower)
    people = {one.person: one for one in (mentor, mentee)}
    rule = f"mentor's level {sentence} mentee's"

    found = barriers(rule, mentor, mentee)

    distance = LEVELS.index(upper) - LEVELS.index(lower)
    assert (not found) == (steps[0] <= distance <= steps[1])
    (checked,) = rules([(BOTH, rule)]).require
    assert keeps(checked, {"mentor": mentor, "mentee": mentee}, people) == (not found)


LINE = "outside each other's reporting line"


@pytest.mark.parametrize(
    "manager", ["bo", "Bo <bo@example.org>", "bo@example.org", "Bo <BO@Example.org>"]
)
def test_a_manager_is_known_by_id_and_by_address(manager: str) -> None:
    mentor, mentee = person("bo", "mentor"), person("kari", "mentee", manager=manager)

    assert barriers(LINE, mentor, mentee) == [LINE]


def test_a_line_is_followed_through_people_of_other_roles_and_both_ways() -> None:
    top = person("kari", "mentee")
    bottom = person("bo", "mentor", manager="eva")
    middle = person("eva", "sponsor", manager="kari")

    assert barriers(LINE, bottom, top, middle) == [LINE]
    assert barriers(LINE, bottom, top) == []


def test_two_with_the_same_manager_are_outside_each_others_line() -> None:
    mentor = person("bo", "mentor", manager="eva")
    mentee = person("kari", "mentee", manager="eva")

    assert barriers(LINE, mentor, mentee, person("eva", "sponsor")) == []


def test_a_circle_of_managers_ends() -> None:
    mentor = person("bo", "mentor", manager="eva")
    mentee = person("kari", "mentee", manager="ib")
    others = [
        person("eva", "sponsor", manager="bo"),
        person("ib", "sponsor", manager="ib"),
    ]

    assert barriers(LINE, mentor, mentee, *others) == []


def test_a_table_holds_every_pair_in_order_of_ids() -> None:
    people = [
        person("kari", "mentee", department="Health", goals=("finance",)),
        person("bo", "mentor", department="Schools", strengths=("finance",)),
        person("anna", "mentor", "mentee", department="Health"),
    ]
    veto = (ids("kari")[0], ids("bo")[0])
    given = problem(people, rules(REQUIRE, PREFER), vetoes=frozenset([veto]))

    table = tabulate(given)

    anna, bo, kari = given.participants
    different = given.rules.require[0]
    assert table == Table(
        firsts=(anna, bo),
        seconds=(anna, kari),
        points=((0, 0), (0, 500)),
        barriers={(0, 0): ("oneself",), (0, 1): (different,), (1, 1): ("veto",)},
    )
    assert table.allowed == ((1, 0),)
