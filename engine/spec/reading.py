"""What a spec file says, or everything that is wrong with it at once."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from engine.spec.composing import compose
from engine.spec.faults import Fault, SpecError, in_order
from engine.spec.keywords import KeywordUnion, keyword_union
from engine.spec.mending import Mended, mend
from engine.spec.positions import Document, Mark
from engine.spec.versions import of_known_version

__all__ = [
    "Document",
    "KeywordUnion",
    "Mark",
    "Mended",
    "Reading",
    "document_of",
    "keyword_union",
    "read",
    "reading_of",
]

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Reading(Generic[M]):
    """What came of reading a file.

    Attributes:
        value: What the file says; nothing if it has a fault.
        faults: All that is wrong, in the order of the file.
        document: Where each value stands, for what is checked later.
        mended: What it says with something in the place of each fault of form.
    """

    value: M | None
    faults: tuple[Fault, ...]
    document: Document
    mended: Mended[M]

    def checked(self) -> M:
        """Return what the file says.

        Raises:
            SpecError: The file has faults.
        """
        if self.value is None:
            raise SpecError(self.faults)
        return self.value


def read(text: str, *, source: str, model: type[M]) -> Reading[M]:
    """Return what a text says as a model has it, or all its faults.

    `source` names the file as the coordinator knows it.
    """
    return reading_of(document_of(text, source=source), model)


def document_of(text: str, *, source: str) -> Document:
    """Return what a text says, whatever it means, if its version is known."""
    return of_known_version(compose(text, source=source))


def reading_of(document: Document, model: type[M]) -> Reading[M]:
    """Return what the values of a document say as a model has it, or all its faults."""
    if document.root is None:
        nothing = Mended[M](None, document)
        return Reading(None, document.faults, document, mended=nothing)
    mended, faults = mend(model, document)
    faults = [*document.faults, *faults]
    value = None if faults else mended.value
    return Reading(value, in_order(faults), document, mended=mended)
