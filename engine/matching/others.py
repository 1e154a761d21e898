"""What other partners would cost, of pairs of many people: the same as `explain` tells.

The worst match counts in a price where it comes before the total. Where it comes after,
it only decides between answers of one total, and no price tells of it.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from engine.matching.aims import EVERYONE, FIRST, TOTAL, WORST, Aim
from engine.matching.circles import Circles
from engine.matching.explain import SHOWN, price, ranked
from engine.matching.flow import Arc
from engine.matching.pooling import Pooled, best_of, outcome_of
from engine.matching.prices import Edges
from engine.matching.result import Alternative, Price
from engine.matching.tagging import Numbers

FEW = 2_000
"""People of the first side up to whom everybody's alternatives are told."""

_MOST = SHOWN + 2
"""How many are looked for first: whom somebody has costs nothing, and is no other."""

_AGAIN = 10
"""How many of a person's pairs are solved again with, those of most points first."""


@dataclass(frozen=True, kw_only=True)
class _Level:
    """The best choice above a floor.

    Attributes:
        freed: What it is worse by than the best of all.
        circles: How it could be changed.
        prices: Those that are known, by what is lost.
    """

    freed: Mapping[Aim, int]
    circles: Circles
    prices: dict[int, Price | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Others:
    """What other partners would cost.

    Attributes:
        everyone: Whether many will be asked about, and not one alone.
    """

    solved: Pooled
    everyone: bool = True
    _known: dict[int, _Level] = field(default_factory=dict)

    def of(self, second: int) -> tuple[Alternative, ...]:
        """Return the cheapest other partners of one of the second side.

        The price is exact, as if all were solved again. Of two at the same price the
        one with more points comes first, then the lower id. Past two thousand on the
        first side nothing is told.
        """
        if len(self.solved.places) > FEW:
            return ()
        return ranked(self.solved, second, self._prices(second))

    def _prices(self, second: int) -> Mapping[Arc, Price]:
        """Return the prices of the cheapest pairs, above as high a floor as can be.

        Each is as good as the highest floor above which it can be forced; there the
        best choice above that floor takes the place of the best of all.
        """
        points, prices = self._points(second), dict[Arc, Price]()
        for floor in self._floors:
            if len(prices) >= SHOWN:
                break
            if int((points >= floor).sum()) > len(prices):
                found = self._above(second, floor, _MOST + len(prices))
                prices = {**found, **prices}
        if len(prices) < SHOWN:
            prices |= self._again(second, prices)
        return prices

    def _points(self, second: int) -> Numbers:
        """Return what somebody would have with each other; less than 0 if nothing."""
        points = self.solved.pool.points[:, second].copy()
        points[self._own[second]] = -1
        return points

    @cached_property
    def _own(self) -> Sequence[Sequence[int]]:
        """Whom each of the second side has."""
        own: list[list[int]] = [[] for _ in self.solved.table.seconds]
        for arc in self.solved.outcome.arcs:
            own[arc.second].append(arc.first)
        return own

    def _arc(self, first: int, second: int) -> Arc:
        pool = self.solved.pool
        points, early = int(pool.points[first, second]), bool(pool.early[second])
        return Arc(first=first, second=second, points=points, tie=0, early=early)

    @cached_property
    def _floors(self) -> Sequence[int]:
        """The floor of the best choice, then those below; one where it is no matter."""
        highest = self.solved.floor
        if not self._kept:
            return (highest,)
        lower = [one for one in self.solved.pool.kinds.tolist() if one < highest]
        return (highest, *reversed(lower))

    @cached_property
    def _kept(self) -> Sequence[Aim]:
        """What comes before the worst match, where that comes before the total."""
        order = self.solved.order
        before = order[: order.index(WORST)]
        return () if TOTAL in before else before

    def _above(self, second: int, floor: int, most: int) -> Mapping[Arc, Price]:
        """Return the prices of those that lose only points, above a floor."""
        level, found = self._level(floor), dict[Arc, Price]()
        for first, lost in self._losses(second, floor, most).items():
            if lost not in level.prices:
                level.prices[lost] = self._price(level, self.solved.floor - floor, lost)
            price_ = level.prices[lost]
            if price_ is not None and first not in self._own[second]:
                found[self._arc(first, second)] = price_
        return found

    def _price(self, level: _Level, worst: int, lost: int) -> Price | None:
        """Return what so much lost above a floor comes to; None if it is not points."""
        units = level.circles.weights.split(lost)
        if any(units.get(aim) for aim in self._kept):
            return None
        for aim, freed in level.freed.items():
            units[aim] += freed
        return Price(
            pairs=units.get(EVERYONE, 0),
            worst=worst,
            total=units.get(TOTAL, 0),
            first=units.get(FIRST, 0),
        )

    def _losses(self, second: int, floor: int, most: int) -> Mapping[int, int]:
        if self.everyone and floor == self.solved.floor:
            return self._everybody[second]
        return self._level(floor).circles.losses(second, most=most)

    @cached_property
    def _everybody(self) -> Sequence[Mapping[int, int]]:
        """What the cheapest pairs of each lose above the floor of the best choice."""
        circles = self._level(self.solved.floor).circles
        return tuple(circles.all_losses(most=_MOST))

    def _level(self, floor: int) -> _Level:
        if floor not in self._known:
            self._known[floor] = self._solved(floor)
        return self._known[floor]

    def _solved(self, floor: int) -> _Level:
        pool, order = self.solved.pool, self.solved.order
        highest, now = floor == self.solved.floor, self.solved.outcome
        pairs = Edges.listed([(arc.first, arc.second) for arc in now.arcs])
        pairs = pairs if highest else pool.best(order, floor=floor)
        then, weights = outcome_of(pool, pairs), pool.weights(order)
        return _Level(
            freed={aim: now.value(aim) - then.value(aim) for aim in weights.of},
            circles=Circles(pool=pool, pairs=pairs, weights=weights, floor=floor),
        )

    def _again(self, second: int, known: Container[Arc]) -> Mapping[Arc, Price]:
        """Return the prices of some that lose more, found by solving again."""
        solved, found = self.solved, dict[Arc, Price]()
        points = self._points(second)
        firsts = np.flatnonzero(points >= 0).tolist()
        arcs = [self._arc(first, second) for first in firsts]
        others = [arc for arc in arcs if arc not in known]
        others.sort(key=lambda arc: (-arc.points, arc.first))
        for arc in others[:_AGAIN]:
            left = solved.pool.forced(Edges.listed([(arc.first, arc.second)]))
            outcome = best_of(left, solved.order, fixed=(arc,), rival=solved.outcome)
            found[arc] = price(solved.outcome, outcome, solved.weighed)
        return found
