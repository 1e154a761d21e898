"""What somebody insists on: two who are to be together, whatever it costs."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.ids import PersonId
from engine.matching.clauses import Mixed
from engine.matching.problem import ALIKE, Problem
from engine.matching.rating import FEW
from engine.matching.reporting import reporting_lines
from engine.matching.result import Members, Solution
from engine.matching.scoring import Barrier, barriers_between, paired
from engine.matching.verify import UNMET, Breach, check

Two = tuple[PersonId, PersonId]


class InsistingError(Exception):
    """No answer has all those together who are to be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hindrance:
    """Why two cannot be together.

    Attributes:
        people: Those two; of a breach, all whom it concerns.
        barriers: What forbids these two.
        breach: What is wrong with those who share a role, or with all taken together.
    """

    people: tuple[PersonId, ...]
    barriers: tuple[Barrier, ...] = ()
    breach: Breach | None = None


def hindrances(problem: Problem) -> tuple[Hindrance, ...]:
    """Return everything that forbids what is insisted on; nothing where it may be.

    Two whom no match of this kind joins have neither barriers nor a breach.
    """
    return tuple(_hindrances(problem))


def sided(problem: Problem, two: Two) -> Two | None:
    """Return the two with who is of the first side first; None if both are of one."""
    if problem.sides == ALIKE:
        return None
    for ends in (two, two[::-1]):
        had = (problem.roles.get(one, ()) for one in ends)
        if all(side in roles for side, roles in zip(problem.sides, had, strict=True)):
            return ends
    return None


def refuse_parted(problem: Problem, solution: Solution) -> None:
    """Refuse an answer in which two are apart who are to be together.

    Raises:
        InsistingError: As when a search has run out of work.
    """
    matches = [
        {one for those in match.members.values() for one in those}
        for match in solution.matches
    ]
    for two in sorted(problem.pins):
        if not any(everyone >= {*two} for everyone in matches):
            raise InsistingError(two)


def _hindrances(problem: Problem) -> Iterator[Hindrance]:
    lines = reporting_lines(problem.participants)
    people = {one.person: one for one in problem.participants}
    placed = {one.person for one in problem.having(problem.placed)}
    together: list[Members] = []
    for two in sorted(problem.pins):
        ends = sided(problem, two)
        if ends is not None:
            first, second = (people[one] for one in ends)
            if barriers := barriers_between(problem, first, second, lines):
                yield Hindrance(people=two, barriers=barriers)
            elif problem.shape in FEW:
                pair = paired(problem, first, second)
                together.append({role: (one.person,) for role, one in pair.items()})
        elif problem.shape in FEW or not placed >= {*two}:
            yield Hindrance(people=two)
        else:
            yield from _alike(problem, two)
    for breach in check(problem, together):
        if breach.kind not in UNMET:
            yield Hindrance(people=breach.people, breach=breach)


def _alike(problem: Problem, two: Two) -> Iterator[Hindrance]:
    """Yield why two who share a role cannot; that they are two only is no reason."""
    alone = check(problem, [{problem.placed: two}])
    for breach in alone:
        # Who joins them may bring what they have too little of.
        if isinstance(breach.rule, Mixed):
            continue
        if breach.kind in {"rule", "veto", "never", "oneself"}:
            yield Hindrance(people=two, breach=breach)
