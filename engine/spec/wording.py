"""How the reader names what a coordinator wrote, and what might have been meant."""

import difflib
import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from engine.spec.scalars import scalar

LONGEST_QUOTE = 40
"""More of a text than this is not needed to recognise it."""

LONGEST_LIST = 12
"""More names than this are not read."""

CLOSE = 0.7
"""Less alike than this, a suggestion is more often wrong than right."""

LIKELY = 0.5
"""As much alike as this, a name is meant that is known to be missing."""

_NOT_PLAIN = re.compile(r"^[\s\-?:&*!|>'\"%@`]|[,\[\]{}#]|:\s|:$|\s$|^$|[\n\r]")
_UNSPACED = re.compile(r"([^\W\d][\w -]*):([^\s:/].*)")


def visible(text: str) -> str:
    """Return the text with all that a terminal would act on replaced."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text
    )


def shortened(text: str, limit: int = LONGEST_QUOTE) -> str:
    """Return the text on one line, its end left out if it is long."""
    if len(text) > 4 * limit:
        text = text[: 4 * limit]
    line = visible(" ".join(text.split()))
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def quoted(text: str) -> str:
    """Return the text in quotes, as it is named in a sentence."""
    return f"'{shortened(text)}'"


def listed(words: Sequence[str], *, last: str = "or") -> str:
    """Return `a, b or c`, and of a long list its beginning."""
    if len(words) > LONGEST_LIST:
        return ", ".join(words[:LONGEST_LIST]) + ", …"
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def described(value: object) -> str:
    """Return what kind of value was found, and the value if it is short."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return written(value)
    if isinstance(value, int | float):
        return f"the number {shortened(str(value))}"
    if isinstance(value, str):
        return f"text {quoted(value)}"
    return "a mapping" if isinstance(value, Mapping) else "a list"


def written(value: object) -> str:
    """Return a value as a coordinator would write it on one line of the file."""
    match value:
        case str():
            plain = not _NOT_PLAIN.search(value) and isinstance(scalar(value), str)
            return value if plain else in_quotes(value)
        case Mapping():
            pairs = (f"{written(str(key))}: {written(of)}" for key, of in value.items())
            return f"{{{', '.join(pairs)}}}"
        case list() | tuple():
            return f"[{', '.join(map(written, value))}]"
        case None | bool():
            return "null" if value is None else str(value).lower()
        case _:
            return str(value)


def in_quotes(text: str) -> str:
    """Return the text as a quoted value of the file."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def article(noun: str) -> str:
    """Return the noun with `a` or `an` before it."""
    return f"{'an' if noun[:1] in 'aeio' else 'a'} {noun}"


def spaced(text: str) -> str | None:
    """Return `key: value` for a text such as `key:value`, which may have been meant."""
    found = _UNSPACED.fullmatch(text)
    return f"{found[1]}: {found[2]}" if found else None


def nearest(word: str, known: Iterable[str], *, close: float = CLOSE) -> str | None:
    """Return the known name that was most likely meant by `word`, if any is like it."""
    return _nearest(word[:LONGEST_QUOTE], tuple(known), close)


@functools.lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...], cutoff: float) -> str | None:
    folded = {_folded(name): name for name in reversed(known)}
    close = difflib.get_close_matches(_folded(word), folded, n=1, cutoff=cutoff)
    return folded[close[0]] if close else None


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())
