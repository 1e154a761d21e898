"""People, problems and the slow but obvious solver that the tests compare with."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from hypothesis import strategies as st

from engine.ids import PersonId
from engine.matching import (
    AIMS,
    Column,
    Problem,
    Rules,
    Solution,
    of_two,
    parse_rules,
)
from engine.matching.aims import parse_aims, priorities
from engine.matching.scoring import Cell, Table, tabulate
from engine.people import Participant, Value

SIDES = ("mentor", "mentee")
SEED = b"seed"
LEVELS = ("talent", "office", "director")
TAGS = ("conflict", "finance", "strategy")

COLUMNS: Mapping[str, Column] = {
    "level": Column(kind="scale", values=LEVELS),
    "goals": Column(kind="tags"),
    "strengths": Column(kind="tags"),
    "wishes": Column(kind="people", up_to=3),
    "location": Column(kind="text"),
    "years": Column(kind="number"),
    "remote": Column(kind="yes or no"),
}

BOTH = "mentor and mentee"
REQUIRE = (
    (BOTH, "different departments"),
    (BOTH, "outside each other's reporting line"),
)
STRANGERS = (*REQUIRE, (BOTH, "not among each other's wishes"))
PREFER = (
    ("mentor's strengths cover mentee's goals", 5),
    ("mentee's wishes in order", 3),
    ("mentor's level above mentee's", 2),
)

Choice = tuple[Cell, ...]
"""Chosen pairs, as indexes into the two sides."""

Values = Mapping[str, int]
"""What a choice is worth by each aim."""


def rules(
    require: Sequence[tuple[str, str]] = (), prefer: Sequence[tuple[str, int]] = ()
) -> Rules:
    return parse_rules(require, prefer, columns=COLUMNS, speech=of_two(SIDES))


def person(
    name: str,
    *roles: str,
    department: str = "",
    manager: str = "",
    language: str = "da",
    **values: Value,
) -> Participant:
    return Participant(
        person=PersonId(f"p-{name}"),
        id=name,
        name=name.title(),
        email=f"{name}@example.org",
        language=language,
        roles=roles,
        department=department,
        manager=manager,
        values=values,
    )


def ids(*names: str) -> tuple[PersonId, ...]:
    return tuple(PersonId(f"p-{name}") for name in names)


def pair(mentor: str, mentee: str) -> dict[str, tuple[PersonId, ...]]:
    return {"mentor": ids(mentor), "mentee": ids(mentee)}


def problem(
    people: Sequence[Participant],
    given: Rules,
    *,
    aim: tuple[str, ...] = AIMS,
    capacity: Mapping[PersonId, int] | None = None,
    vetoes: frozenset[tuple[PersonId, PersonId]] = frozenset(),
    nevers: frozenset[tuple[PersonId, PersonId]] = frozenset(),
) -> Problem:
    return Problem(
        kind="pair",
        sides=SIDES,
        participants=tuple(people),
        rules=given,
        capacity=capacity or {},
        vetoes=vetoes,
        nevers=nevers,
        aim=aim,
    )


@st.composite
def problems(draw: st.DrawFn, *, aims: Sequence[tuple[str, ...]] = (AIMS,)) -> Problem:
    """A few mentors and mentees, some of them both, and every kind of rule."""
    names = [*(f"a{one}" for one in range(draw(st.integers(0, 3))))]
    names += [f"b{one}" for one in range(draw(st.integers(0, 3)))]
    people = [
        person(
            name,
            *draw(st.sampled_from(((_role(name),), (_role(name),), SIDES))),
            department=draw(st.sampled_from(("", "Health", "Schools", "Culture"))),
            manager=draw(st.sampled_from(("", *names, *names))),
            level=draw(st.sampled_from(LEVELS)),
            goals=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=3))),
            strengths=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=3))),
            wishes=tuple(draw(st.lists(st.sampled_from(names), max_size=3))),
        )
        for name in names
    ]
    return problem(
        draw(st.permutations(people)),
        rules(draw(st.sampled_from((REQUIRE, REQUIRE[:1], STRANGERS, ()))), PREFER),
        aim=draw(st.sampled_from(aims)),
        capacity={
            one.person: places
            for one in people
            if (places := draw(st.integers(0, 2))) != 1
        },
        vetoes=frozenset(_vetoes(draw, [one.person for one in people])),
        nevers=frozenset(_vetoes(draw, [one.person for one in people])),
    )


def _role(name: str) -> str:
    return "mentor" if name.startswith("a") else "mentee"


def _vetoes(
    draw: st.DrawFn, people: Sequence[PersonId]
) -> list[tuple[PersonId, PersonId]]:
    if not people:
        return []
    one = st.sampled_from(people)
    return draw(st.lists(st.tuples(one, one), max_size=2))


@dataclass(frozen=True)
class Search:
    """Every answer to a problem, one by one."""

    problem: Problem

    @cached_property
    def table(self) -> Table:
        return tabulate(self.problem)

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(self.with_extra(()))

    def with_extra(self, extra: Sequence[Cell]) -> Iterator[Choice]:
        """Return every way to match when these forbidden pairs are allowed as well."""
        allowed = (*self.table.allowed, *extra)
        partners = [
            [None, *(first for first, other in allowed if other == second)]
            for second in range(len(self.table.seconds))
        ]
        places = [self.problem.places(one.person) for one in self.table.firsts]
        for chosen in itertools.product(*partners):
            taken = [first for first in chosen if first is not None]
            if all(taken.count(first) <= places[first] for first in set(taken)):
                yield tuple(
                    (first, second)
                    for second, first in enumerate(chosen)
                    if first is not None
                )

    def values(self, choice: Choice) -> Values:
        """Return what a choice is worth by each aim."""
        scores = [self.table.points[first][second] for first, second in choice]
        return dict(
            zip(AIMS, (len(scores), min(scores, default=0), sum(scores)), strict=True)
        )

    def worth(self, values: Values) -> tuple[int, ...]:
        """Return the values by which answers are compared, the first one first."""
        return tuple(values[aim] for aim in priorities(parse_aims(self.problem.aim)))

    def best(self, cell: Cell | None = None) -> Values:
        """Return what the best choice is worth, with `cell` in it if given."""
        return max(
            (self.values(one) for one in self.choices if cell is None or cell in one),
            key=self.worth,
        )

    def cell(self, mentor: PersonId, mentee: PersonId) -> Cell:
        """Return the two as indexes."""
        firsts = [one.person for one in self.table.firsts]
        seconds = [one.person for one in self.table.seconds]
        return firsts.index(mentor), seconds.index(mentee)

    def chosen(self, solution: Solution) -> Choice:
        """Return the matches of a solution as a choice."""
        return tuple(
            self.cell(match.members["mentor"][0], match.members["mentee"][0])
            for match in solution.matches
        )
