"""The solver of the shape `networks`: everyone in parties of about the same size."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from engine.derive import derive
from engine.ids import PersonId
from engine.matching.aims import TOTAL, WORST, Aim, parse_aims, priorities
from engine.matching.assembly import Filled, assembled, left_over
from engine.matching.clauses import Alike, Rules
from engine.matching.cpsat import Chosen, Expression, Goal, maximise
from engine.matching.greedy import first_answer
from engine.matching.parties import (
    Parties,
    Two,
    by_value,
    eligible,
    seated,
    standing,
)
from engine.matching.problem import ALIKE, Problem
from engine.matching.rating import points_of_two
from engine.matching.reporting import reporting_lines
from engine.matching.result import Members, Solution
from engine.people import Participant


def solve_networks(problem: Problem, *, seed: bytes) -> Solution:
    """Return the best networks, the same for the same people, rules and seed.

    As many as can be are placed, in as few networks as that takes, so that one which
    loses somebody is still large enough; and these are as even as can be. Whoever joins
    them is shared out evenly.
    """
    order = priorities(parse_aims(problem.aim))
    members = eligible(problem, seed)
    filled = _filled(problem, members, order)
    joined = tuple(_joined(problem, filled.matches, seed))
    return assembled(
        problem,
        replace(filled, matches=joined),
        count=_most_placed,
        left_over=left_over(problem, joined),
    )


def _filled(
    problem: Problem, members: Sequence[Participant], order: tuple[Aim, ...]
) -> Filled:
    given = _seated(problem, members)
    company = _Company(problem=problem, members=members, given=given)
    seats = [seat for row in given.seats for seat in row.values()]
    chosen = maximise(given.model, company.placing(), seats, known=company.start())
    if problem.rules.prefer:
        company.keep_sizes(chosen)
        chosen = maximise(given.model, company.weighing(order), seats, known=chosen)
    return _as_filled(problem, members, given, chosen)


def _as_filled(
    problem: Problem, members: Sequence[Participant], given: Parties, chosen: Chosen
) -> Filled:
    values = iter(chosen.values)
    matches = [
        tuple(members[one].person for one in row if next(values)) for row in given.seats
    ]
    return Filled(
        matches=[{problem.placed: those} for those in matches if those],
        bound=chosen.bound,
        proven=chosen.proven,
    )


def _seated(problem: Problem, members: Sequence[Participant]) -> Parties:
    """Return the question, in which networks are told apart by their first member.

    Where there were networks before, they are told apart by who was in them.
    """
    own, everyone = standing(problem, members), range(len(members))
    count = max(len(own), len(members) // problem.least)
    rows = ([*everyone] if own else everyone[party:] for party in range(count))
    return seated(problem, members, tuple(rows))


def most_in_networks(problem: Problem) -> tuple[tuple[PersonId, PersonId], ...]:
    """Return as many as can be placed, after the first of their network.

    Raises:
        OutOfWorkError: If the work ran out before that was proven.
    """
    return _fullest(problem).placed(problem)


def _most_placed(problem: Problem) -> int:
    return sum(len(one[problem.placed]) for one in _fullest(problem).matches)


def _fullest(problem: Problem) -> Filled:
    members = eligible(problem, b"")
    given = _seated(problem, members)
    company = _Company(problem=problem, members=members, given=given)
    seats = [seat for row in given.seats for seat in row.values()]
    found = maximise(given.model, given.placing(), seats, known=company.start())
    return _as_filled(problem, members, given, found)


def _joined(
    problem: Problem, matches: Sequence[Members], seed: bytes
) -> Iterator[Members]:
    """Yield each network with who joins it: whoever has the fewest so far.

    Who joined the same people before does so again.
    """
    those = sorted(
        problem.having(problem.joined),
        key=lambda one: derive(seed, "joins", one.id),
    )
    busy: Counter[PersonId] = Counter()
    for match in matches:
        if not those:
            yield match
            continue
        before = Counter(
            one for one, other in problem.running if other in match[problem.placed]
        )
        one = min(those, key=lambda who: (-before[who.person], busy[who.person]))
        busy[one.person] += 1
        yield {**match, problem.joined: (one.person,)}


@dataclass(frozen=True, kw_only=True)
class _Company:
    """What the members of networks give to each other."""

    problem: Problem
    members: Sequence[Participant]
    given: Parties

    def start(self) -> Chosen:
        """Return an answer to begin with."""
        allowed = [tuple(row) for row in self.given.seats]
        parties = first_answer(self.problem, self.members, self._first(allowed))
        values = (
            int(one in party)
            for party, row in zip(parties, allowed, strict=True)
            for one in row
        )
        bound = self._ceiling * len(allowed)
        return Chosen(values=tuple(values), bound=bound, proven=True)

    def _first(self, allowed: Sequence[Sequence[int]]) -> Sequence[Sequence[int]]:
        """Return who may sit where to begin with: in their own networks, if any."""
        own = standing(self.problem, self.members)
        known = {one for those in own for one in those}
        free = [one for one in range(len(self.members)) if one not in known]
        rest = ([*those, *free] for those in own)
        return [*rest, *([free] * (len(allowed) - len(own)))] if own else allowed

    def placing(self) -> tuple[Goal, ...]:
        """Return what is looked for before anything is weighed."""
        return (
            *self.given.placing(),
            Goal(sum=-sum(self.given.used)),
            Goal(sum=-self.given.uneven()),
        )

    def keep_sizes(self, chosen: Chosen) -> None:
        """Bind the sizes as closely as what was reached does: it helps the proof."""
        values = iter(chosen.values)
        found = [sum(next(values) for _ in row) for row in self.given.seats]
        sizes = [size for size in found if size]
        if not sizes or max(sizes) > min(sizes) + 1:
            return
        for size, used in zip(self.given.sizes, self.given.used, strict=True):
            self.given.model.add(size >= min(sizes) * used)
            self.given.model.add(size <= max(sizes) * used)

    def weighing(self, order: tuple[Aim, ...]) -> tuple[Goal, ...]:
        """Return what is looked for among networks of these sizes."""
        goals: dict[Aim, Goal] = {
            WORST: Goal(sum=self.given.worst(self.points, self._ceiling)),
            TOTAL: Goal(sum=sum(self.points), total=True),
        }
        return tuple(goals[aim] for aim in order if aim in goals)

    @cached_property
    def points(self) -> Sequence[Expression]:
        """What each network is worth."""
        return [
            self._by_twos(party) + sum(self._by_values(party))
            for party in range(len(self.given.seats))
        ]

    @property
    def _ceiling(self) -> int:
        most = sum(one.most for one in self.problem.rules.prefer)
        return most * self.problem.most * (self.problem.most - 1) // 2

    def _by_twos(self, party: int) -> Expression:
        """Return the points of each two who sit here, where a rule looks at twos."""
        seats, model, found = self.given.seats[party], self.given.model, []
        sides: dict[int, list[Expression]] = {one: [] for one in seats}
        for (one, other), points in self._twos.items():
            if one in seats and other in seats:
                both = model.new_bool_var("both")
                model.add_implication(both, seats[one])
                model.add_implication(both, seats[other])
                sides[one].append(both)
                sides[other].append(both)
                found.append(points * both)
        for one, those in sides.items():
            # Implied, and a far better bound for the solver.
            model.add(sum(those) <= (self.problem.most - 1) * seats[one])
        return sum(found)

    @cached_property
    def _twos(self) -> Mapping[Two, int]:
        """What two give by all preferences but those of values that are alike."""
        prefer = tuple(
            one
            for one in self.problem.rules.prefer
            if not isinstance(one.clause, Alike)
        )
        weighed = replace(self.problem, rules=Rules(prefer=prefer))
        lines = reporting_lines(self.problem.participants)
        found: dict[Two, int] = {}
        for two in combinations(range(len(self.members)), 2):
            pair = dict(zip(ALIKE, (self.members[one] for one in two), strict=True))
            if points := points_of_two(weighed, pair, lines):
                found[two] = points
        return found

    def _by_values(self, party: int) -> Iterator[Expression]:
        """Yield the points of each preference for values that are alike, or differ.

        Counting how many have a value is far lighter than looking at each two of them.
        """
        seats = self.given.seats[party]
        for one in self.problem.rules.prefer:
            if not isinstance(one.clause, Alike):
                continue
            values = by_value(self.members, one.clause.column)
            here = [
                [seats[who] for who in those if who in seats]
                for value, those in values.items()
                if value is not None
            ]
            same = sum(self._pairs(those) for those in here)
            if one.clause.same:
                yield one.most * same
            else:
                told = [seat for those in here for seat in those]
                yield one.most * (self._pairs(told) - same)

    def _pairs(self, seats: Sequence[Expression]) -> Expression:
        """Return how many twos there are among those who sit here."""
        most = min(self.problem.most, len(seats))
        count = self.given.model.new_int_var(0, most, "count")
        pairs = self.given.model.new_int_var(0, most * (most - 1) // 2, "pairs")
        self.given.model.add(count == sum(seats))
        self.given.model.add_allowed_assignments(
            [count, pairs], [(one, one * (one - 1) // 2) for one in range(most + 1)]
        )
        for step in range(1, most):
            # Tangents: implied, and a far better bound for the solver.
            self.given.model.add(2 * pairs >= 2 * step * count - step * (step + 1))
        return pairs
