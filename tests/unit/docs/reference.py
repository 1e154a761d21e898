"""The tables of `docs/spec.md`, as today's models have them.

To write them anew, from the top folder: python -m tests.unit.docs.reference
"""

import collections.abc
import re
import types
from collections.abc import Iterator, Mapping
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from engine.spec.activities import ACTIVITIES, ActivityPart
from engine.spec.cohort import Cohort
from engine.spec.keywords import keyword_of
from engine.spec.model import Audience, Language, SpecPart
from engine.spec.programme import Programme
from engine.spec.spans import Written
from engine.spec.wording import written
from tests.unit.docs.pages import ROOT, headings, page

SPEC = "docs/spec.md"
_HEADER = "| Key | Holds | Default | Meaning |\n|---|---|---|---|\n"
_PLAIN = {str: "text", int: "whole number", bool: "`true` or `false`"}


def parts() -> tuple[type[SpecPart], ...]:
    """Return every mapping of the two files, each once, in the order of reading."""
    found: dict[type[SpecPart], None] = {}
    for top in (Programme, Cohort):
        _collect(top, found)
    return tuple(found)


def phrases() -> tuple[type[Written], ...]:
    """Return every kind of phrase that the files know."""
    # A dataclass with slots is made twice, and the first one may linger.
    named = {title_of(kind): kind for kind in Written.__subclasses__()}
    return tuple(named[title] for title in sorted(named))


def title_of(kind: type) -> str:
    """Return the heading of a part or phrase: `gathering`, `Calendar`, `Span range`."""
    if issubclass(kind, ActivityPart):
        name = next(name for name, part in ACTIVITIES.items() if part is kind)
        return kind.KEYWORD + (", planned" if keyword_of(name) != name else "")
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__.removesuffix("Part"))
    return words.capitalize()


def table(part: type[SpecPart]) -> str:
    """Return what may be written in a part, a row for each key."""
    return _HEADER + "".join(_row(part, field) for field in _fields(part))


def rewritten(text: str) -> str:
    """Return the page with every table as the models have it."""
    for part in parts():
        title = title_of(part)
        if title not in {words for _, words in headings(text)}:
            text += f"\n### {title}\n\n{(part.__doc__ or '').splitlines()[0]}\n\n|\n"
        pattern = rf"(^### {re.escape(title)}\n(?:(?!^#|^\|).*\n)*)(?:^\|.*\n?)+"
        fresh = table(part)
        text = re.sub(
            pattern,
            lambda found, fresh=fresh: found[1] + fresh,  # type: ignore[misc]
            text,
            flags=re.MULTILINE,
        )
    return text


def _collect(part: type[SpecPart], found: dict[type[SpecPart], None]) -> None:
    if part in found:
        return
    found[part] = None
    for field in part.model_fields.values():
        for inner in _models(field.annotation):
            _collect(inner, found)


def _models(
    annotation: Any,  # noqa: ANN401  # What a field may hold.
) -> Iterator[type[SpecPart]]:
    if isinstance(annotation, type) and issubclass(annotation, SpecPart):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _fields(part: type[SpecPart]) -> list[tuple[str, FieldInfo]]:
    activity = issubclass(part, ActivityPart)
    return [
        (name, field)
        for name, field in part.model_fields.items()
        if not (activity and name == "kind")
    ]


def _row(part: type[SpecPart], named: tuple[str, FieldInfo]) -> str:
    name, field = named
    key = field.alias or name
    if issubclass(part, ActivityPart) and name == "name":
        key = part.KEYWORD
    cells = (
        f"`{key}`",
        _type(field.annotation),
        _default(field),
        field.description or "",
    )
    shown = " | ".join(cell.replace("|", "\\|") for cell in cells)
    return f"| {shown} |\n"


def _type(annotation: Any) -> str:  # noqa: ANN401  # What a field may hold.
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, type) and issubclass(annotation, SpecPart | Written):
        return _linked(annotation)
    return _composed(annotation)


def _composed(annotation: Any) -> str:  # noqa: ANN401  # What a field may hold.
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{choice}`" for choice in inner)
    if origin in (Union, types.UnionType):
        return _union(inner)
    if origin is tuple:
        return _list(inner)
    if origin is collections.abc.Mapping:
        by_language = inner[0] == Language
        named = f"names, each with {_type(inner[1])}"
        return "[text by language](#text-by-language)" if by_language else named
    # What is left is an Annotated: its type, and validators that do not show.
    return _type(inner[0])


def _union(inner: tuple[Any, ...]) -> str:
    known = [one for one in inner if one is not type(None)]
    if known == list(get_args(Audience)):
        return "an [audience](#audience)"
    if all(isinstance(one, type) and issubclass(one, ActivityPart) for one in known):
        return "[activities](#activities)"
    return " or ".join(map(_type, known))


def _list(inner: tuple[Any, ...]) -> str:
    if inner[-1] is not Ellipsis:
        return f"{len(inner)} in a list: {_type(inner[0])}"
    return f"list of {_type(inner[0])}"


def _linked(kind: type) -> str:
    title = title_of(kind)
    return f"[{title[:1].lower() + title[1:]}](#{title.lower().replace(' ', '-')})"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if value in (None, "", ()) or isinstance(value, Mapping):
        return "none"
    if isinstance(value, BaseModel):
        return "its own defaults"
    if isinstance(value, tuple):
        return f"`{written([str(one) for one in value])}`"
    return f"`{written(str(value))}`"


if __name__ == "__main__":
    (ROOT / SPEC).write_text(rewritten(page(SPEC)), encoding="utf-8")
