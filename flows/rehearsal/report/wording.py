"""The words of the report, and dates, times and counts as its readers write them."""

import datetime as dt
from functools import cache
from pathlib import Path

import yaml

from engine.letters.texts import Words, flatten

OTHERWISE = "en"

_FOLDER = Path(__file__).parent / "words"


@cache
def words_in(languages: tuple[str, ...]) -> Words:
    """Return the words of the first of these languages that the report is told in."""
    known = {file.stem: file for file in sorted(_FOLDER.glob("*.yaml"))}
    language = next((one for one in languages if one in known), OTHERWISE)
    texts = yaml.safe_load(known[language].read_text(encoding="utf-8"))
    return Words(language=language, texts=dict(flatten(texts)))


def shown(words: Words, date: dt.date, form: str) -> str:
    """Return a date or a local time in one of the forms of the language: `weekday`."""
    wall = dt.datetime.combine(date, dt.time())
    if isinstance(date, dt.datetime):
        # Without its zone: equal instants of two zones read differently.
        wall = date.replace(tzinfo=None)
    return _formatted(wall, words.texts[f"format.{form}"], words.language)


@cache
def _formatted(wall: dt.datetime, pattern: str, language: str) -> str:
    # imported here: only the report and letters need it
    from babel.dates import format_datetime

    return format_datetime(wall, pattern, locale=language)


def when(words: Words, starts: dt.datetime, ends: dt.datetime) -> str:
    """Return from when to when: times within a day, dates over several."""
    date = shown(words, starts, "weekday")
    if starts == ends:
        return words.get("format.at", date=date, time=shown(words, starts, "time"))
    if starts.date() != ends.date():
        last = shown(words, ends, "weekday")
        return words.get("format.span", first=date, last=last)
    times = {"from": shown(words, starts, "time"), "to": shown(words, ends, "time")}
    return words.get("format.from-to", date=date, **times)


def counted(words: Words, name: str, number: int, **values: str) -> str:
    """Return a number with its noun, in the singular or the plural."""
    form = "one" if number == 1 else "many"
    return words.get(f"{name}.{form}", n=str(number), **values)


def decimal(words: Words, value: float) -> str:
    """Return a number with one decimal."""
    return f"{value:.1f}".replace(".", words.texts["format.decimal"])


def share(words: Words, name: str, count: int, asked: int) -> str:
    """Return how many of how many, such as `28 of 30 came`."""
    return words.get(name, count=str(count), asked=str(asked))
