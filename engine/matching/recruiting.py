"""Who else would place more: found by solving again with them among the people."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

from engine.ids import PersonId
from engine.matching.highs import OutOfWorkError
from engine.matching.problem import Problem
from engine.matching.profiles import (
    Newcomers,
    Profile,
    candidates,
    profiles,
)
from engine.matching.scoring import tabulate
from engine.people import Value

Place = Callable[[Problem], Sequence[tuple[PersonId, PersonId]]]
"""Returns each who is placed, after whom they are placed with: as many as can be."""

NEAR = 5
"""So many newcomers are looked for one by one; beyond, as many as bring the most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recruits:
    """Some who are alike, as far as rules look at it.

    Attributes:
        count: How many.
        values: By column, which values each of them may have: whichever they are, as
            many are placed. A column that makes no difference is left out.
        others: By the same columns, the values that may not do.
    """

    count: int
    values: Mapping[str, Sequence[Value]]
    others: Mapping[str, Sequence[Value]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Appeal:
    """Who else is needed, and how many more that would place.

    Attributes:
        role: Whom to ask.
        recruits: Those who are needed.
        room: How many matches each of them would take.
        more: How many more are placed with them than without.
        left: How many are still without a match then.
    """

    role: str
    recruits: tuple[Recruits, ...]
    room: int
    more: int
    left: int


@dataclass(frozen=True, kw_only=True)
class Recruiting:
    """A problem whose first side can grow.

    What one more would bring is told, what two would, and so on while it helps. Each
    number is that of solving with them. Who comes next is whoever brings the most
    beside those who came before. Beyond five it is told at once how many of whom bring
    all that such people can; no fewer of them would.
    """

    problem: Problem
    place: Place

    def appeals(self) -> Iterator[Appeal]:
        """Yield each number of newcomers that places more than fewer do."""
        chosen: tuple[Profile, ...] = ()
        reached = 0
        while reached < self._left and len(chosen) < NEAR:
            best, chosen = self._next(chosen)
            if best <= reached and len(chosen) < NEAR:
                # Groups of some size may take two more before anything is gained.
                best, chosen = self._next(chosen)
            if best <= reached:
                return
            reached = best
            yield self._appeal(chosen, reached)
        # What was found one by one is told, also where more is too much work.
        with suppress(OutOfWorkError):
            while reached < self._left:
                best, chosen = self._many(chosen, self._left - reached)
                if best <= reached:
                    return
                reached = best
                yield self._appeal(chosen, reached)

    def _appeal(self, chosen: tuple[Profile, ...], reached: int) -> Appeal:
        return Appeal(
            role=self.role,
            recruits=self._described(chosen),
            room=self._room,
            more=reached,
            left=self._left - reached,
        )

    @property
    def role(self) -> str:
        """Whom to ask."""
        return self.problem.sides[0]

    @cached_property
    def _placed(self) -> int:
        return self._count(self.problem)

    @cached_property
    def _left(self) -> int:
        return len(self.problem.having(self.problem.placed)) - self._placed

    @cached_property
    def _room(self) -> int:
        """What most people of the side have room for; the fewer of two."""
        side = self.problem.sides[0]
        places = Counter(
            room
            for one in self.problem.having(side)
            if (room := self.problem.places(one.person))
        )
        return min(places, key=lambda one: (-places[one], one), default=1)

    @cached_property
    def _profiles(self) -> tuple[Profile, ...]:
        """The profiles that are worth looking at: no other may do all that one may."""
        every = tuple(profiles(self.problem, self.role))
        reach = self._reach(every)
        distinct, kept = {*reach}, dict[frozenset[PersonId], Profile]()
        for mine, profile in zip(reach, every, strict=True):
            if not any(mine < other for other in distinct):
                kept.setdefault(mine, profile)
        return tuple(kept.values())

    def _next(self, chosen: tuple[Profile, ...]) -> tuple[int, tuple[Profile, ...]]:
        """Return what the best one more brings; of equals somebody like the last."""
        first = chosen[-1:]
        others = [one for one in self._profiles if one not in first]
        tried = [
            (self._gain((*chosen, one)), (*chosen, one)) for one in (*first, *others)
        ]
        return max(tried, key=lambda one: one[0])

    def _many(
        self, chosen: tuple[Profile, ...], most: int
    ) -> tuple[int, tuple[Profile, ...]]:
        """Return what the best ones bring, however many: as few as bring as much."""
        tried = [(self._gain((*chosen, *(one,) * most)), one) for one in self._profiles]
        best, kind = max(tried, key=lambda one: one[0])
        several = [(*chosen, *(kind,) * count) for count in range(1, most + 1)]
        return best, several[bisect_left(several, best, key=self._gain)]

    def _gain(self, chosen: Sequence[Profile]) -> int:
        return self._count(self._with(chosen)) - self._placed

    def _count(self, problem: Problem) -> int:
        """Return how many people have a match at all."""
        return len({second for _, second in self.place(problem)})

    def _with(self, chosen: Sequence[Profile]) -> Problem:
        """Return the problem with newcomers in it."""
        people = Newcomers(profiles=chosen).people(self.role)
        rooms = {one.person: self._room for one in people}
        return replace(
            self.problem,
            participants=(*self.problem.participants, *people),
            capacity={**self.problem.capacity, **rooms},
        )

    def _reach(self, those: Sequence[Profile]) -> Sequence[frozenset[PersonId]]:
        """Return whom newcomers with these profiles may be matched with."""
        table = tabulate(self._with(those))
        rows = {one.person: row for row, one in enumerate(table.firsts)}
        return [
            frozenset(
                one.person
                for second, one in enumerate(table.seconds)
                if (rows[newcomer], second) not in table.barriers
            )
            for newcomer in self._newcomers(those)
        ]

    def _newcomers(self, chosen: Sequence[Profile]) -> tuple[PersonId, ...]:
        people = Newcomers(profiles=chosen).people(self.role)
        return tuple(one.person for one in people)

    def _described(self, chosen: tuple[Profile, ...]) -> tuple[Recruits, ...]:
        """Return them with every value that does as well, those alike together.

        Whoever may be matched with all who are placed with them does as well. A rule
        looks at one column of theirs, so that what does in each does in all.
        """
        every = candidates(self.problem, self.role)
        pairs, found = self.place(self._with(chosen)), []
        numbers = self._newcomers(chosen)
        for kind in (one for n, one in enumerate(chosen) if one not in chosen[:n]):
            mine = {
                who for who, one in zip(numbers, chosen, strict=True) if one == kind
            }
            theirs = {second for first, second in pairs if first in mine}
            values = {
                column: self._doing(kind, column, theirs, every[column])
                for column in kind
            }
            told = {one: good for one, good in values.items() if good != every[one]}
            rest = {
                column: tuple(one for one in every[column] if one not in good)
                for column, good in told.items()
            }
            found.append(Recruits(count=len(mine), values=told, others=rest))
        return tuple(found)

    def _doing(
        self,
        kind: Profile,
        column: str,
        theirs: Collection[PersonId],
        values: Sequence[Value],
    ) -> Sequence[Value]:
        """Return the values of a column by which all of these can be reached."""
        reach = self._reach([{**kind, column: value} for value in values])
        reached = zip(values, reach, strict=True)
        return tuple(value for value, those in reached if those.issuperset(theirs))
