"""Who else a cohort needs, so that everybody who is there has a match."""

from contextlib import suppress

from engine.matching import PLACES, InsistingError, appeals, word_appeal
from engine.matching.highs import OutOfWorkError
from engine.problems import problem
from engine.record import Record
from engine.spec.model import text_in


def needed(record: Record, kind: str, *, language: str) -> tuple[str, ...] | None:
    """Return what one more would bring, what two would, and so on, in words.

    Nothing where everybody has a match, or where nobody else would help; None where
    that is too much work to prove.
    """
    asked = problem(record, kind)
    place = PLACES[asked.shape]
    titles = {
        name: text_in(part.title, language)
        for name, part in record.frozen.programme.columns.items()
        if part.title is not None
    }
    with suppress(InsistingError, OutOfWorkError):
        found = appeals(asked, place=place)
        return tuple(word_appeal(one, language, titles=titles) for one in found)
    return None
