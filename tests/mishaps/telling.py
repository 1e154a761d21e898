"""Who is told what: the words in which a script says it."""

from collections.abc import Iterable, Mapping, Sequence

from engine.letters.texts import Wording
from tests.mishaps.before import Before

Told = Mapping[str, Sequence[str]]
"""What each is told, by id in the people file: `update kick-off-1`, `letter …`."""

WORDS = {
    language: Wording(subject="Book", text="Book, {name}.")
    for language in ("da", "nb", "en")
}
"""What a coordinator writes outside the plan."""


def each(ids: Iterable[str], *whats: str) -> Told:
    """Return that each of these is told this."""
    return dict.fromkeys(ids, whats)


def merged(*all_: Told) -> Told:
    """Return all of this, in the order in which a year lists it."""
    found: dict[str, list[str]] = {}
    for told in all_:
        for id_, whats in told.items():
            found.setdefault(id_, []).extend(whats)
    return {id_: sorted(whats) for id_, whats in sorted(found.items()) if whats}


def about(kind: str, occurrences: Iterable[str]) -> tuple[str, ...]:
    """Return a calendar mail about each of these."""
    return tuple(f"{kind} {one}" for one in occurrences)


def nobody(_before: Before) -> Told:
    """Return that nobody is told anything."""
    return {}
