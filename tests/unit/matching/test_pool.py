"""Whether what is looked at first, and what is priced after, is the best of all."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.matching import Problem, Solution, check, pairs, pool, solve
from engine.matching.aims import EVERYONE, TOTAL, WORST
from engine.matching.insisting import hindrances
from engine.matching.scoring import tabulate
from engine.matching.search import optimum
from tests.unit.matching.cases import (
    LEVELS,
    PREFER,
    REQUIRE,
    SEED,
    SIDES,
    TAGS,
    person,
    problem,
    problems,
    rules,
)
from tests.unit.matching.many import named
from tests.unit.matching.rivals import Search
from tests.unit.matching.test_pairs import EVERY_AIM

FEW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take any two sides as large ones, of whom each keeps one partner only."""
    monkeypatch.setattr(pairs, "LARGE", 0)
    monkeypatch.setattr(pool, "KEPT", 1)
    monkeypatch.setattr(pool, "_ROWS", 2)


@FEW
@given(problem=problems(aims=EVERY_AIM))
def test_no_other_answer_is_better_than_what_a_pool_finds(problem: Problem) -> None:
    solution = solve(problem, seed=SEED)

    search = Search(problem)
    found = search.values(search.chosen(solution))
    assert search.worth(found) == search.worth(search.best())
    assert check(problem, [match.members for match in solution.matches]) == ()
    left = [one for one in solution.unmatched if one.role == "mentee"]
    assert len(left) + len(solution.matches) == len(problem.having("mentee"))
    for one in left:
        nobody = all(
            cell in search.table.barriers
            or not problem.places(search.table.firsts[cell[0]].person)
            for cell in (
                (row, search.table.seconds.index(who))
                for row in range(len(search.table.firsts))
                for who in search.table.seconds
                if who.person == one.person
            )
        )
        assert (one.cause == "nobody allowed") is nobody


def _told(aims: tuple[str, ...]) -> bool:
    """Return whether prices tell of the worst match, if these aims list it."""
    return WORST not in aims[aims.index(TOTAL) :] if TOTAL in aims else True


TOLD = [aims for aims in EVERY_AIM if _told(aims)]
UNTOLD = [aims for aims in EVERY_AIM if not _told(aims)]


@st.composite
def crowds(draw: st.DrawFn, *, aims: Sequence[tuple[str, ...]]) -> Problem:
    """Up to seven of each, of whom few fit and many want the same."""
    random = draw(st.randoms(use_true_random=False))
    people = [
        person(
            f"{role}{one:02}",
            role,
            department=random.choice(("", "Health", "Schools")),
            level=random.choice(LEVELS),
            goals=tuple(random.sample(TAGS, random.randint(0, 3))),
            strengths=tuple(random.sample(TAGS, random.randint(0, 3))),
            wishes=tuple(f"mentor{random.randrange(6):02}" for _ in range(3)),
        )
        for role in SIDES
        for one in range(draw(st.integers(0, 7)))
    ]
    ids_ = [one.person for one in people]
    return replace(
        problem(
            people,
            rules(draw(st.sampled_from((REQUIRE[:1], ()))), PREFER),
            aim=draw(st.sampled_from(aims)),
            capacity={one: random.choice((0, 1, 1, 2)) for one in ids_},
        ),
        waited=frozenset(random.sample(ids_, len(ids_) // 3)),
    )


def both(problem: Problem, kept: int) -> tuple[Solution, Solution]:
    """Return what a pool answers, and what a flow of all pairs does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "KEPT", kept)
        pooled = solve(problem, seed=SEED)
        assert pooled.looked in {0, kept}
        patch.setattr(pairs, "LARGE", 1_000_000)
        return replace(pooled, looked=0), solve(problem, seed=SEED)


@FEW
@given(problem=crowds(aims=TOLD), kept=st.sampled_from((1, 3)))
def test_a_pool_answers_what_a_flow_of_all_pairs_does(
    problem: Problem, kept: int
) -> None:
    pooled, flowing = both(problem, kept)

    assert pooled == flowing


@FEW
@given(problem=crowds(aims=UNTOLD), kept=st.sampled_from((1, 3)))
def test_it_does_so_where_the_worst_match_counts_last_but_for_prices(
    problem: Problem, kept: int
) -> None:
    pooled, flowing = (
        replace(
            one,
            matches=tuple(replace(each, alternatives=()) for each in one.matches),
            unmatched=tuple(replace(each, alternatives=()) for each in one.unmatched),
        )
        for one in both(problem, kept)
    )

    assert pooled == flowing


@FEW
@given(problem=crowds(aims=EVERY_AIM), data=st.data())
def test_it_does_so_with_some_who_are_together_already(
    problem: Problem, data: st.DataObject
) -> None:
    """Some run, some are insisted on, some of them beyond what somebody has places."""
    table = tabulate(problem)
    cells = st.lists(st.sampled_from(table.allowed or ((0, 0),)), unique=True)
    pins, running = (
        frozenset(
            (table.firsts[row].person, table.seconds[column].person)
            for row, column in {two[1]: two for two in data.draw(cells)}.values()
            if (row, column) in table.allowed
        )
        for _ in range(2)
    )

    given = replace(problem, pins=pins, running=running)

    if not hindrances(given):
        pooled, flowing = both(given, 1)
        assert pooled == flowing


def test_who_is_to_have_several_mentors_has_them_whatever_the_size() -> None:
    people = [person("anna", "mentor"), person("bo", "mentor"), person("k", "mentee")]
    two = rules([("each mentee", "2 mentors")])

    solution = solve(problem(people, two), seed=SEED)

    assert named(solution) == [("anna", "k"), ("bo", "k")]


def crowd() -> Problem:
    """Return sixty of each, all of whom want the same few."""
    random = Random(60)
    people = [
        person(
            f"{role}{one:02}",
            role,
            wishes=tuple(f"mentor{random.randrange(9):02}" for _ in range(3)),
            location=random.choice("NSEW"),
        )
        for role in ("mentor", "mentee")
        for one in range(60)
    ]
    wanted = [("mentee's wishes in order", 3), ("mentor and mentee, same location", 2)]
    return problem(people, rules((), wanted), aim=(EVERYONE, "best total"))


def test_pairs_that_nobody_kept_are_taken_in_where_they_make_it_better(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pooled = solve(crowd(), seed=SEED)

    monkeypatch.setattr(pairs, "LARGE", 1_000_000)
    outcome = pairs.flow_of(crowd(), SEED, optimum).outcome

    assert (pooled.total, pooled.worst) == (
        outcome.value("best total"),
        outcome.value("worst match as good as possible"),
    )


def test_a_pool_answers_the_same_in_every_order_of_rows() -> None:
    given = crowd()
    rows = tuple(reversed(given.participants))

    assert solve(replace(given, participants=rows), seed=SEED) == solve(
        given, seed=SEED
    )
