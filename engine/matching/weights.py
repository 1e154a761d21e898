"""What a unit of each aim is worth in one sum: more than all later ones together."""

from dataclasses import dataclass
from functools import cached_property

from engine.matching.aims import (
    BALANCE,
    EVERYONE,
    FIRST,
    KEPT,
    NUMBERS,
    TOTAL,
    WORST,
    Aim,
)
from engine.matching.ties import TIE_BITS

# OR-tools refuses a flow when |cost| x nodes reaches 2^62; a spare factor of 8, so that
# what is lost by two changes at once can still be added up.
_COST_BITS = 59


@dataclass(frozen=True, kw_only=True)
class Weights:
    """How the aims of a flow are put into one cost.

    The worst match is no sum, and is left out. Each weight is more than twice what all
    later aims can differ by, so that a sum tells how many units of each are in it.

    Attributes:
        order: The aims.
        most: An upper bound of the number of pairs, at least one.
        highest: The most points of a pair.
        step: By what points differ at least: smaller numbers leave room for more aims.
        nodes: How many the flow has.
        load: The highest load that somebody of the first side may come to.
        loads: What all loads together may come to.
        least: How many there are at most of whom a least number is to be placed.
    """

    order: tuple[Aim, ...]
    most: int
    highest: int
    step: int
    nodes: int
    load: int = 0
    loads: int = 0
    least: int = 0

    @cached_property
    def of(self) -> dict[Aim, int]:
        """The weight of a unit, by aim; where everyone leads, the flow sees to it."""
        found: dict[Aim, int] = {}
        later = 0
        for aim in reversed(self._summed):
            found[aim] = 2 * later + 1
            later += found[aim] * self._range(aim)
        return found

    @property
    def lead(self) -> Aim:
        """What comes first; that nothing is parted leaves as many to be placed."""
        return next(aim for aim in self.order if aim != KEPT)

    @cached_property
    def reward(self) -> int:
        """What a pair outweighs where everyone leads: all that aims can differ by."""
        if self.lead != EVERYONE:
            return 0
        return 2 * sum(self._range(aim) * one for aim, one in self.of.items()) + 1

    @property
    def unit(self) -> int:
        """What outweighs all ties together."""
        return 2 * self.most << self.tie_bits

    @cached_property
    def tie_bits(self) -> int:
        """How many bits of a tie can be added up.

        Raises:
            OverflowError: If not even points can.
        """
        of = self.of.get
        points = of(TOTAL, 0) * (self.highest // self.step)
        arc = of(EVERYONE, 0) + points + of(FIRST, 0) + of(KEPT, 0)
        highest = max(arc, 2 * self.load * of(BALANCE, 0), of(NUMBERS, 0))
        bits = _COST_BITS - ((highest + 1) * 2 * self.most * self.nodes).bit_length()
        if bits < 0:
            problem = f"pairs of {self.highest} points are too much for one flow"
            raise OverflowError(problem)
        return min(bits, TIE_BITS)

    def split(self, lost: int) -> dict[Aim, int]:
        """Return how many units of each aim are in a sum of them."""
        found: dict[Aim, int] = {}
        for aim, weight in self._heaviest_first:
            units = (2 * lost + weight) // (2 * weight)
            lost -= units * weight
            found[aim] = units * self.step if aim == TOTAL else units
        return found

    @cached_property
    def _heaviest_first(self) -> tuple[tuple[Aim, int], ...]:
        led: dict[Aim, int] = {EVERYONE: self.reward} if self.reward else {}
        return (*led.items(), *reversed(self.of.items()))

    @property
    def _summed(self) -> tuple[Aim, ...]:
        led = (EVERYONE,) if self.lead == EVERYONE else ()
        return tuple(aim for aim in self.order if aim not in (WORST, *led))

    def _range(self, aim: Aim) -> int:
        """Return by how much two answers can differ in an aim at most."""
        ranges: dict[Aim, int] = {
            TOTAL: self.most * (self.highest // self.step),
            BALANCE: self.load * self.loads,
            NUMBERS: self.least,
        }
        return ranges.get(aim, self.most)
