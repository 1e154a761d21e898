"""Buddies as a question to CP-SAT: with one three, or so many of some.

What is odd in number needs a three, which no matching of twos can say.
"""

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.ids import PersonId
from engine.matching.aims import BALANCE, EVERYONE, FIRST, KEPT, TOTAL, WORST, Aim
from engine.matching.assembly import Filled
from engine.matching.circle import Circle
from engine.matching.cpsat import Chosen, Expression, Goal, maximise
from engine.matching.parties import Two
from engine.matching.quotas import buckets
from engine.matching.ties import TIE_BITS

_TIE_BITS = 6
_THREE = 3


def asked(circle: Circle, order: tuple[Aim, ...]) -> Filled:
    """Return the best twos, and the three, when aims count in this order."""
    from ortools.sat.python import cp_model

    question = _Question(circle=circle, model=cp_model.CpModel())
    question.bind()
    known = Chosen(
        values=question.start(), bound=sum(circle.points.values()), proven=True
    )
    variables = (*question.twos.values(), *question.three)
    chosen = maximise(question.model, question.goals(order), variables, known=known)
    values, count = chosen.values, len(question.twos)
    matches = [
        *(two for two, value in zip(question.twos, values, strict=False) if value),
        tuple(one for one, value in enumerate(values[count:]) if value),
    ]
    return Filled(
        matches=[
            {circle.problem.placed: tuple(circle.members[one].person for one in those)}
            for those in matches
            if those
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

    circle: Circle
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
        if not self.circle.odd:
            return ()
        return [self.model.new_bool_var("three") for _ in self.circle.members]

    @cached_property
    def sides(self) -> Mapping[Two, Expression]:
        """Whether these are two of the three."""
        if not self.three:
            return {}
        return {two: self.model.new_bool_var(f"side {two}") for two in self.twos}

    def bind(self) -> None:
        """Place nobody twice, and make a three of three who all fit."""
        add = self.model.add
        for two in self.circle.insisted():
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
        twos = (*self.twos.items(), *self.sides.items())
        return sum(one for two, one in twos if self.circle.kept(two))

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
        ties = {
            two: self.circle.tie(two) >> (TIE_BITS - _TIE_BITS) for two in self.twos
        }
        pairs = sum(ties[two] * one for two, one in self.twos.items())
        return pairs + sum(ties[two] * one for two, one in self.sides.items())
