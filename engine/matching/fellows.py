"""Who else would place more where all have one role, and need a match themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations_with_replacement, product

from engine.matching.highs import OutOfWorkError
from engine.matching.problem import ALIKE, Problem
from engine.matching.profiles import Profile, candidates, profiles
from engine.matching.recruiting import Appeal, Place, Recruiting, Recruits
from engine.people import Value

_KINDS = 30
"""So many kinds of people are looked at at most: each is a search of its own."""

_FEW = 3
"""So many newcomers are looked for at most."""

_TRIED = 10
"""So many mixtures of newcomers are tried, to say that any of them would do."""


def appeals(problem: Problem, *, place: Place) -> tuple[Appeal, ...]:
    """Return what one more would bring, what two would, and so on while it helps.

    Raises:
        InsistingError: If not all can be together who are to be.
        OutOfWorkError: If it was too much work to prove how many can be placed.
    """
    found = Fellows if problem.sides == ALIKE else Recruiting
    return tuple(found(problem=problem, place=place).appeals())


@dataclass(frozen=True, kw_only=True)
class Fellows(Recruiting):
    """A problem in which newcomers are placed like everybody else.

    What they bring is how many more are placed beside themselves. Those who come at
    once are alike, and no more than three are looked for.
    """

    _gains: dict[str, int] = field(default_factory=dict)

    def appeals(self) -> Iterator[Appeal]:
        """Yield the fewest newcomers that place more, then the fewest beside them.

        What was found is told, also where more is too much work.
        """
        found = 0
        try:
            for one in self._found():
                yield one
                found += 1
        except OutOfWorkError:
            if not found:
                raise

    def _found(self) -> Iterator[Appeal]:
        chosen: tuple[Profile, ...] = ()
        reached, count = 0, 1
        while reached < self._left and len(chosen) + count <= _FEW:
            several = [(*chosen, *(one,) * count) for one in self._profiles]
            best = max(several, key=self._gain)
            count += 1
            if self._gain(best) > reached:
                chosen, reached, count = best, self._gain(best), 1
                yield self._appeal(chosen, reached)

    @property
    def role(self) -> str:
        """Whom to ask."""
        return self.problem.placed

    @cached_property
    def _room(self) -> int:
        return 1

    @cached_property
    def _profiles(self) -> tuple[Profile, ...]:
        found = tuple(profiles(self.problem, self.role))
        if len(found) > _KINDS:
            raise OutOfWorkError(len(found))
        return found

    def _gain(self, chosen: Sequence[Profile]) -> int:
        key = "".join(sorted(repr(sorted(one.items())) for one in chosen))
        if key not in self._gains:
            self._gains[key] = super()._gain(chosen) - len(chosen)
        return self._gains[key]

    def _described(self, chosen: tuple[Profile, ...]) -> tuple[Recruits, ...]:
        """Return them with every value that does as well, those alike together."""
        every, found = candidates(self.problem, self.role), []
        for kind in (one for n, one in enumerate(chosen) if one not in chosen[:n]):
            values = self._doing_as_well(kind, chosen, every)
            told = {one: good for one, good in values.items() if good != every[one]}
            rest = {
                column: tuple(one for one in every[column] if one not in good)
                for column, good in told.items()
            }
            count = chosen.count(kind)
            found.append(Recruits(count=count, values=told, others=rest))
        return tuple(found)

    def _doing_as_well(
        self,
        kind: Profile,
        chosen: Sequence[Profile],
        every: Mapping[str, Sequence[Value]],
    ) -> Mapping[str, Sequence[Value]]:
        """Return the values that these may have, each of them whichever: all is tried.

        The values of other newcomers stay as they are.
        """
        rest, goal = [one for one in chosen if one != kind], self._gain(chosen)
        found: dict[str, Sequence[Value]] = {one: (kind[one],) for one in kind}
        for column, values in every.items():
            for value in values:
                wider = {**found, column: (*found[column], value)}
                mixtures = _mixtures(wider, len(chosen) - len(rest))
                known = value in found[column] or len(mixtures) > _TRIED
                if not known and all(
                    self._gain((*rest, *some)) >= goal for some in mixtures
                ):
                    found = wider
        return {
            column: tuple(one for one in values if one in found[column])
            for column, values in every.items()
        }


def _mixtures(
    values: Mapping[str, Sequence[Value]], count: int
) -> list[tuple[Profile, ...]]:
    """Return all who could be meant, up to one more than are tried."""
    kinds = [dict(zip(values, one, strict=True)) for one in product(*values.values())]
    if len(kinds) > _TRIED:
        return [(one,) * count for one in kinds]
    return list(combinations_with_replacement(kinds, count))
