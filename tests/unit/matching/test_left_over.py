"""What is told where not everyone can be in a match of many, and who decides ties."""

from dataclasses import replace

import pytest

from engine.matching import Relief, Shortage, solve, word_relief, word_shortage
from engine.matching.cpsat import Chosen, Goal, maximise
from tests.unit.matching import cases
from tests.unit.matching.cases import SEED, ids, person
from tests.unit.matching.many import named, problem, rules


def test_a_mentor_too_few_is_told_with_numbers() -> None:
    people = [
        person("anna", "mentor"),
        *(person(f"b{one}", "mentee") for one in range(5)),
    ]
    given = problem("groups", people, rules("groups"), size=(3, 3))

    solution = solve(given, seed=SEED)

    (shortage,) = solution.shortages
    assert shortage == Shortage(
        role="mentee",
        people=ids("b0", "b1", "b2", "b3", "b4"),
        partners=ids("anna"),
        places=3,
    )
    assert word_shortage(shortage, given.sides, "en") == (
        "5 mentees share 3 places with 1 possible mentor"
    )
    assert (solution.status, len(solution.unmatched)) == ("optimal", 2)
    assert solution.reliefs == (Relief(more=1, size=(2, 4)),)


def test_no_group_of_the_right_size_is_no_answer_and_no_part_of_one() -> None:
    people = [
        person("anna", "mentor"),
        *(person(f"b{one}", "mentee") for one in range(3)),
    ]
    given = problem("groups", people, rules("groups"), size=(6, 6))

    solution = solve(given, seed=SEED)

    assert (solution.status, solution.matches) == ("infeasible", ())
    assert [one.cause for one in solution.unmatched] == ["shortage"] * 3 + ["spare"]


def test_the_rule_that_keeps_people_out_is_named_and_waiving_it_keeps_the_promise() -> (
    None
):
    people = [person("anna", "mentor")]
    people += [person(f"b{one}", "mentee", department="Tax") for one in range(2)]
    different = ("mentees of a group", "different departments")
    given = problem("groups", people, rules("groups", [different]), size=(2, 2))

    solution = solve(given, seed=SEED)

    relief, smaller = solution.reliefs
    waived = replace(given, rules=given.rules.without(given.rules.together[0]))
    assert relief == Relief(more=2, sentence="different departments")
    assert smaller == Relief(more=1, size=(1, 3))
    assert word_relief(relief, "da") == 'uden "different departments": 2 flere matchet'
    assert named(solve(waived, seed=SEED)) == [("anna", "b0", "b1")]


def test_who_is_too_new_is_told_so() -> None:
    people = [person("anna", "mentor"), person("bo", "mentee", years=1)]
    rule = ("mentee", "at least 2 years")
    given = problem("groups", people, rules("groups", [rule]))

    (left, spare) = solve(given, seed=SEED).unmatched

    assert (left.cause, left.barriers) == (
        "nobody allowed",
        ((given.rules.require[0], 1),),
    )
    assert (spare.person, spare.cause) == (ids("anna")[0], "nobody allowed")


def test_a_talent_whose_manager_takes_no_part_has_no_trio() -> None:
    people = [person("ada", "mentor"), person("cat", "talent", manager="Zoe <z@x.org>")]
    given = problem("trios", people, rules("trios"))

    left, _ = solve(given, seed=SEED).unmatched

    assert (left.person, left.cause) == (ids("cat")[0], "nobody allowed")
    assert left.barriers == (("no manager", 1),)


def test_two_managers_who_would_swap_are_given_other_mentors() -> None:
    people = [
        person("ada", "manager", "mentor"),
        person("ben", "manager", "mentor"),
        person("cam", "mentor"),
        person("dot", "talent", manager="ada", wishes=("ben", "cam")),
        person("eli", "talent", manager="ben", wishes=("ada",)),
    ]
    swaps = ("managers and mentors", "no two swap talents")
    wishes = ("talent's wishes in order", 1)

    free = solve(problem("trios", people, rules("trios", [], [wishes])), seed=SEED)
    bound = solve(
        problem("trios", people, rules("trios", [swaps], [wishes])), seed=SEED
    )

    assert named(free) == [("eli", "ben", "ada"), ("dot", "ada", "ben")]
    assert named(bound) == [("eli", "ben", "ada"), ("dot", "ada", "cam")]


