"""What there is to choose from in a flow: who may get whom, at most so many each."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.ids import PersonId
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
from engine.matching.scoring import Table
from engine.matching.ties import tie_of


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Arc:
    """A pair that may be chosen.

    Attributes:
        tie: Decides between answers of equal worth.
        kept: Whether it runs already, and is not parted for points.
        early: How many of those placed by it go before others.
    """

    first: int
    second: int
    points: int
    tie: int
    kept: bool = False
    early: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """How many of some of the second side are to be placed.

    Attributes:
        least: So many, as far as that is possible.
        most: No more; None for any number.
    """

    seconds: frozenset[int]
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """Pairs to choose from.

    Attributes:
        places: Matches that each of the first side may have.
        seconds: Number of people on the second side, each with one place.
        arcs: In canonical order.
        fixed: Pairs that are chosen already; their places are not in `places`.
        held: How many each of the first side has had placed before all this.
        shares: Of people of the second side, nobody in two of them.
        rooms: How many places those of the second side have who have not just one.
    """

    places: tuple[int, ...]
    seconds: int
    arcs: tuple[Arc, ...]
    fixed: tuple[Arc, ...] = ()
    held: Mapping[int, int] = field(default_factory=dict)
    shares: tuple[Share, ...] = ()
    rooms: Mapping[int, int] = field(default_factory=dict)

    def room(self, second: int) -> int:
        """Return how many places somebody of the second side has."""
        return self.rooms.get(second, 1)

    @property
    def all_rooms(self) -> int:
        """How many places the second side has."""
        return self.seconds + sum(room - 1 for room in self.rooms.values())

    @property
    def most(self) -> int:
        """An upper bound of the number of pairs."""
        return min(sum(self.places), self.all_rooms)

    @property
    def plain(self) -> bool:
        """Whether nothing binds a choice but who may be with whom, and places."""
        return not (self.fixed or self.shares or self.rooms)

    def loads(self) -> Counter[int]:
        """Return how many each of the first side has before anything is chosen."""
        return Counter(self.held) + Counter(arc.first for arc in self.fixed)

    def shared(self) -> tuple[int, ...]:
        """Return how many of each share are placed before anything is chosen."""
        placed = [arc.second for arc in self.fixed]
        return tuple(
            sum(one in share.seconds for one in placed) for share in self.shares
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """The chosen pairs, in canonical order, of all that there were to choose from."""

    arcs: tuple[Arc, ...]
    given: Network

    def value(self, aim: Aim) -> int:
        """Return how well this meets an aim; more is better."""
        if aim == BALANCE:
            return -self._uneven()
        if aim == NUMBERS:
            return sum(min(had, least) for had, least in self._shares())
        points = [arc.points for arc in self.arcs]
        if aim == WORST:
            return min(points, default=0)
        sums: dict[Aim, int] = {
            EVERYONE: len(points),
            TOTAL: sum(points),
            FIRST: sum(arc.early for arc in self.arcs),
            KEPT: sum(arc.kept for arc in self.arcs),
        }
        return sums[aim]

    def _uneven(self) -> int:
        """Return the sum of squared loads: the least is where they are most alike."""
        loads = Counter(self.given.held)
        loads.update(arc.first for arc in self.arcs)
        return sum(load * load for load in loads.values())

    def _shares(self) -> Iterable[tuple[int, int]]:
        for share in self.given.shares:
            had = sum(arc.second in share.seconds for arc in self.arcs)
            yield had, share.least


def network(
    table: Table,
    places: Iterable[int],
    seed: bytes | None,
    *,
    running: Container[tuple[PersonId, PersonId]] = (),
    early: frozenset[str] = frozenset(),
    held: Mapping[int, int] | None = None,
    shares: Sequence[Share] = (),
    rooms: Mapping[int, int] | None = None,
) -> Network:
    """Return the allowed pairs as a network.

    Args:
        table: Points and barriers.
        places: Matches that each of the first side may have.
        seed: What ties derive from; None where they do not matter.
        running: Pairs that run already.
        early: Who of the second side goes before others.
        held: How many each of the first side has had placed before.
        shares: How many of whom are to be placed.
        rooms: How many places those of the second side have who have not just one.
    """

    def arc(first: int, second: int) -> Arc:
        one, other = table.firsts[first], table.seconds[second]
        return Arc(
            first=first,
            second=second,
            points=table.points[first][second],
            tie=0 if seed is None else tie_of(seed, one.id, other.id),
            kept=(one.person, other.person) in running,
            early=other.person in early,
        )

    return Network(
        places=tuple(places),
        seconds=len(table.seconds),
        arcs=tuple(arc(*cell) for cell in table.allowed),
        held=held or {},
        shares=tuple(shares),
        rooms=rooms or {},
    )


def forcing(given: Network, arc: Arc) -> Network:
    """Return the network in which this pair is chosen already."""
    places = list(given.places)
    places[arc.first] -= 1
    left = given.room(arc.second) - 1
    others = tuple(
        one
        for one in given.arcs
        if (one.second != arc.second or (left and one != arc)) and places[one.first] > 0
    )
    return replace(
        given,
        places=tuple(places),
        arcs=others,
        fixed=(*given.fixed, arc),
        rooms={**given.rooms, arc.second: left} if given.rooms else given.rooms,
    )


def keeping(given: Network) -> Network:
    """Return the network in which no more pairs are parted than have to be.

    Who has more that run than places is left with these alone.
    """
    running = Counter(arc.first for arc in given.arcs if arc.kept)
    places = list(given.places)
    crowded = {one for one in running if running[one] > places[one]}
    fixed = tuple(arc for arc in given.arcs if arc.kept and arc.first not in crowded)
    for arc in fixed:
        places[arc.first] -= 1
    taken = Counter(arc.second for arc in fixed)
    rooms = {one: room - taken[one] for one, room in given.rooms.items()}
    settled = {one for one in taken if rooms.get(one, 0) <= 0}
    others = tuple(
        arc
        for arc in given.arcs
        if arc.second not in settled
        and not (arc.kept and arc.first not in crowded)
        and places[arc.first] > 0
        and (arc.kept or arc.first not in crowded)
    )
    return replace(
        given,
        places=tuple(places),
        arcs=others,
        fixed=(*given.fixed, *fixed),
        rooms=rooms,
    )


def solve_flow(flow: Any, source: int, sink: int, units: int) -> None:  # noqa: ANN401
    """Send as many of these units as can be through a flow of OR-tools, cheapest.

    Raises:
        AssertionError: If it refuses, which no flow of ours lets it.
    """
    flow.set_node_supply(source, units)
    flow.set_node_supply(sink, -units)
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        problem = f"the flow ended as {status}"
        raise AssertionError(problem)
