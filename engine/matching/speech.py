"""Of whom the rule sentences of a match may speak, by its shape."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.matching.problem import ALIKE


@dataclass(frozen=True, kw_only=True, slots=True)
class Speech:
    """The words that stand for people in the rules of a match.

    Attributes:
        sides: The two whose fit decides; the first may have several matches.
        roles: Everyone by their role.
        named: Who may own a column in a sentence, as in `mentor's level`.
        twos: Those who may be compared, as in `mentor and mentee`.
        together: What those who share a role are called together, if any do.
        loose: Whether exceptions and higher counts may be allowed to them.
        swaps: Managers and mentors, where two may swap; and their talents.
    """

    sides: tuple[str, str]
    roles: tuple[str, ...]
    named: tuple[str, ...]
    twos: tuple[tuple[str, str], ...]
    together: str = ""
    loose: bool = False
    swaps: tuple[str, str] = ("", "")

    @property
    def subjects(self) -> tuple[str, ...]:
        """Everything that may stand before the colon of a requirement."""
        several = (self.together, self.swaps[0], self.counted, self.each)
        twos = tuple(" and ".join(two) for two in self.twos)
        return (*twos, *(one for one in several if one), *self.roles)

    @property
    def counted(self) -> str:
        """Those who are each in one match at most, in the plural."""
        return f"{self.roles[0] if self.sides == ALIKE else self.sides[1]}s"

    @property
    def each(self) -> str:
        """Those who may have several matches of two; empty where nobody may."""
        only_two = len(self.roles) == len(self.sides) and not self.together
        return f"each {self.sides[1]}" if only_two and self.sides != ALIKE else ""

    @property
    def weighed(self) -> tuple[str, ...]:
        """Whoever a preference may compare."""
        twos = tuple(" and ".join(two) for two in self.twos)
        return twos or (self.together,)

    def two(self, subject: str) -> tuple[str, str] | None:
        """Return the two roles of a subject, whichever stands first."""
        for one, other in self.twos:
            if subject in (f"{one} and {other}", f"{other} and {one}"):
                return one, other
        return None


def of_two(roles: Sequence[str]) -> Speech:
    """Return how one speaks of a match of two."""
    first, second = roles
    sides = (first, second)
    return Speech(sides=sides, roles=sides, named=sides, twos=(sides,))


def _of_group(roles: Sequence[str]) -> Speech:
    first, second = roles
    sides = (first, second)
    return Speech(
        sides=sides,
        roles=sides,
        named=sides,
        twos=(sides,),
        together=f"{second}s of a group",
        loose=True,
    )


def _of_trio(roles: Sequence[str]) -> Speech:
    talent, manager, mentor = roles
    return Speech(
        sides=(mentor, talent),
        roles=(talent, manager, mentor),
        named=(mentor, talent, manager),
        twos=((talent, mentor), (manager, mentor), (talent, manager)),
        swaps=(f"{manager}s and {mentor}s", f"no two swap {talent}s"),
    )


def _of_buddies(roles: Sequence[str]) -> Speech:
    return Speech(
        sides=ALIKE, roles=tuple(roles), named=ALIKE, twos=(), together="buddies"
    )


def _of_network(roles: Sequence[str]) -> Speech:
    (member,) = roles
    return Speech(
        sides=ALIKE,
        roles=(member,),
        named=ALIKE,
        twos=(),
        together=f"{member}s of a network",
        loose=True,
    )


_SPEECH: Mapping[str, Callable[[Sequence[str]], Speech]] = {
    "pairs": of_two,
    "groups": _of_group,
    "trios": _of_trio,
    "buddies": _of_buddies,
    "networks": _of_network,
}


def speech_of(shape: str, roles: Sequence[str]) -> Speech:
    """Return how one speaks of a match of this shape."""
    return _SPEECH[shape](roles)
