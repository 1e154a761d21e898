"""What decides between answers of equal worth: a number for each two people.

It derives from the seed and the two ids in the people file, so that it changes neither
with the order of rows nor with how people's surrogates were minted. Whose numbers add
up to most is chosen.
"""

from functools import lru_cache
from typing import Any

from engine.derive import derive

TIE_BITS = 32

WORD = 64
"""Bits of what numbers are made of."""

_MIX = 0x9E3779B97F4A7C15
_SHIFT = 29
_ALL = (1 << WORD) - 1


def tie_of(seed: bytes, one: str, other: str) -> int:
    """Return a number of `TIE_BITS` for two ids, in either order."""
    mixed = (mark(seed, one) ^ mark(seed, other)) * _MIX & _ALL
    return ((mixed ^ (mixed >> _SHIFT)) * _MIX & _ALL) >> (WORD - TIE_BITS)


def ties_of(ones: Any, others: Any) -> Any:  # noqa: ANN401  # Arrays of numpy.
    """Return the same for arrays of marks, in all bits: the first of them count."""
    # imported here: numpy takes longer than a small programme
    import numpy as np

    mix, shift = np.uint64(_MIX), np.uint64(_SHIFT)
    mixed = (ones ^ others) * mix
    return (mixed ^ (mixed >> shift)) * mix


@lru_cache(maxsize=1 << 16)
def mark(seed: bytes, id_: str) -> int:
    """Return 64 bits of somebody, of which their numbers are made."""
    return int(derive(seed, "mark", id_)[: WORD // 4], 16)
