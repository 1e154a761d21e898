"""A first answer that keeps every rule, for a search to begin with and fall back on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.matching.clauses import Mixed, Single, Spread
from engine.matching.columns import told, value_of
from engine.matching.parties import Two, conflicts
from engine.matching.problem import Problem
from engine.matching.quotas import Admission
from engine.people import Participant


def first_answer(
    problem: Problem,
    members: Sequence[Participant],
    allowed: Sequence[Sequence[int]],
) -> tuple[tuple[int, ...], ...]:
    """Return who sits in each party when each takes whoever comes first and fits.

    A party that does not reach the least size has nobody. No exception is made use of.
    """
    filling, admission = _Filling(problem=problem, members=members), Admission(problem)
    seated: set[int] = set()
    parties: list[tuple[int, ...]] = []
    for those in allowed:
        inside: list[int] = []
        for one in those:
            room = one not in seated and len(inside) < problem.most
            people = [members[each].person for each in (*inside, one)]
            if room and filling.fits(one, inside) and admission.admits(people):
                inside.append(one)
        if len(inside) < problem.least or not filling.mixed(inside):
            inside = []
        seated.update(inside)
        admission.admit([members[one].person for one in inside])
        parties.append(tuple(inside))
    return tuple(parties)


@dataclass(frozen=True, kw_only=True)
class _Filling:
    """Whether somebody may sit with others."""

    problem: Problem
    members: Sequence[Participant]

    def fits(self, one: int, inside: Sequence[int]) -> bool:
        """Return whether all rules are kept when this one joins."""
        if any((min(one, other), max(one, other)) in self._apart for other in inside):
            return False
        for rule in self.problem.rules.together:
            if isinstance(rule, Spread | Single):
                value = self._value(one, rule.column)
                values = [self._value(other, rule.column) for other in inside]
                same = values.count(value)
                most = rule.most - 1 if isinstance(rule, Spread) else len(values)
                least = len(values) if isinstance(rule, Single) else 0
                if value is None or not least <= same <= most:
                    return False
        return True

    def mixed(self, inside: Sequence[int]) -> bool:
        """Return whether there are as many of each value as there have to be."""
        return all(
            sum(self._value(one, rule.column) == told(value) for one in inside)
            >= rule.least
            for rule in self.problem.rules.together
            if isinstance(rule, Mixed)
            for value in rule.values
        )

    @cached_property
    def _apart(self) -> frozenset[Two]:
        return frozenset(conflicts(self.problem, self.members))

    def _value(self, one: int, column: str) -> str | int | None:
        return told(value_of(self.members[one], column))
