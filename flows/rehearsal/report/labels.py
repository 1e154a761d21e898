"""How wide words are at the least fortunate font, how they wrap, and where they fit."""

import unicodedata
from collections.abc import Iterator, Sequence

BOLD = 1.13
"""How much wider bold letters are."""

# In parts of the font size: DejaVu Sans, the widest that a browser may fall back to.
_NARROW = dict.fromkeys("ijlI.,:;'|!", 0.34) | dict.fromkeys("frt()[]/- ", 0.42)
_WIDE = dict.fromkeys("mMwW%@—…", 1.0) | dict.fromkeys("OQGDHNUÆŒ", 0.8)
_WIDTHS = _NARROW | _WIDE | {"æ": 0.99, "œ": 1.03, "–": 0.5, "×": 0.84}
_UPPER, _LOWER = 0.71, 0.64
_FULL = 1.1
_MORE = "…"


def width(text: str, size: float) -> float:
    """Return how wide a text is at the most, at a font size."""
    return size * sum(_advance(sign) for sign in text)


def _advance(sign: str) -> float:
    if sign in _WIDTHS:
        return _WIDTHS[sign]
    if unicodedata.combining(sign):
        return 0.0
    if sign.isalnum() and unicodedata.east_asian_width(sign) in {"Na", "N", "A"}:
        return _UPPER if sign.isupper() else _LOWER
    return _FULL


def wrap(text: str, *, room: float, size: float, lines: int) -> tuple[str, ...]:
    """Return the text in at most so many lines that fit, cut with … where it does not.

    A word that is wider than the room is broken.
    """
    found: list[str] = []
    for word in _pieces(text, room, size):
        longer = f"{found[-1]} {word}" if found else word
        if found and width(longer, size) <= room:
            found[-1] = longer
        else:
            found.append(word)
    if len(found) <= lines:
        return tuple(found)
    return (*found[: lines - 1], _cut(" ".join(found[lines - 1 :]), room, size))


def _pieces(text: str, room: float, size: float) -> Iterator[str]:
    for word in text.split():
        piece = ""
        for sign in word:
            if piece and width(piece + sign, size) > room:
                yield piece
                piece = ""
            piece += sign
        yield piece


def _cut(text: str, room: float, size: float) -> str:
    while text and width(text + _MORE, size) > room:
        text = text[:-1].rstrip(" ,.:;–")
    return text + _MORE


def spread(
    wanted: Sequence[float], heights: Sequence[float], *, top: float, bottom: float
) -> tuple[float, ...]:
    """Return where boxes in a column begin: in order, apart, and near where wanted.

    Together they move the least that the rest allows (isotonic regression); they must
    fit between top and bottom.

    Args:
        wanted: Where the middle of each box would best be, ascending.
        heights: Of the boxes.
        top: Above which nothing stands.
        bottom: Below which nothing stands.
    """
    before = [sum(heights[:place]) for place in range(len(heights))]
    free = [
        middle - height / 2 - above
        for middle, height, above in zip(wanted, heights, before, strict=True)
    ]
    last = bottom - sum(heights)
    return tuple(
        min(max(start, top), last) + above
        for start, above in zip(_ascending(free), before, strict=True)
    )


def _ascending(values: Sequence[float]) -> Iterator[float]:
    """Yield the nearest values that never fall, by pooling neighbours that do."""
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, size = value, 1
        while pools and pools[-1][0] > mean:
            earlier, count = pools.pop()
            mean = (mean * size + earlier * count) / (size + count)
            size += count
        pools.append((mean, size))
    for mean, size in pools:
        yield from (mean for _ in range(size))
