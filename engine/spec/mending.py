"""What a faulty file would say without its faults, so that the rest can be checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from engine.spec.drafts import Change, Draft, Drop, Fill, Put, Rename
from engine.spec.explanation import Explanation
from engine.spec.faults import Fault, Path
from engine.spec.mismatches import Mismatch, mismatch, settled
from engine.spec.positions import Document, Plain
from engine.spec.shapes import example_of, field_at
from engine.spec.wording import nearest

M_co = TypeVar("M_co", bound=BaseModel, covariant=True)
M = TypeVar("M", bound=BaseModel)

MOST = 200
"""Faults of form that are told at once: more are not read, and take time to word."""

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
    """Return a document as it can be read, and the faults of what cannot.

    Faults that only come to light behind others, such as those of the value of a
    misspelt key, are among them.
    """
    value, mismatches = _validated(model, document.plain)
    if value is not None and not (document.refused or document.lost):
        return Mended(value, document), []
    mending = _Mending(model, document)
    rounds = 0
    while value is None and rounds < ROUNDS and len(mending.faults) < MOST:
        rounds += 1
        if not mending.step(mismatches):
            break
        value, mismatches = _validated(model, mending.draft.document.plain)
    draft = mending.draft
    mended = Mended(value, draft.document, draft.invented(), draft.lost())
    return mended, mending.faults


def _validated(
    model: type[M], plain: dict[str, Plain]
) -> tuple[M | None, list[Mismatch]]:
    try:
        return model.model_validate(plain), []
    except ValidationError as error:
        errors = error.errors(include_url=False)[:MOST]
        return None, settled(mismatch(one, plain) for one in errors)


class _Mending:
    """Tells faults, and puts something in their place, until a model can be read."""

    def __init__(self, model: type[BaseModel], document: Document) -> None:
        self.draft = Draft(document)
        self.faults: list[Fault] = []
        self._model = model
        self._tried: dict[tuple[str, int, int, str], list[Plain]] = {}

    def step(self, mismatches: Sequence[Mismatch]) -> bool:
        """Tell the mismatches of the file itself; return whether any is repaired."""
        explanation = Explanation(self._model, self.draft.document, mismatches)
        self.faults += explanation.faults(filter(self._is_fresh, mismatches))
        each = {(one.path, one.at_key, one.missing): one for one in mismatches}
        changes = [
            change for one in each.values() for change in self._repair(one, explanation)
        ]
        self.draft.change(changes)
        return bool(changes)

    def _is_fresh(self, one: Mismatch) -> bool:
        """Return whether a mismatch is of the file, and not of what was mended."""
        follows = one.problem and self.draft.is_lost(_mapping(one))
        return not follows and not self.draft.is_invented(one.path)

    def _repair(self, one: Mismatch, explanation: Explanation) -> Iterator[Change]:
        key = one.keyword or one.stand_in
        if one.unknown:
            key = explanation.guess(one) or ""
        elif one.at_key and one.choices:
            key = nearest(str(one.found), one.choices) or ""
        if key:
            yield Rename(one.path, key, invented=bool(one.stand_in))
        elif one.needs:
            yield from self._with_needed(one)
        elif one.at_key:
            yield Drop(one.path)
        elif one.path or one.missing:
            yield from self._replace(one)

    def _with_needed(self, one: Mismatch) -> Iterator[Change]:
        """Yield the key that a mapping needs; where it is there, one is too many."""
        path = (*_mapping(one), one.needs)
        if self.draft.node(path) is None:
            yield Fill(path, example_of(self._field(one, one.needs)))
        else:
            yield Put(path, self.draft.document.value(path))
            yield Drop(one.path)

    def _replace(self, one: Mismatch) -> Iterator[Change]:
        """Yield the next value to be tried for a wrong or missing one."""
        path = (*one.path, one.missing) if one.missing else one.path
        node = self.draft.node(path) or self.draft.node(path[:-1])
        start = (node.sheet.source, node.start.index) if node else ("", 0)
        tried = self._tried.setdefault((*start, len(path), one.missing), [])
        field = self._field(one, path[-1])
        meant, stand_ins = self._meant(one), self._stand_ins(one, field)
        left = [value for value in (*meant, *stand_ins) if value not in tried]
        tried += left[:1]
        if not left:
            if field is None or not field.is_required():
                yield Drop(path)
        elif one.missing:
            yield Fill(path, left[0])
        else:
            yield Put(path, left[0], invented=left[0] not in meant)

    def _field(self, one: Mismatch, key: str | int) -> FieldInfo | None:
        """Return what the model says of a key; what a keyword names is `name` there."""
        places = ((one.loc, key), ((*one.loc, key), key), (one.loc, "name"))
        found = (field_at(self._model, *place) for place in places)
        return next((field for field in found if field), None)

    def _meant(self, one: Mismatch) -> Sequence[Plain]:
        """Return what was plainly meant."""
        found = one.found
        choice = nearest(found, one.choices) if isinstance(found, str) else ""
        return [meant for meant in (one.meant, choice) if meant]

    def _stand_ins(self, one: Mismatch, field: FieldInfo | None) -> Sequence[Plain]:
        """Return what else may stand there, what says the least first."""
        example, found = example_of(field), self.draft.document.value(one.path)
        values: list[Plain] = []
        if "text" in one.expected and isinstance(found, int | float):
            values.append(self.draft.document.written(one.path))
        if "a list" in one.expected and found is not None:
            values.append([found])
        if "a list" in one.expected or isinstance(example, list):
            values.append([])
        if "a mapping" in one.expected or isinstance(example, dict):
            values.append({})
        if field is not None and field.annotation is str:
            values.append(SOMETHING)
        if example is not None:
            values.append(example)
        return values


def _mapping(one: Mismatch) -> Path:
    """Return the mapping that a mismatch is about."""
    return one.path[:-1] if one.at_key else one.path
