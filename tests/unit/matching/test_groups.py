"""Whether large groups are proven best, with what a flow cannot say."""

from random import Random

import pytest

from engine.matching import Problem, check, solve, word
from engine.matching.aims import EVERYONE, TOTAL, WORST
from engine.matching.binding import seating
from engine.matching.highs import maximised
from engine.matching.leading import Leading
from engine.matching.seating import Plan
from engine.matching.weakest import highest_floor
from tests.unit.matching.cases import SEED, TAGS, ids, person
from tests.unit.matching.many import chosen, problem, rules

ALL = "mentees of a group"
LISTED = (EVERYONE, TOTAL)
COVERS = ("mentor's strengths cover mentee's goals", 5)
PREFER = (COVERS, ("mentor and mentee, same location", 2))


def groups(
    mentees: int,
    mentors: int,
    *told: tuple[str, str],
    size: tuple[int, int],
    aim: tuple[str, ...] = LISTED,
) -> Problem:
    """Return people as chance has them, of whom half work from home."""
    random = Random(mentees)
    people = [
        person(
            f"{role}{one:03}",
            role,
            department=f"d{random.randrange(9)}",
            location=random.choice("NSEW"),
            remote=one % 2 == 0,
            goals=tuple(random.sample(TAGS, 2)),
            strengths=tuple(random.sample(TAGS, 2)),
        )
        for role, count in (("mentor", mentors), ("mentee", mentees))
        for one in range(count)
    ]
    apart = ("mentor and mentee", "different departments")
    return problem(
        "groups", people, rules("groups", [apart, *told], PREFER), size=size, aim=aim
    )


@pytest.mark.parametrize(
    ("told", "aim"),
    [
        ((), LISTED),
        ((), (EVERYONE, WORST, TOTAL)),
        (((ALL, "at most 2 from the same department"),), LISTED),
        (((ALL, "at least 2 of each remote"),), (EVERYONE, WORST, TOTAL)),
    ],
)
def test_ninety_in_groups_of_five_to_seven_are_proven_best(
    told: tuple[tuple[str, str], ...], aim: tuple[str, ...]
) -> None:
    given = groups(90, 15, *told, size=(5, 7), aim=aim)

    solution = solve(given, seed=SEED)

    assert (solution.status, solution.bound) == ("optimal", solution.total)
    assert check(given, chosen(solution)) == ()
    assert (len(solution.matches), solution.unmatched) == (15, ())
    sizes = {len(one["mentee"]) for one in chosen(solution)}
    assert sizes == {6}


def test_groups_that_each_have_one_kind_are_proven_best() -> None:
    given = groups(42, 7, (ALL, "one remote"), size=(5, 7))

    solution = solve(given, seed=SEED)

    assert (solution.status, solution.bound) == ("optimal", solution.total)
    assert check(given, chosen(solution)) == ()
    sizes = sorted(len(one["mentee"]) for one in chosen(solution))
    # Of each kind there are 21, which are no groups of six.
    assert sizes == [5, 5, 5, 6, 7, 7, 7]


def test_three_hundred_and_sixty_in_sixty_groups_are_proven_best() -> None:
    mixed = (ALL, "at least 2 of each remote")

    solution = solve(groups(360, 60, mixed, size=(5, 7)), seed=SEED)

    assert (solution.status, solution.bound) == ("optimal", solution.total)
    assert [len(one.members["mentee"]) for one in solution.matches] == [6] * 60


def test_the_worst_group_is_as_good_as_it_can_be() -> None:
    given = groups(28, 7, size=(4, 4), aim=(EVERYONE, WORST, TOTAL))

    solution = solve(given, seed=SEED)

    question = seating(Leading(problem=given, seed=SEED))
    question.keep(Plan(placed=28, groups=7, least=4, most=4))
    best = maximised(question.model, question.worst, ())
    assert best is not None
    assert best.proven
    assert (solution.status, solution.worst) == ("optimal", best.reached)


def test_the_weakest_groups_alone_are_no_worse_than_beside_the_others() -> None:
    given = groups(28, 7, size=(4, 4), aim=(EVERYONE, WORST, TOTAL))
    question = seating(Leading(problem=given, seed=SEED))
    plan = Plan(placed=28, groups=7, least=4, most=4)
    question.keep(plan)

    floor = highest_floor(question, plan)

    best = maximised(question.model, question.worst, ())
    assert best is not None
    assert floor is not None
    assert floor >= best.reached


def test_loads_that_follow_from_the_sizes_are_alike() -> None:
    aim = (EVERYONE, "balanced load", TOTAL)

    solution = solve(groups(240, 40, size=(4, 8), aim=aim), seed=SEED)

    assert (solution.status, solution.bound) == ("optimal", solution.total)
    assert [len(one.members["mentee"]) for one in solution.matches] == [6] * 40


def test_a_least_number_of_each_kind_says_how_many_there_are() -> None:
    people = [person("anna", "mentor")]
    people += [
        person(f"b{one}", "mentee", level=level)
        for one, level in enumerate(("office", "office", "talent", "director"))
    ]
    told = (ALL, "at least 1 of each level")
    given = problem("groups", people, rules("groups", [told]), size=(3, 4))

    (match,) = solve(given, seed=SEED).matches

    assert match.members["mentee"] == ids("b0", "b1", "b2", "b3")
    (reason,) = match.reasons
    assert word(reason, "en") == "level: talent 1, office 2, director 1"
    assert word(reason, "da") == "niveau: talent 1, office 2, director 1"


def test_a_group_that_lacks_somebody_of_a_kind_does_not_come_about() -> None:
    people = [person("anna", "mentor"), person("bo", "mentor")]
    people += [person(f"b{one}", "mentee", remote=one == 0) for one in range(4)]
    told = (ALL, "at least 1 of each remote")
    given = problem("groups", people, rules("groups", [told]), size=(2, 2))

    solution = solve(given, seed=SEED)

    assert len(solution.matches) == 1
    assert [one.sentence for one in solution.reliefs] == [told[1], ""]


def test_even_groups_that_numbers_rule_out_are_as_even_as_they_can_be() -> None:
    people = [person(f"a{one}", "mentor") for one in range(3)]
    people += [person(f"b{one}", "mentee", remote=one < 7) for one in range(12)]
    given = problem(
        "groups", people, rules("groups", [(ALL, "one remote")]), size=(2, 5)
    )

    solution = solve(given, seed=SEED)

    sizes = sorted(len(one["mentee"]) for one in chosen(solution))
    assert (solution.status, sizes) == ("optimal", [3, 4, 5])
