"""Two who would both rather have each other are told of."""

from collections import Counter

from hypothesis import given

from engine.matching import Match, Problem, blocking, rate, solve
from engine.matching.scoring import tabulate
from tests.unit.matching.cases import SEED, ids, pair, person, problem, problems, rules

WISHES = [("mentee's wishes in order", 1)]


def greedy(given: Problem) -> list[Match]:
    """Return matches of whoever gives most, one after the other."""
    table, taken = tabulate(given), Counter[str]()
    ranked = sorted(table.allowed, key=lambda cell: -table.points[cell[0]][cell[1]])
    matches = []
    for row, column in ranked:
        first, second = table.firsts[row].person, table.seconds[column].person
        if taken[f"1 {first}"] < given.places(first) and not taken[f"2 {second}"]:
            taken.update((f"1 {first}", f"2 {second}"))
            matches.append(rate(given, {"mentor": (first,), "mentee": (second,)}))
    return matches


@given(problem=problems())
def test_nobody_is_told_of_where_the_best_two_were_taken_one_after_the_other(
    problem: Problem,
) -> None:
    assert blocking(problem, greedy(problem)) == ()


@given(problem=problems())
def test_whoever_is_told_of_has_more_points_together_and_may_be(
    problem: Problem,
) -> None:
    matches = solve(problem, seed=SEED).matches
    points = {
        (role, person): match.points
        for match in matches
        for role, (person,) in match.members.items()
    }
    table = tabulate(problem)
    firsts = [one.person for one in table.firsts]
    seconds = [one.person for one in table.seconds]

    for first, second in blocking(problem, matches):
        cell = firsts.index(first), seconds.index(second)
        assert cell in table.allowed
        together = table.points[cell[0]][cell[1]]
        assert together > points.get(("mentee", second), -1)


def test_two_are_told_of_whom_the_best_total_keeps_apart() -> None:
    people = [
        person("ann", "mentor"),
        person("bo", "mentor"),
        person("kari", "mentee", wishes=("ann", "bo")),
        person("lise", "mentee", wishes=("ann",)),
    ]
    asked = problem(people, rules(prefer=WISHES))
    made = [rate(asked, pair("ann", "lise")), rate(asked, pair("bo", "kari"))]

    assert blocking(asked, made) == ()
    crossed = [rate(asked, pair("bo", "lise")), rate(asked, pair("ann", "kari"))]
    assert blocking(asked, crossed) == ()
    alone = [rate(asked, pair("bo", "lise"))]
    assert blocking(asked, alone) == (
        ids("ann", "kari"),
        ids("ann", "lise"),
        ids("bo", "kari"),
    )
