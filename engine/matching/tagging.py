"""Where people stand and which tags they name, as rows of numbers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.matching.columns import items, plain, value_of
from engine.people import Participant

Numbers = NDArray[np.signedinteger[Any]]
People = Sequence[Participant | None]

_SIZES = (16, 32, 64)


@dataclass(frozen=True)
class Tags:
    """Who names which tags.

    Attributes:
        words: A bit for each tag, a row for each person.
    """

    words: NDArray[np.unsignedinteger[Any]]

    def counts(self) -> Numbers:
        """Return how many each names."""
        found: Numbers = np.bitwise_count(self.words).sum(axis=1, dtype=np.int32)
        return found

    def shared(self, other: "Tags", axes: tuple[int, int]) -> Numbers:
        """Return how many tags both name, of every pair.

        Args:
            other: What those on another axis name, or who stands beside these.
            axes: Along which axis each of them lies.
        """
        one, two = (
            side.words[:, None] if axis == 0 else side.words[None, :]
            for side, axis in zip((self, other), axes, strict=True)
        )
        words = range(self.words.shape[1])
        # Row by row, as all that this is added to.
        both = (
            np.bitwise_count(np.bitwise_and(one[..., at], two[..., at], order="C"))
            for at in words
        )
        first: Numbers = next(both).astype(np.int32)
        return sum(both, first)


def tags_of(*sides: tuple[People, str]) -> tuple[Tags, ...]:
    """Return who names what of each side, by the same bits."""
    rows = [
        [
            [plain(tag) for tag in items(value_of(one, column))] if one else []
            for one in people
        ]
        for people, column in sides
    ]
    tags = {tag: None for side in rows for row in side for tag in row}
    bits = {tag: bit for bit, tag in enumerate(tags)}
    return tuple(Tags(_words(side, bits)) for side in rows)


def places_of(
    people: People, key: Callable[[Participant], str]
) -> Mapping[str, list[int]]:
    """Return where people stand, by what a key says of them."""
    found: dict[str, list[int]] = {}
    for place, one in enumerate(people):
        if one is not None:
            found.setdefault(key(one), []).append(place)
    return found


def at(axis: int, place: int) -> Any:  # noqa: ANN401  # An index of numpy.
    """Return the index of all along one place of an axis."""
    return (place, slice(None)) if axis == 0 else (slice(None), place)


def _words(
    rows: Sequence[Sequence[str]], bits: Mapping[str, int]
) -> NDArray[np.unsignedinteger[Any]]:
    """Return the bits of each row, in the shortest words that are enough."""
    size = next((one for one in _SIZES if len(bits) <= one), _SIZES[-1])
    words = 1 + len(bits) // size
    found = np.zeros((len(rows), words), dtype=f"uint{size}")
    masks = {tag: (bit // size, 1 << bit % size) for tag, bit in bits.items()}
    for row, those in enumerate(rows):
        for tag in those:
            word, mask = masks[tag]
            found[row, word] |= mask
    return found


def cells(truths: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield where it is true, row by row."""
    yield from zip(*(index.tolist() for index in np.nonzero(truths)), strict=True)
