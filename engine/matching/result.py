"""What a solver answers, in numbers and ids; `wording` puts it into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.ids import PersonId
from engine.matching.clauses import Clause, Rule, Together
from engine.matching.findings import Counted, Finding, Gathered, Tally
from engine.matching.scoring import Barrier

Members = Mapping[str, tuple[PersonId, ...]]
"""Who has which role in a match."""

Status = Literal["optimal", "feasible", "infeasible"]
"""Proven best; the best found in the time given; no answer meets the shape."""

Cause = Literal["nobody allowed", "shortage", "spare", "better total", "quota"]
"""Every partner is forbidden; too few for too many; not needed; left out by the aim;
beyond those of whom only so many are placed.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """What one rule says of a match.

    Attributes:
        points: What it gives; 0 for what is required.
        most: What it could give; 0 for what is required.
    """

    clause: Clause | Together
    finding: Finding | Tally | Gathered | Counted
    points: int = 0
    most: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """What forcing a pair takes from the whole answer; negative is a gain.

    Attributes:
        pairs: Fewer pairs.
        worst: Fewer points of the worst match.
        total: Fewer points in total.
        first: Fewer of those who go before others; 0 where nobody does.
        load: How much less alike loads are; 0 where nobody looks at them.
    """

    pairs: int
    worst: int
    total: int
    first: int = 0
    load: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Alternative:
    """Another partner for `person`, and the price of insisting on it."""

    person: PersonId
    partner: PersonId
    points: int
    price: Price


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """One match, why it is good, and who else it could have been, cheapest first."""

    members: Members
    points: int
    reasons: tuple[Reason, ...]
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Unmatched:
    """Somebody without a match in a role.

    Attributes:
        barriers: How many possible partners each barrier forbids, most first.
        alternatives: Partners that could be forced, cheapest first.
    """

    person: PersonId
    role: str
    cause: Cause
    barriers: tuple[tuple[Barrier, int], ...] = ()
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiver:
    """A pair that would place one more, if the rules it breaks were waived for it."""

    members: Members
    broken: tuple[Rule, ...]
    points: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortage:
    """People who share too few possible partners, whoever gets whom.

    Attributes:
        role: Side of `people`; the partners are of the other one.
        people: Those who share, matched or not.
        partners: Everyone that any of them may be matched with.
        places: Matches that the partners have room for together.
        waivers: Single exceptions that place one more, fewest broken rules first.
    """

    role: str
    people: tuple[PersonId, ...]
    partners: tuple[PersonId, ...]
    places: int
    waivers: tuple[Waiver, ...] = ()

    @property
    def missing(self) -> int:
        """How many of them stay without a match."""
        return len(self.people) - self.places


@dataclass(frozen=True, kw_only=True, slots=True)
class Relief:
    """What waiving one rule altogether would bring, or another size.

    Attributes:
        more: How many more would be matched.
        sentence: The rule as it stands in the spec; empty where it is the size.
        size: The least and the most of another size.
    """

    more: int
    sentence: str = ""
    size: tuple[int, int] = (1, 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Solution:
    """A proposal of matches, and what it is worth.

    Attributes:
        matches: In the order of the first side's ids, then the second's.
        total: Points of all matches.
        worst: Points of the worst match; None without a match.
        bound: No answer with as many matches and as good a worst one has a total
            above this.
        unmatched: First the second side, then the first, each in order of ids.
        shortages: Groups of people that share nobody; empty when all are placed.
        reliefs: Rules whose waiving would match more, the most first.
        waivers: Single exceptions that place more, where no shortage has them.
        looked: How many partners of each were looked at, where prices prove the answer
            the best among all pairs; 0 where every pair was looked at.
        unpriced: Who has a match, and whose other partners took too much work to price.
    """

    kind: str
    status: Status
    matches: tuple[Match, ...]
    total: int
    worst: int | None
    bound: int
    unmatched: tuple[Unmatched, ...] = ()
    shortages: tuple[Shortage, ...] = ()
    reliefs: tuple[Relief, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    looked: int = 0
    unpriced: tuple[PersonId, ...] = ()

    @property
    def many(self) -> bool:
        """Whether several in a match have a role, so that it is told who is meant."""
        groups = (those for match in self.matches for those in match.members.values())
        return any(len(those) > 1 for those in groups)
