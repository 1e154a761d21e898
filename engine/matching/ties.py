"""What decides between answers of equal worth: a number for each two people.

It derives from the seed and the two ids in the people file, so that it changes neither
with the order of rows nor with how people's surrogates were minted. Whose numbers add
up to most is chosen.
"""

from functools import lru_cache

from engine.derive import derive

TIE_BITS = 32

MIX = 0x9E3779B97F4A7C15
SHIFT = 29
WORD = 64
_ALL = (1 << WORD) - 1


def tie_of(seed: bytes, one: str, other: str) -> int:
    """Return a number of `TIE_BITS` for two ids, in either order."""
    mixed = (mark(seed, one) ^ mark(seed, other)) * MIX & _ALL
    return ((mixed ^ (mixed >> SHIFT)) * MIX & _ALL) >> (WORD - TIE_BITS)


@lru_cache(maxsize=4096)
def mark(seed: bytes, id_: str) -> int:
    """Return 64 bits of somebody, of which their numbers are made."""
    return int(derive(seed, "mark", id_)[: WORD // 4], 16)
