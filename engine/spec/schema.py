"""The JSON Schemas of the spec files, by which an editor completes and underlines.

They say less than `stafet check`, and never refuse what it takes.
"""

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from pydantic import BaseModel

from engine.spec.cohort import Cohort
from engine.spec.members import AFTER, KEYWORDS
from engine.spec.merging import EXTENDS, OWN
from engine.spec.omissions import LEAVE_OUT
from engine.spec.phrasebook import pattern_of, takes_numbers
from engine.spec.programme import Programme
from engine.spec.spans import PHRASE

Schema: TypeAlias = dict[str, Any]

_INTEGER = r"^\s*[-+]?\d+(?:\.0+)?\s*$"
_NUMBER = r"^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$"
_AFTER = "What it comes after: the name of another one. Without it, at the end."
_OF_VARIANTS = "Variant"


def schema_of(model: type[BaseModel]) -> Schema:
    """Return the schema of a file that a model reads."""
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    for part in _parts(schema):
        for inner in part.get("properties", {}).values():
            # What a key means is left out where its mapping says the same.
            told = definitions.get(inner.get("$ref", "").rpartition("/")[2], {})
            inner.setdefault("description", told.get("description", ""))
        for step in (_without_noise, _as_phrase, _as_number, _as_list):
            step(part)
    return schema


def programme_schema() -> Schema:
    """Return the schema of a programme, which asks less of one that extends another."""
    whole = schema_of(Programme)
    definitions: dict[str, Schema] = whole.pop("$defs")
    definitions["Programme"] = whole
    variants = {_OF_VARIANTS + name: _relaxed(one) for name, one in definitions.items()}
    variant = variants[f"{_OF_VARIANTS}Programme"]
    variant["required"] = [*sorted(OWN, reverse=True), EXTENDS]
    whole["properties"].pop(LEAVE_OUT)
    return {
        "description": "A programme of Stafet.",
        "type": "object",
        "if": {"required": [EXTENDS]},
        "then": {"$ref": f"#/$defs/{_OF_VARIANTS}Programme"},
        "else": {"$ref": "#/$defs/Programme"},
        "$defs": definitions | variants,
    }


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "programme.schema.json": programme_schema,
    "cohort.schema.json": lambda: schema_of(Cohort),
}
"""By the name of the file that editors are told of."""


def schema_text(name: str) -> str:
    """Return one of the `SCHEMAS` as it stands in its file."""
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=1) + "\n"


def _relaxed(schema: Schema) -> Schema:
    """Return what a variant may say of a part: it need not say anything anew."""
    relaxed = copy.deepcopy(schema)
    named = {"phase", *KEYWORDS}
    for part in _parts(relaxed):
        if "$ref" in part:
            part["$ref"] = part["$ref"].replace("#/$defs/", f"#/$defs/{_OF_VARIANTS}")
        if "required" in part:
            part["required"] = [key for key in part["required"][:1] if key in named]
    properties = relaxed.get("properties", {})
    if relaxed.get("required"):
        properties[AFTER] = {"type": "string", "description": _AFTER}
    return relaxed


def _parts(schema: Schema) -> Iterator[Schema]:
    """Yield every schema in a schema; what follows may change it."""
    yield schema
    for key in ("properties", "$defs"):
        for inner in schema.get(key, {}).values():
            yield from _parts(inner)
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(key), dict):
            yield from _parts(schema[key])
    for key in ("anyOf", "oneOf", "prefixItems"):
        for inner in schema.get(key, ()):
            yield from _parts(inner)


def _without_noise(schema: Schema) -> None:
    """Leave out what says nothing to a coordinator."""
    schema.pop("title", None)
    if not isinstance(schema.get("default"), str | int):
        schema.pop("default", None)
    if "oneOf" in schema:
        # Two members may both fit, which is no fault.
        schema["anyOf"] = schema.pop("oneOf")


def _as_phrase(schema: Schema) -> None:
    kind, about = schema.pop(PHRASE, ("", ""))
    if not kind:
        return
    pattern = pattern_of(kind)
    if pattern is not None:
        schema["pattern"] = pattern
        schema["patternErrorMessage"] = f"Not as Stafet writes it. {about}"
    if pattern is None or takes_numbers(pattern):
        schema["type"] = ["string", "number"]


def _as_number(schema: Schema) -> None:
    """Let a number stand in quotes, as the loader does."""
    patterns = {"integer": _INTEGER, "number": _NUMBER}
    kind = schema.get("type")
    if isinstance(kind, str) and kind in patterns and "const" not in schema:
        schema["type"] = [kind, "string"]
        schema["pattern"] = patterns[kind]


def _as_list(schema: Schema) -> None:
    """Tell of a list of fixed length in words that every editor knows."""
    fixed = schema.pop("prefixItems", None)
    if fixed is not None:
        schema["items"] = fixed[0] if all(one == fixed[0] for one in fixed) else {}
