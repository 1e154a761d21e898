"""Who is to be put into groups over several days, and what counts."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from engine.ids import PersonId
from engine.matching.columns import told, value_of
from engine.people import Participant

Pair = frozenset[PersonId]
Group = tuple[PersonId, ...]
Day = tuple[Group, ...]


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """A question, the same whatever the order of its people.

    Sizes of groups differ by one at the most.

    Attributes:
        participants: Who comes; kept sorted by id.
        groups: How many groups there are on each day; never more than people.
        balance: Columns to spread evenly over the groups of a day, and how much each
            person too many or too few counts.
        apart: Pairs who must never sit together.
        seed: What chooses among answers that are as good.
    """

    participants: tuple[Participant, ...]
    groups: int
    days: int
    balance: Mapping[str, int] = field(default_factory=dict)
    apart: frozenset[Pair] = frozenset()
    seed: int = 1

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.participants, key=lambda one: (one.id, one.person)))
        object.__setattr__(self, "participants", ordered)

    @cached_property
    def people(self) -> Group:
        """Everybody, in order of id."""
        return tuple(one.person for one in self.participants)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many are in each group of a day; the larger ones first."""
        least, larger = divmod(len(self.participants), self.groups)
        return (least + 1,) * larger + (least,) * (self.groups - larger)

    @cached_property
    def least_repeats(self) -> int:
        """A number of repeated encounters that no answer is below."""
        met = self.days * sum(_pairs(size) for size in self.sizes)
        strangers = _pairs(len(self.people))
        # Of a group of the first day some meet again on each other day: there are not
        # groups enough to part them all.
        again = sum(_pairs_of_parts(size, self.groups) for size in self.sizes)
        return max(0, met - strangers, (self.days - 1) * again)

    def random(self, purpose: str) -> Random:
        """Return a generator for one purpose, the same for the same seed."""
        digest = hashlib.sha256(f"{self.seed}\n{purpose}".encode()).digest()
        return Random(int.from_bytes(digest, "big"))

    def value(self, one: Participant, column: str) -> str | int | None:
        """Return what is balanced of a person; None where nothing single is told."""
        return told(value_of(one, column))


def _pairs(size: int) -> int:
    return size * (size - 1) // 2


def _pairs_of_parts(size: int, parts: int) -> int:
    """Return the pairs that stay together when a group is parted as far as it goes."""
    least, larger = divmod(size, parts)
    return larger * _pairs(least + 1) + (parts - larger) * _pairs(least)
