"""Which keys the models know at a place of the file, and what is said about them."""

import functools
import types
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo

from engine.spec.keywords import (
    RESERVED,
    TAG,
    TOLD_BY,
    KeywordUnion,
    fields_by_key,
    keyword_of,
)
from engine.spec.wording import article

Annotation: TypeAlias = object


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to read a mapping: by a model, known by its keyword if it has one."""

    model: type[BaseModel]
    name: str = ""

    @property
    def keyword(self) -> str:
        """The keyword that the mapping is known by."""
        return keyword_of(self.name)

    def known(self) -> tuple[str, ...]:
        """Return the keys that a coordinator may write, in the order of the model."""
        keys = tuple(fields_by_key(self.model))
        if not self.keyword:
            return keys
        return (self.keyword, *(key for key in keys if key not in RESERVED))

    def told_by(self) -> tuple[str, ...]:
        """Return the keys by which it is known among those of its keyword."""
        told_by: Collection[str] = getattr(self.model, TOLD_BY, ())
        return tuple(key for key in self.known() if key in told_by)

    def field(self, key: str) -> FieldInfo | None:
        """Return what the model says of a key."""
        name = fields_by_key(self.model).get(key)
        return self.model.model_fields[name] if name else None


def shapes_at(model: type[BaseModel], loc: Iterable[str | int]) -> tuple[Shape, ...]:
    """Return the shapes of the mapping at a place, as pydantic tells of places.

    What pydantic adds to the keys of the file, such as the member of a union that was
    tried, is passed over.
    """
    found: list[Annotation] = list(_alternatives(model))
    for step in loc:
        inner = [one for annotation in found for one in _within(annotation, step)]
        found = inner or found
    return tuple(one for one in found if isinstance(one, Shape))


def field_at(
    model: type[BaseModel], loc: Sequence[str | int], key: str | int
) -> FieldInfo | None:
    """Return what the model says of a key, the last of that name in a place.

    It says nothing of what a coordinator named: list items, entries of a mapping.
    """
    for end in range(len(loc) - 1, -1, -1):
        if loc[end] == key:
            found = (shape.field(str(key)) for shape in shapes_at(model, loc[:end]))
            return next((field for field in found if field), None)
    return None


def example_of(field: FieldInfo | None) -> Any:  # noqa: ANN401 - as YAML has it.
    """Return the first example that a model gives of a value; nothing without one."""
    if field is None:
        return None
    extra = field.json_schema_extra
    told = extra.get("examples") if isinstance(extra, dict) else None
    examples = field.examples or (told if isinstance(told, list) else None)
    return examples[0] if examples else None


@functools.lru_cache(maxsize=32)
def homes_of_keys(model: type[BaseModel]) -> Mapping[str, tuple[str, ...]]:
    """Return for each key of the language the mappings that it belongs in."""
    homes: dict[str, list[str]] = {}
    waiting = [(one, "the top level of the file") for one in _alternatives(model)]
    seen: set[Shape] = set()
    while waiting:
        annotation, home = waiting.pop(0)
        if not isinstance(annotation, Shape):
            waiting += [(one, home) for one in _inside(annotation)]
            continue
        if annotation in seen:
            continue
        seen.add(annotation)
        home = article(annotation.keyword) if annotation.keyword else home
        for key in annotation.known():
            homes.setdefault(key, []).append(home)
            waiting += [(one, f"`{key}`") for one in _within(annotation, key)]
    return {key: tuple(dict.fromkeys(where)) for key, where in homes.items()}


def _alternatives(annotation: Annotation) -> Iterator[Annotation]:
    """Yield what a value may be: shapes, and types that hold others."""
    origin = get_origin(annotation)
    if isinstance(annotation, KeywordUnion):
        for name, model in annotation.models.items():
            yield Shape(model, name)
    elif origin is Annotated:
        inner, *metadata = get_args(annotation)
        yield from _alternatives(_chosen(inner, metadata))
    elif origin is Union or origin is types.UnionType:
        for one in get_args(annotation):
            yield from _alternatives(one)
    elif isinstance(annotation, type) and issubclass(annotation, RootModel):
        yield from _of_field(annotation.model_fields["root"])
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield Shape(annotation)
    else:
        yield annotation


def _chosen(inner: Annotation, metadata: Iterable[object]) -> Annotation:
    return next((one for one in metadata if isinstance(one, KeywordUnion)), inner)


def _of_field(field: FieldInfo) -> Iterator[Annotation]:
    yield from _alternatives(_chosen(field.annotation, field.metadata))


def _within(annotation: Annotation, step: str | int) -> Iterator[Annotation]:
    """Yield what may stand at a key or position of a value."""
    if isinstance(annotation, Shape):
        if isinstance(step, str) and step.startswith(TAG):
            if annotation.name == step.removeprefix(TAG):
                yield annotation
        elif field := annotation.field(str(step)):
            yield from _of_field(field)
    elif _holds(annotation, Mapping) == isinstance(step, str):
        inside = get_args(annotation)
        fixed = _holds(annotation, tuple) and ... not in inside
        if fixed and isinstance(step, int) and step < len(inside):
            yield from _alternatives(inside[step])
        else:
            yield from _inside(annotation)


def _inside(annotation: Annotation) -> Iterator[Annotation]:
    """Yield what a type of lists or mappings holds."""
    arguments = [one for one in get_args(annotation) if one is not ...]
    if _holds(annotation, Mapping):
        yield from _alternatives(arguments[-1])
    elif _holds(annotation, Sequence) or _holds(annotation, AbstractSet):
        for one in arguments:
            yield from _alternatives(one)


def _holds(annotation: Annotation, kind: type) -> bool:
    origin = get_origin(annotation)
    return isinstance(origin, type) and issubclass(origin, kind)
