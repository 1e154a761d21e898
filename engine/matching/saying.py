"""Words, numbers and lists as they are said, language by language."""

from collections.abc import Mapping, Sequence

from engine.matching.texts import TEXTS
from engine.matching.titles import PLURALS, TITLES
from engine.people import Value


def say(language: str, key: str, **parts: object) -> str:
    """Return a text in a language, English where that has none, with its parts."""
    return TEXTS.get(language, TEXTS["en"])[key].format(**parts)


def title_of(column: str, language: str, titles: Mapping[str, str]) -> str:
    """Return what a column is called."""
    return titles.get(column) or TITLES.get(language, {}).get(column, column)


def plural_of(word: str, language: str) -> str:
    """Return the plural of a role or column; empty where it is not known."""
    return PLURALS.get(language, PLURALS["en"]).get(word, "")


def counted(key: str, count: int, role: str, language: str) -> str:
    """Return so many people of a role: `14 mentees`."""
    named = role if count == 1 else plural_of(role, language) or role
    return say(language, key, count=count, role=named)


def points_of(count: int, language: str) -> str:
    """Return so many points."""
    return say(language, "point" if count == 1 else "points", count=count)


def word_value(value: Value, language: str) -> str:
    """Return a value as it is read."""
    if isinstance(value, bool):
        return say(language, "yes" if value else "no")
    if isinstance(value, tuple):
        return " + ".join(value)
    return str(value)


def joined(words: Sequence[str], language: str, *, last: str = "and") -> str:
    """Return words one after the other, with `and` before the last."""
    *before, end = words
    if not before:
        return end
    return f"{', '.join(before)} {say(language, last)} {end}"


def both(one: str, other: str, language: str) -> str:
    """Return two with `and` between them, or a stroke where that is in one of them."""
    word = say(language, "and")
    between = "/" if any(f" {word} " in value for value in (one, other)) else word
    return f"{one} {between} {other}"
