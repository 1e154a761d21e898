"""What is to be matched: the people, the rules and the aim."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.ids import PersonId
from engine.matching.aims import AIMS
from engine.matching.clauses import Rule, Rules
from engine.matching.reporting import nearest_managers
from engine.people import Participant

ALIKE = ("one", "the other")
"""The two sides of a match whose people all have the same role."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A question to a solver, the same whatever the order of its people.

    Attributes:
        kind: Name of the match in the spec, such as `pair`.
        sides: Roles; people of the first may have several matches, of the second one.
        participants: Everyone of the cohort, so that a reporting line can be followed
            through people of other roles; kept sorted by id.
        capacity: Matches that a person of the first side may have; 1 where not told.
        vetoes: Two who must not be matched, in any order: one of them said no.
        nevers: The same, because the coordinator says so.
        waited: Who of those placed goes before others: they were left out last time.
        held: How many people each of the first side has had placed with them before.
        kept: Who of those placed is in a match already, and counts in quotas.
        already: Two who are in one match, and need no other.
        had: How many matches those placed have already, where they may have several.
        pins: Two who are to be in one match, in any order, whatever it costs.
        running: Two of pairs or trios whose match runs, first side first. As few as can
            be are parted, before anything else.
        moving: Whether they may be parted so that more people are matched.
        excused: Two, in any order, for whom a rule does not count; one person twice is
            excused with everybody. To try what an exception would bring, in problems
            so small that each pair is looked at.
        aim: What is best, most important first.
        shape: How many of each role a match has, by the spec's word.
        placed: The role whose people are each in one match at most; the second side
            where nothing else is told.
        least, most: How many of them are in a match.
        given: The role that somebody's nearest manager has in their match, if any.
        joined: The role whose people are shared out over the matches, if any.
    """

    kind: str
    sides: tuple[str, str]
    participants: tuple[Participant, ...]
    rules: Rules
    capacity: Mapping[PersonId, int] = field(default_factory=dict)
    vetoes: frozenset[tuple[PersonId, PersonId]] = frozenset()
    nevers: frozenset[tuple[PersonId, PersonId]] = frozenset()
    pins: frozenset[tuple[PersonId, PersonId]] = frozenset()
    running: frozenset[tuple[PersonId, PersonId]] = frozenset()
    moving: bool = False
    waited: frozenset[PersonId] = frozenset()
    held: Mapping[PersonId, int] = field(default_factory=dict)
    kept: frozenset[PersonId] = frozenset()
    excused: frozenset[tuple[PersonId, PersonId, Rule]] = frozenset()
    already: frozenset[tuple[PersonId, PersonId]] = frozenset()
    had: Mapping[PersonId, int] = field(default_factory=dict)
    aim: tuple[str, ...] = AIMS
    shape: str = "pairs"
    placed: str = ""
    least: int = 1
    most: int = 1
    given: str = ""
    joined: str = ""

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.participants, key=lambda one: (one.id, one.person)))
        object.__setattr__(self, "participants", ordered)
        object.__setattr__(self, "placed", self.placed or self.sides[1])

    def having(self, role: str) -> tuple[Participant, ...]:
        """Return the people of one side, sorted by id."""
        return self._by_role.get(role, ())

    @cached_property
    def roles(self) -> Mapping[PersonId, tuple[str, ...]]:
        """The roles of everyone."""
        return {one.person: one.roles for one in self.participants}

    @cached_property
    def _by_role(self) -> Mapping[str, tuple[Participant, ...]]:
        found: dict[str, list[Participant]] = {}
        for one in self.participants:
            for role in dict.fromkeys(one.roles):
                found.setdefault(role, []).append(one)
        return {role: tuple(those) for role, those in found.items()}

    @cached_property
    def managers(self) -> Mapping[PersonId, Participant]:
        """The manager of each who is placed, where that manager takes part as one."""
        if not self.given:
            return {}
        by_person = {one.person: one for one in self.having(self.given)}
        nearest = nearest_managers(self.participants)
        return {
            one.person: by_person[nearest[one.person]]
            for one in self.having(self.placed)
            if nearest.get(one.person) in by_person
        }

    def places(self, person: PersonId) -> int:
        """Return how many matches somebody of the first side may have; 0 if less."""
        return max(0, self.capacity.get(person, 1))

    @property
    def noes(self) -> frozenset[tuple[PersonId, PersonId]]:
        """Two who must not be matched, whoever says so."""
        return self.vetoes | self.nevers | self.already

    def without(self, people: Collection[PersonId]) -> tuple[PersonId, ...]:
        """Return who is to be placed and has no match, if these get one."""
        return tuple(
            one.person
            for one in self.having(self.placed)
            if one.person not in people and not self.had.get(one.person)
        )

    def room(self, person: PersonId) -> int:
        """Return how many matches somebody who is placed may still have."""
        most = self.rules.several.count if self.rules.several else 1
        return max(0, most - self.had.get(person, 0))

    def excuses(self, one: PersonId, other: PersonId, rule: Rule) -> bool:
        """Return whether a rule does not count for these two."""
        both = ((one, other, rule), (other, one, rule))
        return bool(self.excused) and any(two in self.excused for two in both)

    def vetoed(self, one: PersonId, other: PersonId) -> bool:
        """Return whether one of these two said no."""
        return not self.vetoes.isdisjoint(((one, other), (other, one)))

    def matched(self, one: PersonId, other: PersonId) -> bool:
        """Return whether these two are in one match."""
        return not self.already.isdisjoint(((one, other), (other, one)))

    def kept_apart(self, one: PersonId, other: PersonId) -> bool:
        """Return whether the coordinator keeps these two apart."""
        return not self.nevers.isdisjoint(((one, other), (other, one)))


def capacities(
    participants: Iterable[Participant], *, column: str = "capacity"
) -> Mapping[PersonId, int]:
    """Return the places that a number column tells; 0 is a year of rest."""
    return {
        one.person: max(0, places)
        for one in participants
        if isinstance(places := one.values.get(column), int)
    }


def size_of(problem: Problem) -> int:
    """Return how many twos there are of the two sides."""
    if problem.sides == ALIKE:
        return len(problem.having(problem.placed)) ** 2
    first, second = problem.sides
    firsts = sum(problem.places(one.person) for one in problem.having(first))
    return firsts * len(problem.having(second))


def work_of(problem: Problem) -> int:
    """Return what it takes to solve it again, in twos that are looked at.

    Where people of one role are parted it is a search, which grows faster.
    """
    size = size_of(problem)
    alike = problem.sides == ALIKE
    return size * len(problem.having(problem.placed)) * 5 // 4 if alike else size
