"""People, problems and the slow but obvious solver that the tests compare with."""

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from engine.matching.aims import (
    BALANCE,
    EVERYONE,
    FIRST,
    NUMBERS,
    TOTAL,
    WORST,
    parse_aims,
    priorities,
)
from engine.matching.quotas import with_numbers
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
ALIKE_IN = (
    *REQUIRE[:1],
    (BOTH, "goals in common"),
    (BOTH, "near in level within 1"),
)
PREFER = (
    ("mentor's strengths cover mentee's goals", 5),
    ("mentee's wishes in order", 3),
    ("mentor's level above mentee's", 2),
)

MORE = (
    (f"{BOTH}, goals in common", 3),
    (f"{BOTH}, complementary strengths", 2),
    (f"{BOTH}, near in level", 2),
    (f"{BOTH}, at least 2 goals in common", 1),
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
    ids_ = [one.person for one in people]
    required = draw(st.sampled_from((REQUIRE, REQUIRE[:1], STRANGERS, ALIKE_IN, ())))
    found = problem(
        draw(st.permutations(people)),
        rules(required, draw(st.sampled_from((PREFER, MORE)))),
        aim=draw(st.sampled_from(aims)),
        capacity={
            one.person: places
            for one in people
            if (places := draw(st.integers(0, 2))) != 1
        },
        vetoes=frozenset(_vetoes(draw, [one.person for one in people])),
        nevers=frozenset(_vetoes(draw, [one.person for one in people])),
    )
    return replace(
        found,
        waited=frozenset(one for one in ids_ if draw(st.booleans())),
        held={one: draw(st.integers(0, 2)) for one in ids_},
    )


@st.composite
def several(draw: st.DrawFn, *, aims: Sequence[tuple[str, ...]] = (AIMS,)) -> Problem:
    """The same where each mentee is to have two mentors, and some have one already."""
    free = draw(problems(aims=aims))
    two = rules([("each mentee", "2 mentors")]).several
    mentees = [one.person for one in free.having("mentee")]
    mentors = [one.person for one in free.having("mentor")]
    had = [one for one in mentees if draw(st.booleans())] if mentors else []
    return replace(
        free,
        rules=replace(free.rules, several=two),
        had=dict.fromkeys(had, 1),
        already=frozenset((draw(st.sampled_from(mentors)), one) for one in had),
    )


QUOTAS = (
    ("mentees", "at most 1 from one department"),
    ("mentees", "at most 2 from the same department"),
    ("mentees", "at least 1 from each department"),
    ("mentees", "at least two from each department"),
)


@st.composite
def counted(draw: st.DrawFn, *, aims: Sequence[tuple[str, ...]] = (AIMS,)) -> Problem:
    """The same, with quotas; some who take no part any more count in them already."""
    free = draw(problems(aims=aims))
    least, most = draw(st.sampled_from(QUOTAS[2:])), draw(st.sampled_from(QUOTAS[:2]))
    told = draw(st.sampled_from(((least,), (most,), (least, most), (QUOTAS[2], most))))
    told = told if told != (QUOTAS[3], QUOTAS[0]) else told[:1]
    quotas = rules(told).quotas
    away = person("gone", department=draw(st.sampled_from(("Health", "Schools"))))
    return replace(
        free,
        participants=(*free.participants, away),
        rules=replace(free.rules, quotas=quotas),
        kept=frozenset({away.person}),
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
            [
                some
                for count in range(self.problem.room(one.person) + 1)
                for some in itertools.combinations(
                    [first for first, other in allowed if other == second], count
                )
            ]
            for second, one in enumerate(self.table.seconds)
        ]
        places = [self.problem.places(one.person) for one in self.table.firsts]
        for chosen in itertools.product(*partners):
            taken = [first for some in chosen for first in some]
            choice = tuple(
                (first, second) for second, some in enumerate(chosen) for first in some
            )
            fits = all(taken.count(first) <= places[first] for first in set(taken))
            if fits and not self.crowded(choice):
                yield choice

    def values(self, choice: Choice) -> Values:
        """Return what a choice is worth by each aim."""
        scores = [self.table.points[first][second] for first, second in choice]
        loads = Counter(
            {
                row: self.problem.held.get(one.person, 0)
                for row, one in enumerate(self.table.firsts)
            }
        )
        loads.update(first for first, _ in choice)
        placed = {self.table.seconds[second].person for _, second in choice}
        return {
            EVERYONE: len(scores),
            WORST: min(scores, default=0),
            TOTAL: sum(scores),
            FIRST: len(placed & self.problem.waited),
            BALANCE: -sum(load**2 for load in loads.values()),
            NUMBERS: self.required(placed),
        }

    def required(self, placed: frozenset[PersonId] | set[PersonId]) -> int:
        """Return how many are placed of those of whom so many are to be."""
        counted = 0
        if self.problem.rules.several:
            return len(placed - self.problem.had.keys())
        for rule in self.problem.rules.quotas:
            for value, had in self.departments(placed).items():
                counted += min(had, rule.count) if value and not rule.most else 0
        return counted

    def departments(self, placed: Collection[PersonId]) -> Counter[str]:
        """Return how many of each department are placed, or were before."""
        return Counter(
            one.department
            for one in self.problem.participants
            if one.person in placed or one.person in self.problem.kept
        )

    def crowded(self, choice: Choice) -> bool:
        """Return whether more of a department are placed than may be."""
        placed = {self.table.seconds[second].person for _, second in choice}
        most = [one.count for one in self.problem.rules.quotas if one.most]
        before, after = self.departments(()), self.departments(placed)
        # Who is placed already stays so, also where that is too many.
        return any(after[one] > max(before[one], *most) for one in after if most)

    def worth(self, values: Values) -> tuple[int, ...]:
        """Return the values by which answers are compared, the first one first."""
        order = priorities(parse_aims(self.problem.aim))
        return tuple(values[aim] for aim in with_numbers(self.problem, order))

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