def test_half_of_a_swap_that_is_insisted_on_stays() -> None:
    people = [
        person("ada", "manager", "mentor"),
        person("ben", "manager", "mentor"),
        person("cam", "mentor"),
        person("dot", "talent", manager="ada", wishes=("ben",)),
        person("eli", "talent", manager="ben", wishes=("ada",)),
    ]
    swaps = ("managers and mentors", "no two swap talents")
    free = problem("trios", people, rules("trios", [swaps]))
    given = replace(free, pins=frozenset([(ids("ben")[0], ids("dot")[0])]))

    assert named(solve(given, seed=SEED)) == [
        ("dot", "ada", "ben"),
        ("eli", "ben", "cam"),
    ]


def test_a_swap_that_cannot_be_avoided_leaves_one_out_and_is_named() -> None:
    people = [
        person("ada", "manager", "mentor"),
        person("ben", "manager", "mentor"),
        person("dot", "talent", manager="ada"),
        person("eli", "talent", manager="ben"),
    ]
    swaps = ("managers and mentors", "no two swap talents")

    solution = solve(problem("trios", people, rules("trios", [swaps])), seed=SEED)

    assert (len(solution.matches), len(solution.unmatched)) == (1, 2)
    assert solution.reliefs == (Relief(more=1, sentence="no two swap talents"),)


def test_consultants_are_shared_out_evenly() -> None:
    people = [person(f"m{one}", "member") for one in range(8)]
    people += [person("c1", "consultant"), person("c2", "consultant")]
    given = problem(
        "networks", people, rules("networks"), size=(2, 2), joined="consultant"
    )

    matches = solve(given, seed=SEED).matches

    joined = sorted(match.members["consultant"][0] for match in matches)
    assert joined == [*ids("c1", "c1"), *ids("c2", "c2")]


def test_networks_are_as_even_as_they_can_be() -> None:
    people = [person(f"m{one}", "member") for one in range(10)]
    given = problem("networks", people, rules("networks"), size=(2, 4))

    sizes = [len(one.members["member"]) for one in solve(given, seed=SEED).matches]

    assert sorted(sizes) == [3, 3, 4]


@pytest.mark.parametrize("shape", ["groups", "buddies", "networks"])
def test_the_seed_decides_between_equals_and_chance_never_does(shape: str) -> None:
    roles = {"groups": "mentee", "buddies": "talent", "networks": "member"}
    people = [person(f"b{one}", roles[shape]) for one in range(6)]
    people += [person(f"a{one}", "mentor") for one in range(3)]
    sizes = {"groups": (2, 2), "buddies": (2, 3), "networks": (3, 3)}
    given = problem(shape, people, rules(shape), size=sizes[shape])

    first, again, *others = (
        named(solve(given, seed=seed)) for seed in (b"1", b"1", b"2", b"3", b"4")
    )

    assert first == again
    assert [one for one in others if one != first] != []


def test_what_an_earlier_goal_reached_is_kept_by_the_later_ones() -> None:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    one, other = model.new_bool_var("one"), model.new_bool_var("other")
    model.add_at_most_one(one, other)

    goals = [Goal(sum=one), Goal(sum=5 * other, total=True)]
    known = Chosen(values=(0, 0), bound=9, proven=True)

    chosen = maximise(model, goals, [one, other], known=known)

    assert chosen == Chosen(values=(1, 0), bound=0, proven=True)


@pytest.mark.parametrize("shape", ["groups", "pairs"])
def test_where_all_are_matched_a_mentor_has_a_free_place_and_is_not_forbidden(
    shape: str,
) -> None:
    people = [person("anna", "mentor")]
    given = {
        "groups": problem("groups", people, rules("groups")),
        "pairs": cases.problem(people, cases.rules()),
    }[shape]

    (spare,) = solve(given, seed=SEED).unmatched

    assert spare.cause == "spare"
