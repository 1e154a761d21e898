"""Texts with placeholders, and dates as people of a language write them."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")

OWN_PLACEHOLDERS = frozenset(("name", "programme", "activity", "coordinator", "email"))
"""Every word that a coordinator's own texts may have filled in."""


def placeholders(text: str) -> tuple[str, ...]:
    """Return the placeholders of a text, in order."""
    return tuple(_PLACEHOLDER.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its placeholders filled; an unknown one is our own fault.

    What is filled in is never looked at again, so that a name with braces stays a name.
    """
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def inline(title: str) -> str:
    """Return a title as it stands within a sentence; initials keep their capitals."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def flatten(nested: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of a catalogue file by dotted name: `hold.title`."""
    for name, value in nested.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value).strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """What somebody wrote in one language, to be sent."""

    subject: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The texts of one language."""

    language: str
    texts: Mapping[str, str]

    def get(self, name: str, /, **values: str) -> str:
        """Return a text, filled."""
        return fill(self.texts[name], values)

    def has(self, name: str) -> bool:
        """Return whether there is such a text."""
        return name in self.texts

    def date(self, local: dt.date) -> str:
        """Return a date with its weekday."""
        return _format(local, self.texts["format.date"], self.language)

    def short(self, local: dt.date) -> str:
        """Return a date without its year."""
        return _format(local, self.texts["format.short"], self.language)

    def time(self, local: dt.datetime) -> str:
        """Return a time of day."""
        return _format(local, self.texts["format.time"], self.language)

    def number(self, value: float) -> str:
        """Return a number with one decimal."""
        # imported here: only letters need it
        from babel.numbers import format_decimal

        return format_decimal(value, "0.0", locale=self.language)

    def times(self, starts: dt.datetime, ends: dt.datetime) -> str:
        """Return from when to when something lasts, local times of one day."""
        return self.get(
            "format.times",
            date=self.date(starts),
            **{"from": self.time(starts), "to": self.time(ends)},
        )


def _format(local: dt.date, pattern: str, language: str) -> str:
    # imported here: only letters need it
    from babel.dates import format_datetime

    moment = (
        local.replace(tzinfo=None)
        if isinstance(local, dt.datetime)
        else dt.datetime.combine(local, dt.time())
    )
    return format_datetime(moment, pattern, locale=language)
