"""Whether the fewest are parted of matches of many, against all other answers."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.ids import PersonId
from engine.matching import Problem, solve
from engine.matching.result import Members
from tests.unit.matching import many
from tests.unit.matching.every import Choice, broken, choices

Two = tuple[PersonId, PersonId]
SEED = b"aarhus-leadership/2027"


def company(given: Problem, members: Members) -> Iterator[Two]:
    """Yield who is with whom in a match: after who leads, or each two."""
    placed = members[given.placed]
    if given.shape in ("buddies", "networks"):
        yield from combinations(sorted(placed), 2)
    else:
        yield from product(members[given.sides[0]], placed)


@st.composite
def proposals(draw: st.DrawFn, shape: str) -> tuple[Problem, Choice]:
    """A few people, matches of whom were proposed, and two who are not to be in one."""
    free = draw(many.problems(shape))
    laid = draw(st.sampled_from([one for one in choices(free) if many.fits(free, one)]))
    running = frozenset(two for match in laid for two in company(free, match))
    apart = (
        draw(st.lists(st.sampled_from(sorted(running)), max_size=2)) if running else ()
    )
    asked = replace(
        free, running=running, moving=True, nevers=free.nevers | frozenset(apart)
    )
    return asked, laid


def stays(given: Problem, laid: Choice, choice: Choice) -> int:
    """Return how much stays: twos, or of networks the people who are in their own."""
    if given.shape != "networks":
        return sum(
            two in given.running for one in choice for two in company(given, one)
        )
    old, new = (
        [{*match[given.placed]} for match in matches] for matches in (laid, choice)
    )
    new += [set()] * len(old)
    return max(
        sum(len(before & after) for before, after in zip(old, order, strict=False))
        for order in permutations(new, len(old))
    )


def worth(given: Problem, laid: Choice, choice: Choice) -> tuple[int, ...]:
    """Return the values by which answers are compared where some are to stay."""
    placed = [one for match in choice for one in match[given.placed]]
    values = many.worth(given, choice)
    lead = len(many.required(given, placed)) + 1
    return (*values[:lead], stays(given, laid, choice), *values[lead:])


@pytest.mark.parametrize("shape", ["groups", "buddies", "networks"])
def test_no_answer_parts_fewer_and_is_as_good(shape: str) -> None:
    @given(known=proposals(shape))
    def none_is_better(known: tuple[Problem, Choice]) -> None:
        asked, laid = known

        solution = solve(asked, seed=SEED)

        found = many.chosen(solution)
        every = [one for one in choices(asked) if many.fits(asked, one)]
        assert broken(asked, found) == []
        assert worth(asked, laid, found) == max(
            worth(asked, laid, one) for one in every
        )

    none_is_better()
