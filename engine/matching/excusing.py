"""Which single exception would place more in a match of many, found by trying each."""

from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from operator import attrgetter

from engine.ids import PersonId
from engine.matching.clauses import Limit, Rule, Single, Spread
from engine.matching.columns import value_of
from engine.matching.explain import SHOWN
from engine.matching.findings import meets
from engine.matching.grid import grid
from engine.matching.insisting import InsistingError
from engine.matching.problem import ALIKE, Problem, size_of, work_of
from engine.matching.result import Waiver
from engine.matching.scoring import SMALL as FEW_PAIRS
from engine.matching.scoring import Table
from engine.people import Participant

TRIES = 30
"""How many exceptions are tried at most, those that break the fewest rules first."""

WORK = 150_000
"""How many twos are looked at for all of them; counted, so that it repeats."""

_SEARCHED = 30
"""How much longer it takes where all of a group have one value."""


_id: Callable[[Participant], str] = attrgetter("id")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Exception:
    """What would be waived for whom."""

    people: tuple[Participant, Participant]
    rules: tuple[Rule, ...]
    points: int
    cell: tuple[int, int]

    @property
    def rank(self) -> tuple[object, ...]:
        """Fewest rules, most points, lowest ids."""
        return len(self.rules), -self.points, self.cell


def waivers(
    problem: Problem, left: Container[PersonId], count: Callable[[Problem], int]
) -> tuple[Waiver, ...]:
    """Return single exceptions that place more, for those who are left over.

    A person's no is never waived. In networks no rule about all members is.

    Args:
        problem: What was solved.
        left: Who is left over.
        count: How many a problem places.
    """
    many = min(TRIES, WORK // max(1, _work(problem)))
    if problem.pins or size_of(problem) > FEW_PAIRS or not many:
        return ()
    table = grid(problem)
    if len(table.firsts) * len(table.seconds) > FEW_PAIRS:
        return ()
    tries = sorted(_tries(problem, table, left), key=lambda one: one.rank)
    now = count(problem)
    helping = (
        one for one in tries[:many] if _placed(_excused(problem, one), count) > now
    )
    return tuple(_waiver(problem, one) for one in islice(helping, SHOWN))


def _work(problem: Problem) -> int:
    """Return what a try takes, in twos that are looked at."""
    single = any(isinstance(one, Single) for one in problem.rules.together)
    return work_of(problem) * (_SEARCHED if single and problem.sides != ALIKE else 1)


def _placed(problem: Problem, count: Callable[[Problem], int]) -> int:
    with suppress(InsistingError):
        return count(problem)
    return 0


def _tries(
    problem: Problem, table: Table, left: Container[PersonId]
) -> Iterator[_Exception]:
    """Yield what could be waived for somebody who is left over."""
    known: set[frozenset[PersonId]] = set()
    for column, second in enumerate(table.seconds):
        for row, first in enumerate(table.firsts):
            two = frozenset((first.person, second.person))
            if second.person not in left or two in known:
                continue
            known.add(two)
            barriers = table.barriers.get((row, column), ())
            rules = tuple(one for one in barriers if not isinstance(one, str))
            if len(rules) < len(barriers):
                continue
            for broken in _ways(problem, rules):
                yield _Exception(
                    people=(first, second),
                    rules=broken,
                    points=table.points[row][column],
                    cell=(row, column),
                )


def _ways(problem: Problem, rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, ...]]:
    """Yield these rules, and in groups each one about all besides them."""
    of_all = [one for one in problem.rules.together if isinstance(one, Spread | Single)]
    if problem.shape == "networks" and any(one in of_all for one in rules):
        return
    if rules:
        yield rules
    if problem.sides != ALIKE:
        yield from ((*rules, one) for one in of_all)


def _excused(problem: Problem, one: _Exception) -> Problem:
    first, second = one.people
    excused: set[tuple[PersonId, PersonId, Rule]] = set()
    for rule in one.rules:
        excused.add((first.person, second.person, rule))
        if isinstance(rule, Limit):
            excused |= {
                (who.person, who.person, rule)
                for who in one.people
                if not meets(rule, value_of(who, rule.column))
            }
    return replace(problem, excused=frozenset(excused))


def _waiver(problem: Problem, one: _Exception) -> Waiver:
    first, second = (who.person for who in one.people)
    alike = {problem.placed: tuple(who.person for who in sorted(one.people, key=_id))}
    apart = {problem.sides[0]: (first,), problem.sides[1]: (second,)}
    return Waiver(
        members=alike if problem.sides == ALIKE else apart,
        broken=one.rules,
        points=one.points,
    )
