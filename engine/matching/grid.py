"""What every two would come to together, for a coordinator who looks for themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from engine.ids import PersonId
from engine.matching.clauses import Limit, Mixed, Mutual, Single, Together
from engine.matching.columns import told, value_of
from engine.matching.findings import Pair, find, holds, meets
from engine.matching.problem import ALIKE, Problem
from engine.matching.rating import points_of_two
from engine.matching.reporting import Lines, reporting_lines
from engine.matching.scoring import Barrier, Table, tabulate

Two = frozenset[PersonId]


@dataclass(frozen=True, kw_only=True, slots=True)
class Partner:
    """Somebody with whom a person could be.

    Attributes:
        points: What the two have together.
        chosen: Whether they are.
    """

    person: PersonId
    points: int
    chosen: bool


def grid(problem: Problem) -> Table:
    """Return points and barriers of every two, also where all have the same role.

    A rule about all members of a match is a barrier where two alone would break it.
    """
    return _alike(problem) if problem.sides == ALIKE else tabulate(problem)


def twosomes(members: Sequence[Mapping[str, Sequence[PersonId]]]) -> frozenset[Two]:
    """Return every two who are in one match."""
    return frozenset(
        frozenset(two)
        for match in members
        for two in combinations([one for those in match.values() for one in those], 2)
    )


def partners(
    table: Table, chosen: frozenset[Two], *, most: int
) -> Mapping[PersonId, tuple[Partner, ...]]:
    """Return of each of the second side whom they could be with, best first.

    Of two with the same points the lower id comes first. Whom they are with is told
    also where `most` others are better.
    """
    found: dict[PersonId, tuple[Partner, ...]] = {}
    for column, second in enumerate(table.seconds):
        ranked = sorted(
            (-table.points[row][column], row)
            for row in range(len(table.firsts))
            if (row, column) not in table.barriers
        )
        possible = [
            Partner(
                person=table.firsts[row].person,
                points=-points,
                chosen=frozenset((second.person, table.firsts[row].person)) in chosen,
            )
            for points, row in ranked
        ]
        theirs = [one for one in possible[most:] if one.chosen]
        found[second.person] = (*possible[:most], *theirs)
    return found


def _alike(problem: Problem) -> Table:
    people = problem.having(problem.placed)
    lines = reporting_lines(problem.participants)
    pairs = {
        (row, column): dict(zip(ALIKE, (one, other), strict=True))
        for row, one in enumerate(people)
        for column, other in enumerate(people)
    }
    found = {cell: _barriers(problem, pair, lines) for cell, pair in pairs.items()}
    return Table(
        firsts=people,
        seconds=people,
        points=tuple(
            tuple(
                points_of_two(problem, pairs[row, column], lines)
                for column in range(len(people))
            )
            for row in range(len(people))
        ),
        barriers={cell: those for cell, those in found.items() if those},
    )


def _barriers(problem: Problem, pair: Pair, lines: Lines) -> tuple[Barrier, ...]:
    one, other = pair.values()
    if one.person == other.person:
        return ("oneself",)
    no: tuple[Barrier, ...] = ()
    if problem.vetoed(one.person, other.person):
        no = ("veto",)
    if problem.kept_apart(one.person, other.person):
        no = (*no, "never")
    unmet = (
        rule
        for rule in problem.rules.require
        if isinstance(rule, Limit)
        and not all(meets(rule, value_of(who, rule.column)) for who in pair.values())
    )
    broken = (rule for rule in problem.rules.together if not _kept(rule, pair, lines))
    return (*no, *unmet, *broken)


def _kept(rule: Together, pair: Pair, lines: Lines) -> bool:
    """Return whether two alone keep a rule about all members of a match."""
    if isinstance(rule, Mutual):
        return holds(find(rule, pair, lines))
    if isinstance(rule, Mixed):
        # Who joins them may bring what they have too little of.
        return True
    values = [told(value_of(one, rule.column)) for one in pair.values()]
    if isinstance(rule, Single):
        return None not in values and len(set(values)) == 1
    loose = rule.most > 1 or rule.exceptions > 0
    return loose or (None not in values and len(set(values)) > 1)
