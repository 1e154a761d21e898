"""What another group would cost, by the same question with two of it insisted on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.ids import PersonId
from engine.matching.aims import BALANCE, TOTAL, WORST, Aim
from engine.matching.highs import Expression, OutOfWorkError
from engine.matching.leading import Leading
from engine.matching.raising import Raised, raise_floor
from engine.matching.resolving import Option, Resolving
from engine.matching.result import Price
from engine.matching.seating import Plan, Seating, added
from engine.matching.weighing import promised


@dataclass(frozen=True, kw_only=True)
class Reseating:
    """Groups that are proven best, and the question by which others are found.

    Attributes:
        again: Tells what this question cannot.
        order: How the aims count; the worst group where it does at all.
    """

    leading: Leading
    again: Resolving
    order: tuple[Aim, ...]

    @property
    def tells(self) -> bool:
        """Whether only the total is left to lose where all else can be kept."""
        counted = [one for one in self.order if one in (WORST, TOTAL, BALANCE)]
        if BALANCE in counted and self._question.loaded(self._plan):
            counted.remove(BALANCE)
        return bool(self.again.solution.matches) and counted in (
            [TOTAL],
            [WORST, TOTAL],
        )

    @property
    def work(self) -> int:
        """What a price takes, in twos that are looked at."""
        return self.again.work * (2 if WORST in self.order else 1)

    def options(self, person: PersonId) -> Sequence[Option]:
        """Return whom somebody could have instead: the most points, the lower ids."""
        return self.again.options(person)

    def price(self, two: tuple[PersonId, PersonId]) -> Price | None:
        """Return what it costs to insist on these two; None where it is not known.

        Where as many can be placed, in groups as even, nothing is better than that.
        """
        raised = self._raised(two)
        if raised is None:
            return self.again.price(two)
        if not (raised.proven and raised.found.proven):
            return None
        worst = self._worst - raised.floor
        total = self.again.solution.total - raised.found.reached
        return Price(pairs=0, worst=worst, total=total)

    def _raised(self, two: tuple[PersonId, PersonId]) -> Raised | None:
        """Return what can be with these two, in groups of the same sizes."""
        question, seats = self._question, self._seats.get(two, ())
        if not seats:
            return None
        row = question.model.add_linear_constraint(expr=added(seats), lb=1)
        try:
            return raise_floor(question, self._plan, limit=self._worst)
        except OutOfWorkError:
            return None
        finally:
            question.model.delete_linear_constraint(row)

    @property
    def _worst(self) -> int:
        """Points of the worst group, where it counts."""
        return (self.again.solution.worst or 0) if WORST in self.order else 0

    @cached_property
    def _seats(self) -> Mapping[tuple[PersonId, PersonId], Sequence[Expression]]:
        """The seats of somebody with somebody, in whichever of their groups."""
        table, leaders = self.leading.table, self.leading.leaders
        found: dict[tuple[PersonId, PersonId], list[Expression]] = defaultdict(list)
        cells = zip(self._question.cells, self._question.asked, strict=True)
        for (group, one), seat in cells:
            leader = table.firsts[leaders[group]].person
            found[leader, table.seconds[one].person].append(seat)
        return found

    @cached_property
    def _plan(self) -> Plan:
        """The plan that the best groups come to."""
        placed = self.leading.problem.placed
        sizes = [len(one.members[placed]) for one in self.again.solution.matches]
        return Plan(
            placed=sum(sizes),
            groups=len(sizes),
            least=min(sizes),
            most=max(sizes),
        )

    @cached_property
    def _question(self) -> Seating:
        question = promised(self.leading)
        question.keep(self._plan)
        return question
