"""Where people stand and which tags they name, as rows of numbers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.matching.columns import items, plain, value_of
from engine.people import Participant

Numbers = NDArray[np.signedinteger[Any]]
People = Sequence[Participant | None]


def tag_tables(*sides: tuple[People, str]) -> tuple[Numbers, ...]:
    """Return who names what of each side: a row a person, the same columns of tags."""
    rows = [
        [
            [plain(tag) for tag in items(value_of(one, column))] if one else []
            for one in people
        ]
        for people, column in sides
    ]
    tags = {tag: None for side in rows for row in side for tag in row}
    places = {tag: place for place, tag in enumerate(tags)}
    return tuple(_table(side, places) for side in rows)


def shared(one: Numbers, other: Numbers, axes: tuple[int, int]) -> Numbers:
    """Return how many tags both name, of every pair.

    Args:
        one: What those on one axis name.
        other: What those on another name, or who stands beside the first.
        axes: Along which axis each of them lies.
    """
    if axes[0] == axes[1]:
        beside: Numbers = (one * other).sum(axis=1)
        return beside[:, None] if axes[0] == 0 else beside[None, :]
    # Exact: counts of tags are far below what such a float holds.
    product = one.astype(np.float32) @ other.T.astype(np.float32)
    found: Numbers = product.astype(np.int32)
    return found if axes[0] == 0 else found.T


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


def _table(rows: Sequence[Sequence[str]], places: dict[str, int]) -> Numbers:
    found = np.zeros((len(rows), len(places)), dtype=np.int32)
    for row, those in enumerate(rows):
        for tag in those:
            found[row, places[tag]] = 1
    return found


def cells(truths: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield where it is true, row by row."""
    yield from zip(*(index.tolist() for index in np.nonzero(truths)), strict=True)
