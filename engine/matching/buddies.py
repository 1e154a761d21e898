"""The solver of the shape `buddies`: people in twos, one three where they are odd."""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations

from engine.ids import PersonId
from engine.matching.aims import (
    BALANCE,
    EVERYONE,
    FIRST,
    KEPT,
    TOTAL,
    WORST,
    Aim,
    parse_aims,
    priorities,
    with_running,
)
from engine.matching.assembly import Filled, assembled, left_over
from engine.matching.clauses import Single, Spread
from engine.matching.columns import told, value_of
from engine.matching.cpsat import Chosen, Expression, Goal, maximise
from engine.matching.parties import Two, conflicts, eligible
from engine.matching.problem import ALIKE, Problem
from engine.matching.quotas import buckets
from engine.matching.rating import points_of_two
from engine.matching.reporting import reporting_lines
from engine.matching.result import Solution
from engine.matching.ties import TIE_BITS, tie_of
from engine.people import Participant

_TIE_BITS = 6
_THREE = 3


def solve_buddies(problem: Problem, *, seed: bytes) -> Solution:
    """Return the best twos, the same for the same people, rules and seed.

    One three is formed where those who may be placed are odd in number, and no other.
    """
    circle = _Circle(problem=problem, members=eligible(problem, seed), seed=seed)
    order = priorities(parse_aims(problem.aim))
    order = with_running(order, moving=True) if problem.running else order
    filled = circle.filled(order)
    return assembled(
        problem,
        filled,
        count=_most_placed,
        left_over=left_over(problem, filled.matches),
    )


def most_buddies(problem: Problem) -> tuple[tuple[PersonId, PersonId], ...]:
    """Return as many as can be placed, after the first of their match.

    Raises:
        OutOfWorkError: If the work ran out before that was proven.
    """
    return _fullest(problem).placed(problem)


def _most_placed(problem: Problem) -> int:
    return sum(len(one[problem.placed]) for one in _fullest(problem).matches)


def _fullest(problem: Problem) -> Filled:
    circle = _Circle(problem=problem, members=eligible(problem, b""), seed=b"")
    return circle.filled((EVERYONE,))


@dataclass(frozen=True, kw_only=True)
class _Circle:
    """Everyone who may be somebody's buddy, and who of them fit."""

    problem: Problem
    members: Sequence[Participant]
    seed: bytes

    @cached_property
    def points(self) -> Mapping[Two, int]:
        """What each two give who may be together."""
        lines = reporting_lines(self.problem.participants)
        forbidden = set(conflicts(self.problem, self.members))
        found: dict[Two, int] = {}
        for two in combinations(range(len(self.members)), 2):
            people = tuple(self.members[one] for one in two)
            if two not in forbidden and self._fit(people):
                pair = dict(zip(ALIKE, people, strict=True))
                found[two] = points_of_two(self.problem, pair, lines)
        return found

    def _fit(self, people: Sequence[Participant]) -> bool:
        for rule in self.problem.rules.together:
            excused = self.problem.excuses(people[0].person, people[1].person, rule)
            if isinstance(rule, Spread | Single) and not excused:
                one, other = (told(value_of(who, rule.column)) for who in people)
                alike = one == other if None not in (one, other) else None
                if alike is not isinstance(rule, Single):
                    return False
        return True

    def filled(self, order: tuple[Aim, ...]) -> Filled:
        """Return the best twos, and the three, when aims count in this order."""
        from ortools.sat.python import cp_model

        question = _Question(circle=self, model=cp_model.CpModel())
        question.bind()
        asked = (*question.twos.values(), *question.three)
        ceiling = sum(self.points.values())
        known = Chosen(values=question.start(), bound=ceiling, proven=True)
        chosen = maximise(question.model, question.goals(order), asked, known=known)
        return Filled(
            matches=[
                {self.problem.placed: those}
                for those in question.together(chosen.values)
            ],
            bound=chosen.bound,
            proven=chosen.proven,
        )


