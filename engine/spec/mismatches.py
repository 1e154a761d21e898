"""What an error of pydantic means for the file: where it is and what was expected."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic_core import ErrorDetails

from engine.spec.faults import Path
from engine.spec.keywords import MISTAKEN, TAG, keyword_of
from engine.spec.positions import Plain
from engine.spec.wording import described, nearest

_KINDS = {
    "text": "string_type string_sub_type string_unicode",
    "a whole number": "int_type int_parsing int_from_float int_parsing_size",
    "a number": "float_type float_parsing finite_number decimal_type decimal_parsing",
    "`true` or `false`": "bool_type bool_parsing",
    "a list": "list_type tuple_type set_type frozen_set_type iterable_type",
    "a mapping": "dict_type mapping_type model_type model_attributes_type "
    "dataclass_type",
    "nothing": "none_required",
    "a date such as 2027-11-17": "date_type date_parsing date_from_datetime_parsing "
    "date_from_datetime_inexact",
    "a date and time such as 2027-11-17 13:00": "datetime_type datetime_parsing "
    "datetime_from_date_parsing",
    "a time such as 13:00": "time_type time_parsing",
    "a length of time": "time_delta_type time_delta_parsing",
}
_EXPECTED = {kind: word for word, kinds in _KINDS.items() for kind in kinds.split()}

_LIMITS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "greater_than": lambda limit: f"more than {limit['gt']}",
    "greater_than_equal": lambda limit: f"at least {limit['ge']}",
    "less_than": lambda limit: f"less than {limit['lt']}",
    "less_than_equal": lambda limit: f"at most {limit['le']}",
    "multiple_of": lambda limit: f"a multiple of {limit['multiple_of']}",
    "string_too_short": lambda limit: f"{limit['min_length']} or more characters",
    "string_too_long": lambda limit: f"at most {limit['max_length']} characters",
    "too_short": lambda limit: f"{limit['min_length']} or more values",
    "too_long": lambda limit: f"at most {limit['max_length']} values",
}
_CHOICE = re.compile(r"'((?:[^'\\]|\\.)*)'|\"([^\"]*)\"|\b(?!or\b)([^\s,'\"]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """One way in which the file differs from the models.

    Attributes:
        path: The value; for a missing key, the mapping that lacks it.
        loc: The same in pydantic's words.
        members: Members of unions that were tried, with the places of the unions.
        at_key: Whether the key is meant, not the value.
        problem: What is wrong; empty where it follows from the rest.
        remedy: What to write instead, where a validator has said it.
        missing: The key that is missing.
        unknown: The key that is unknown.
        expected: What would be right: `text`, `a whole number`.
        choices: The words that would be right.
        found: The value that is wrong.
        meant: What was plainly meant instead of it.
        needs: The key without which a mapping makes no sense.
        keyword: The keyword that was meant where none was found.
        stand_in: The keyword to read a mapping by where none was meant.
    """

    path: Path
    loc: tuple[str | int, ...]
    members: tuple[tuple[Path, str], ...] = ()
    at_key: bool = False
    problem: str = ""
    remedy: str = ""
    missing: str = ""
    unknown: str = ""
    expected: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    found: object = None
    meant: str = ""
    needs: str = ""
    keyword: str = ""
    stand_in: str = ""

    @property
    def of_whole(self) -> bool:
        """Whether the whole value is of the wrong kind, so nothing inside is known."""
        return bool(self.expected or self.choices)


def mismatch(error: ErrorDetails, plain: Plain) -> Mismatch:
    """Return what an error means for the file with these values."""
    found = _placed(error, plain)
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        return _lacking(found, error["loc"][-1])
    if kind == "extra_forbidden":
        return replace(found, at_key=True, unknown=str(found.path[-1]))
    if kind in _EXPECTED:
        return replace(found, expected=(_EXPECTED[kind],))
    if kind in {"literal_error", "enum"}:
        return replace(found, choices=_choices(str(context["expected"])))
    if kind in _LIMITS:
        size = error["input"] if kind in {"too_short", "too_long"} else None
        amount = described(found.found) if size is None else str(len(size))
        problem = f"expected {_LIMITS[kind](context)}, found {amount}"
        return replace(found, problem=problem)
    return _told(found, error)


def settled(mismatches: Iterable[Mismatch]) -> list[Mismatch]:
    """Return the mismatches with those of one member for each union."""
    kept = list(mismatches)
    for union in sorted({at for one in kept for at, _ in one.members}, key=len):
        kept = _of_one_member(kept, union)
    return kept


def _placed(error: ErrorDetails, plain: Plain) -> Mismatch:
    loc = error["loc"]
    path: list[str | int] = []
    members: list[tuple[Path, str]] = []
    at_key, keyword = False, ""
    here: Any = plain
    for step in loc[:-1] if error["type"] == "missing" else loc:
        name = keyword if keyword and step == "name" else step
        keyword = ""
        if _leads(here, name):
            path.append(name)
            here = here[name]
        elif str(step).startswith(TAG):
            keyword = keyword_of(str(step).removeprefix(TAG))
        elif step == "[key]":
            at_key, here = True, path[-1]
        else:
            members.append((tuple(path), str(step)))
    return Mismatch(
        path=tuple(path), loc=loc, members=tuple(members), at_key=at_key, found=here
    )


def _lacking(found: Mismatch, step: str | int) -> Mismatch:
    if isinstance(step, int):
        return replace(found, expected=("a longer list",))
    return replace(found, missing=step)


def _leads(value: object, step: str | int) -> bool:
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)


def _choices(expected: str) -> tuple[str, ...]:
    """Return the words of `'da', 'en' or 'nb'`."""
    return tuple(
        next(group for group in found.groups() if group is not None)
        for found in _CHOICE.finditer(expected)
    )


def _told(found: Mismatch, error: ErrorDetails) -> Mismatch:
    """Return what a validator of ours says, or pydantic in a rare case."""
    context = error.get("ctx", {})
    cause = context.get("error")
    problem = str(cause) if isinstance(cause, Exception) else error["msg"]
    found = replace(
        found,
        problem=problem,
        remedy=str(context.get("remedy", "")),
        meant=str(context.get("meant", "")),
        needs=str(context.get("needs", "")),
        stand_in=str(context.get("stand_in", "")),
    )
    if error["type"] == MISTAKEN:
        found = replace(found, keyword=str(context.get("guess", "")))
    for name in ("key", "at"):
        if isinstance(found.found, dict) and context.get(name) in found.found:
            path = (*found.path, context[name])
            return replace(found, path=path, at_key=name == "key")
    return found


def _of_one_member(mismatches: list[Mismatch], union: Path) -> list[Mismatch]:
    tried: dict[tuple[str, ...], list[Mismatch]] = {}
    others = []
    for one in mismatches:
        if labels := tuple(label for at, label in one.members if at == union):
            tried.setdefault(labels, []).append(one)
        else:
            others.append(one)
    wrong_kind = [
        of[0] for of in tried.values() if of[0].of_whole and of[0].path == union
    ]
    near = [of for of in tried.values() if of[0] not in wrong_kind]
    choices = tuple(dict.fromkeys(word for one in wrong_kind for word in one.choices))
    if near:
        # The member with the fewest complaints, of those that fit the kind of value.
        best = min(near, key=len)
        return [*others, *(_with_choices(one, union, choices) for one in best)]
    if not wrong_kind:
        return others
    words = tuple(dict.fromkeys(word for one in wrong_kind for word in one.expected))
    return [*others, replace(wrong_kind[0], expected=words, choices=choices)]


def _with_choices(one: Mismatch, union: Path, choices: tuple[str, ...]) -> Mismatch:
    """Return what one member says, and the words that others would have taken."""
    if one.path != union or not one.problem or not choices:
        return one
    if isinstance(one.found, str) and (meant := nearest(one.found, choices)):
        return replace(one, remedy=f"write `{meant}`", meant=meant)
    words = " or ".join(f"`{word}`" for word in choices)
    return replace(one, remedy=f"{one.remedy}; or {words}" if one.remedy else words)
