"""Pairs in small programmes, worked out by hand, and in very large ones."""

from dataclasses import replace

from engine.matching import AIMS, Problem, solve
from tests.unit.matching.cases import (
    PREFER,
    SEED,
    ids,
    pair,
    person,
    problem,
    rules,
)
from tests.unit.matching.rivals import Search


def test_the_worst_match_goes_before_the_total() -> None:
    people = [
        person("anna", "mentor", strengths=("a", "b", "c")),
        person("bo", "mentor", strengths=("a",)),
        person("kari", "mentee", goals=("a", "b", "c"), wishes=("anna",)),
        person("lis", "mentee", goals=("b", "d")),
    ]
    wanted = rules(prefer=PREFER)

    fair = solve(problem(people, wanted), seed=SEED)
    total = solve(problem(people, wanted, aim=AIMS[::2]), seed=SEED)

    assert [match.members for match in fair.matches] == [
        pair("anna", "lis"),
        pair("bo", "kari"),
    ]
    assert (fair.worst, fair.total) == (167, 417)
    assert [match.members for match in total.matches] == [
        pair("anna", "kari"),
        pair("bo", "lis"),
    ]
    assert (total.worst, total.total) == (0, 800)


def test_the_best_total_alone_never_places_somebody_at_its_expense() -> None:
    people = [
        person("anna", "mentor", department="X", strengths=("a",)),
        person("bo", "mentor", department="Y"),
        person("kari", "mentee", department="Y", goals=("a",)),
        person("lis", "mentee", department="Y"),
    ]
    different = rules([("mentor and mentee", "different departments")], PREFER[:1])

    solution = solve(problem(people, different, aim=("best total",)), seed=SEED)

    assert [match.members for match in solution.matches] == [pair("anna", "kari")]
    assert (solution.total, len(solution.shortages)) == (500, 1)


def test_equal_answers_differ_by_seed_and_never_by_chance() -> None:
    people = [person(f"a{one}", "mentor") for one in range(6)]
    people += [person(f"b{one}", "mentee") for one in range(6)]
    equal = problem(people, rules())

    answers = [
        tuple(match.members["mentee"] for match in solve(equal, seed=seed).matches)
        for seed in (b"one", b"one", b"two")
    ]

    assert answers[0] == answers[1] != answers[2]


def test_surrogates_minted_anew_change_no_match() -> None:
    people = [person(f"a{one}", "mentor") for one in range(5)]
    people += [person(f"b{one}", "mentee") for one in range(5)]
    minted = [replace(one, person=ids(f"{9 - n}")[0]) for n, one in enumerate(people)]

    def answer(one: Problem) -> tuple[tuple[int, int], ...]:
        return Search(one).chosen(solve(one, seed=SEED))

    assert answer(problem(people, rules())) == answer(problem(minted, rules()))


def test_who_has_more_matches_than_places_already_takes_nobody() -> None:
    people = [
        person("anna", "mentor"),
        person("bo", "mentor"),
        person("kari", "mentee"),
    ]
    given = problem(people, rules(), capacity={ids("anna")[0]: -3})

    solution = solve(given, seed=SEED)

    assert [match.members for match in solution.matches] == [pair("bo", "kari")]
    assert solution.unmatched == ()


def test_a_cohort_of_fourteen_is_matched_in_full() -> None:
    cohort = problem(
        [person(f"a{one:02}", "mentor", department=f"{one % 5}") for one in range(16)]
        + [
            person(f"b{one:02}", "mentee", department=f"{one % 4}") for one in range(14)
        ],
        rules([("mentor and mentee", "different departments")], PREFER),
    )

    solution = solve(cohort, seed=SEED)

    assert len(solution.matches) == 14
    assert {one.cause for one in solution.unmatched} == {"spare"}
