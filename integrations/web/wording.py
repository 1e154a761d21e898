"""The words of the pages, in each language, beside those of the mails."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from engine.ids import PersonId
from engine.letters.texts import Words, flatten
from engine.record import Record

_FOLDER = Path(__file__).parent / "words"


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return the pages' own words by language and name, languages in order."""
    return {
        file.stem: dict(flatten(yaml.safe_load(file.read_text(encoding="utf-8"))))
        for file in sorted(_FOLDER.glob("*.yaml"))
    }


def words_of(record: Record, person: PersonId) -> Words:
    """Return the words of the mails and the pages in a person's language.

    Those of the mails are the cohort's, frozen; a page has today's.
    """
    language = record.language(person)
    texts = {**record.frozen.texts[language], **catalogue()[language]}
    return Words(language=language, texts=texts)


def every_language() -> tuple[Words, ...]:
    """Return the pages' own words, for a reader of whom nothing is known."""
    return tuple(
        Words(language=language, texts=texts) for language, texts in catalogue().items()
    )
