"""What a faulty file would say without its faults, so that the rest can be checked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from engine.spec.drafts import Change, Draft, Drop, Fill, Put, Rename
from engine.spec.explanation import Explanation
from engine.spec.faults import Fault, Path
from engine.spec.mismatches import Mismatch, mismatches_of
from engine.spec.positions import Document, Plain
from engine.spec.shapes import example_of, field_at
from engine.spec.wording import nearest

M_co = TypeVar("M_co", bound=BaseModel, covariant=True)
M = TypeVar("M", bound=BaseModel)

ROUNDS = 12
"""Most of what can be mended takes two."""

SOMETHING = "…"
"""Stands in for a text: nothing else is called so."""


@dataclass(frozen=True)
class Mended(Generic[M_co]):
    """A file with something in the place of each fault of form.

    What was plainly meant is there as if it had been written.

    Attributes:
        value: What it says then; nothing if it cannot be mended.
        document: Where the values stand; a key that was renamed, where it is written.
        invented: Values that only stand in for others.
        lost: Mappings and lists that something was left out of.
    """

    value: M_co | None
    document: Document
    invented: frozenset[Path] = frozenset()
    lost: frozenset[Path] = frozenset()

    def is_invented(self, path: Path) -> bool:
        """Return whether the value at a path, or one that it is in, was invented."""
        return any(path[:end] in self.invented for end in range(len(path) + 1))

    def is_incomplete(self, path: Path) -> bool:
        """Return whether more may have been in the mapping or list at a path."""
        return path in self.lost or self.is_invented(path)

    def is_doubtful(self, path: Path) -> bool:
        """Return whether the value at a path may differ in any part of it."""
        inside = (one[: len(path)] == path for one in (*self.invented, *self.lost))
        return self.is_invented(path) or any(inside)


def mend(model: type[M], document: Document) -> tuple[Mended[M], list[Fault]]:
    """Return a document as it can be read, and the faults of all that cannot.

    Faults behind others, such as in the value of a misspelt key, are among them.
    """
    draft = Draft(document)
    faults: list[Fault] = []
    tries: Counter[Path] = Counter()
    for _ in range(ROUNDS):
        value, mismatches = mismatches_of(model, draft.document.plain)
        if value is not None:
            break
        explanation = Explanation(model, draft.document, mismatches)
        faults += explanation.faults(...)
