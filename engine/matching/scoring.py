"""How many points every pair would have, and why some pairs are out of the question."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal

from engine.matching.clauses import Condition, Preference, Together
from engine.matching.findings import Finding, Pair, find, holds
from engine.matching.problem import Problem
from engine.matching.reporting import Lines, reporting_lines
from engine.people import Participant

Barrier = (
    Condition | Together | Literal["oneself", "veto", "never", "already", "no manager"]
)
"""Why two may not be matched: a rule, which a coordinator may waive, or a person."""

SMALL = 4_000
"""Pairs up to which looking at each is as fast as all at once."""

Cell = tuple[int, int]
"""A pair as indexes into the first and the second side."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Every possible pair, by index into the two sides.

    Attributes:
        points: Of every pair, a row for each of the first side; also of forbidden ones,
            so that a waiver can be weighed.
        barriers: Of each forbidden pair, everything that forbids it.
    """

    firsts: tuple[Participant, ...]
    seconds: tuple[Participant, ...]
    points: Sequence[Sequence[int]]
    barriers: Mapping[Cell, tuple[Barrier, ...]]

    @cached_property
    def allowed(self) -> tuple[Cell, ...]:
        """Pairs that nothing forbids, row by row."""
        return tuple(
            (first, second)
            for first in range(len(self.firsts))
            for second in range(len(self.seconds))
            if (first, second) not in self.barriers
        )


class Barriers(Mapping[Cell, tuple[Barrier, ...]]):
    """What forbids each forbidden pair, found when it is asked for."""

    def __init__(
        self, forbidden: Collection[Cell], find: Callable[[Cell], tuple[Barrier, ...]]
    ) -> None:
        self._forbidden = forbidden
        self._find = find

    def __getitem__(self, cell: Cell) -> tuple[Barrier, ...]:
        """Return everything that forbids a pair."""
        if cell not in self._forbidden:
            raise KeyError(cell)
        return self._find(cell)

    def __contains__(self, cell: object) -> bool:
        """Return whether anything forbids a pair."""
        return cell in self._forbidden

    def __iter__(self) -> Iterator[Cell]:
        """Yield the forbidden pairs, row by row."""
        return iter(sorted(self._forbidden))

    def __len__(self) -> int:
        """Return how many pairs are forbidden."""
        return len(self._forbidden)


def flipped(table: Table) -> Table:
    """Return the same with the sides changed over."""
    return Table(
        firsts=table.seconds,
        seconds=table.firsts,
        points=tuple(zip(*table.points, strict=True)),
        barriers=Barriers(
            frozenset((column, row) for row, column in table.barriers),
            lambda cell: table.barriers[cell[1], cell[0]],
        ),
    )


def tabulate(problem: Problem) -> Table:
    """Return points and barriers of every pair, in the problem's order of people."""
    firsts, seconds = (problem.having(role) for role in problem.sides)
    if len(firsts) * len(seconds) <= SMALL:
        return tabulate_singly(problem)
    # imported here: numpy takes longer than a small programme
    from engine.matching.matrix import matrix
    from engine.matching.tagging import cells

    found, lines = matrix(problem), reporting_lines(problem.participants)
    return Table(
        firsts=firsts,
        seconds=seconds,
        points=found.points.tolist(),
        barriers=Barriers(
            frozenset(cells(~found.allowed)),
            lambda cell: barriers_between(
                problem, firsts[cell[0]], seconds[cell[1]], lines
            ),
        ),
    )


def tabulate_singly(problem: Problem) -> Table:
    """Return the same by looking at one pair at a time: what `matrix` has to equal."""
    lines = reporting_lines(problem.participants)
    firsts, seconds = (problem.having(role) for role in problem.sides)
    barriers: dict[Cell, tuple[Barrier, ...]] = {}
    for row, first in enumerate(firsts):
        for column, second in enumerate(seconds):
            found = barriers_between(problem, first, second, lines)
            if found:
                barriers[row, column] = found
    return Table(
        firsts=firsts,
        seconds=seconds,
        points=tuple(
            tuple(points_between(problem, first, second, lines) for second in seconds)
            for first in firsts
        ),
        barriers=barriers,
    )


def barriers_between(
    problem: Problem, first: Participant, second: Participant, lines: Lines
) -> tuple[Barrier, ...]:
    """Return everything that forbids the pair; a person before any rule."""
    if problem.given and second.person not in problem.managers:
        return ("no manager",)
    match = paired(problem, first, second)
    people = {one.person for one in match.values()}
    if len(people) < len(match):
        return ("oneself",)
    noes: tuple[Barrier, ...] = ()
    twos = tuple(combinations(sorted(people), 2))
    if any(problem.vetoed(*two) for two in twos):
        noes = ("veto",)
    if any(problem.kept_apart(*two) for two in twos):
        noes = (*noes, "never")
    if any(problem.matched(*two) for two in twos):
        noes = (*noes, "already")
    broken = (
        rule
        for rule in problem.rules.require
        if not holds(find(rule, match, lines))
        and not problem.excuses(first.person, second.person, rule)
    )
    return (*noes, *broken)


def points_between(
    problem: Problem, first: Participant, second: Participant, lines: Lines
) -> int:
    """Return the sum of what each preference gives."""
    if problem.given and second.person not in problem.managers:
        return 0
    pair = paired(problem, first, second)
    return sum(
        points_of(preference, find(preference.clause, pair, lines))
        for preference in problem.rules.prefer
    )


def points_of(preference: Preference, finding: Finding) -> int:
    """Return the share of the preference's points, halves rounded upwards."""
    part, whole = finding.share
    return (2 * preference.most * part + whole) // (2 * whole) if whole else 0


def paired(problem: Problem, first: Participant, second: Participant) -> Pair:
    """Return the two by their role, and the manager that one of them brings."""
    pair = dict(zip(problem.sides, (first, second), strict=True))
    if second.person in problem.managers:
        pair[problem.given] = problem.managers[second.person]
    return pair
