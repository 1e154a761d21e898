"""What a spec file says, or everything that is wrong with it at once."""

import copy
import functools
import operator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from engine.spec.composing import compose
from engine.spec.explanation import Explanation
from engine.spec.faults import Fault, SpecError, in_order
from engine.spec.keywords import KeywordUnion, keyword_union
from engine.spec.mismatches import Mismatch, mismatch, settled
from engine.spec.positions import Document, Mark, Plain

__all__ = [
    "Document",
    "KeywordUnion",
    "Mark",
    "Reading",
    "keyword_union",
    "read",
]

M = TypeVar("M", bound=BaseModel)

MOST = 200
"""Faults of meaning that are told at once: more are not read, and take time to word."""


@dataclass(frozen=True)
class Reading(Generic[M]):
    """What came of reading a file.

    Attributes:
        value: What the file says; nothing if it has a fault.
        faults: All that is wrong, in the order of the file.
        document: Where each value stands, for what is checked later.
    """

    value: M | None
    faults: tuple[Fault, ...]
    document: Document

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
    document = compose(text, source=source)
    if document.root is None:
        return Reading(value=None, faults=document.faults, document=document)
    value, mismatches = _validated(model, document.plain)
    if not mismatches and not document.faults:
        return Reading(value=value, faults=(), document=document)
    explanation = Explanation(model, document)
    faults = explanation.faults(_all_mismatches(model, document.plain, mismatches))
    return Reading(
        value=None, faults=in_order([*document.faults, *faults]), document=document
    )


def _validated(
    model: type[M], plain: dict[str, Plain]
) -> tuple[M | None, list[Mismatch]]:
    try:
        return model.model_validate(plain), []
    except ValidationError as error:
        errors = error.errors(include_url=False)[:MOST]
        return None, settled(mismatch(one, plain) for one in errors)


def _all_mismatches(
    model: type[BaseModel], plain: dict[str, Plain], mismatches: list[Mismatch]
) -> list[Mismatch]:
    """Return the mismatches, and those behind keywords that are only misspelt."""
    misspelt = [one for one in mismatches if one.keyword]
    if not misspelt:
        return mismatches
    corrected: Any = copy.deepcopy(plain)
    for one in misspelt:
        *above, misread = one.path
        mapping = functools.reduce(operator.getitem, above, corrected)
        mapping[one.keyword] = mapping.pop(misread)
    _, behind = _validated(model, corrected)
    written = {(*one.path[:-1], one.keyword): one.path for one in misspelt}
    return [
        *misspelt,
        *(replace(one, path=written.get(one.path, one.path)) for one in behind),
    ]