@dataclass(frozen=True, kw_only=True)
class _Question:
    """The same, as CP-SAT is asked.

    Attributes:
        model: What binds the variables.
    """

    circle: _Circle
    model: Expression

    @cached_property
    def twos(self) -> Mapping[Two, Expression]:
        """Whether these are buddies."""
        return {
            two: self.model.new_bool_var(f"{two}") for two in sorted(self.circle.points)
        }

    @cached_property
    def three(self) -> Sequence[Expression]:
        """Whether somebody is in the three; nobody is where there is none."""
        if len(self.circle.members) % 2 == 0:
            return ()
        return [self.model.new_bool_var("three") for _ in self.circle.members]

    @cached_property
    def sides(self) -> Mapping[Two, Expression]:
        """Whether these are two of the three."""
        if not self.three:
            return {}
        return {two: self.model.new_bool_var(f"side {two}") for two in self.twos}

    def together(self, values: Sequence[int]) -> Iterator[tuple[PersonId, ...]]:
        """Yield who is with whom where the twos, then the three, have these values."""
        members, threes = self.circle.members, values[len(self.twos) :]
        for two, value in zip(self.twos, values, strict=False):
            if value:
                yield tuple(members[one].person for one in two)
        if any(threes):
            three = zip(members, threes, strict=True)
            yield tuple(one.person for one, value in three if value)

    def bind(self) -> None:
        """Place nobody twice, and make a three of three who all fit."""
        add = self.model.add
        for two in self._insisted():
            add(self.twos.get(two, 0) + self.sides.get(two, 0) == 1)
        for one in range(len(self.circle.members)):
            mine = [buddies for two, buddies in self.twos.items() if one in two]
            self.model.add_at_most_one([*mine, *self.three[one : one + 1]])
        for bucket in buckets(self.circle.problem):
            if bucket.most is not None:
                add(self._among(bucket.people) <= bucket.most)
        if not self.three:
            return
        there = self.model.new_bool_var("there is a three")
        add(sum(self.three) == _THREE * there)
        add(sum(self.sides.values()) == _THREE * there)
        for two, side in self.sides.items():
            for one in two:
                self.model.add_implication(side, self.three[one])

    def _among(self, people: Collection[PersonId]) -> Expression:
        """Return how many of these are in any match."""
        those = [one.person in people for one in self.circle.members]
        twos = (sum(those[one] for one in two) * x for two, x in self.twos.items())
        threes = (those[one] * x for one, x in enumerate(self.three))
        return sum(twos) + sum(threes)

    def _required(self) -> tuple[Goal, ...]:
        """Return that of some so many are placed, as far as can be."""
        met = []
        for bucket in buckets(self.circle.problem):
            if bucket.least:
                enough = self.model.new_int_var(0, bucket.least, "enough")
                self.model.add(enough <= self._among(bucket.people))
                met.append(enough)
        return (Goal(sum=sum(met)),) if met else ()

    def _insisted(self) -> Iterator[Two]:
        """Yield those who are to be buddies, the lower one first."""
        numbers = {one.person: number for number, one in enumerate(self.circle.members)}
        for one, other in sorted(self.circle.problem.pins):
            if one in numbers and other in numbers:
                low, high = sorted((numbers[one], numbers[other]))
                yield low, high

    def start(self) -> tuple[int, ...]:
        """Return an answer to begin with: each takes the first who is free."""
        taken: set[int] = set()
        chosen: list[Two] = []
        for two in self.twos:
            if taken.isdisjoint(two):
                taken.update(two)
                chosen.append(two)
        three = self._first_three(chosen, taken) if self.three else ()
        return (
            *(int(two in chosen and two[0] not in three) for two in self.twos),
            *(int(one in three) for one, _ in enumerate(self.three)),
        )

    def _first_three(
        self, chosen: Sequence[Two], taken: Container[int]
    ) -> tuple[int, ...]:
        """Return the first who is left over with the first two whom they fit."""
        alone = next(one for one in range(len(self.circle.members)) if one not in taken)
        for two in chosen:
            sides = [(min(one, alone), max(one, alone)) for one in two]
            if all(side in self.twos for side in sides):
                return (*two, alone)
        return ()

    def goals(self, order: tuple[Aim, ...]) -> tuple[Goal, ...]:
        """Return what is looked for, and last what decides between equals."""
        return (
            *self._required(),
            *(
                Goal(sum=self._sum(aim), total=aim == TOTAL)
                for aim in order
                if aim != BALANCE
            ),
            Goal(sum=self._ties(), tidies=True),
        )

    def _sum(self, aim: Aim) -> Expression:
        if aim == EVERYONE:
            return 2 * sum(self.twos.values()) + sum(self.three)
        if aim == KEPT:
            return self._kept
        if aim == FIRST:
            return self._among(self.circle.problem.waited)
        if aim == TOTAL:
            return self._total
        return self._worst()

    @property
    def _kept(self) -> Expression:
        """How many twos were together before; two of the three count too."""
        people, running = self.circle.members, self.circle.problem.running
        return sum(
            one
            for two, one in (*self.twos.items(), *self.sides.items())
            if not running.isdisjoint(permutations(people[who].person for who in two))
        )

    @cached_property
    def _total(self) -> Expression:
        points = self.circle.points
        return sum(points[two] * one for two, one in self.twos.items()) + self._inside

    @cached_property
    def _inside(self) -> Expression:
        """Points of the three."""
        return sum(self.circle.points[two] * one for two, one in self.sides.items())

    def _worst(self) -> Expression:
        points = self.circle.points
        most = _THREE * max(points.values(), default=0) + 1
        worst = self.model.new_int_var(0, most, WORST)
        for two, one in self.twos.items():
            self.model.add(worst <= points[two] + most * (1 - one))
        if self.three:
            there = sum(self.three)
            # Of the three all are in it or none.
            self.model.add(
                _THREE * worst <= _THREE * self._inside + most * (_THREE - there)
            )
        return worst

    def _ties(self) -> Expression:
        ids, seed = [one.id for one in self.circle.members], self.circle.seed
        ties = {
            two: tie_of(seed, *(ids[one] for one in two)) >> (TIE_BITS - _TIE_BITS)
            for two in self.twos
        }
        both = (*self.twos.items(), *self.sides.items())
        return sum(ties[two] * one for two, one in both)
