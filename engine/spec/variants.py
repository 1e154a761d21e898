"""What a programme says that extends another, whose file somebody finds."""

from collections.abc import Callable
from dataclasses import replace

from engine.spec.faults import Fault
from engine.spec.members import AFTER, KEYWORDS, PHASE, activities_of, phases_of
from engine.spec.mending import Mended
from engine.spec.merging import EXTENDS, merged
from engine.spec.omissions import LEAVE_OUT
from engine.spec.positions import Document
from engine.spec.programme import Programme
from engine.spec.wording import described, nearest

Base = tuple[Mended[Programme], tuple[Fault, ...]]
"""The programme that another extends, and what is wrong with it."""

_NAMING = frozenset(("phases", "activities", "people", "matches", *PHASE, *KEYWORDS))
"""Keys of what has a name, and of what holds it."""

_KNOWN = tuple(field.alias or name for name, field in Programme.model_fields.items())


class NoBaseError(Exception):
    """What a programme extends cannot be had.

    Attributes:
        problem: Why, in one sentence without a full stop.
        remedy: What to write instead.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(problem)


def resolved(document: Document, find: Callable[[str], Base]) -> Document:
    """Return a programme with what it extends, or as it is if it extends nothing.

    Where that cannot be had or mended, or its names are in doubt, nothing is told of
    this one but its form.
    """
    key = _extends(document)
    if key is None:
        return _alone(document)
    name = document.plain[key]
    if not isinstance(name, str):
        problem = f"expected the name of a programme, found {described(name)}"
        remedy = "write the name of its folder, such as `extends: group-mentoring`"
        return _unread(document, document.fault((key,), problem, remedy))
    try:
        base, faults = find(name)
    except NoBaseError as error:
        fault = document.fault((key,), error.problem, error.remedy)
        return _unread(document, fault)
    if base.value is None or _has_doubtful_names(base):
        return _unread(document, *faults)
    return merged(document, base, faults)


def _has_doubtful_names(base: Mended[Programme]) -> bool:
    """Return whether what a variant changes by name may have another in the base."""
    named = {path[-1] for path in (*base.invented, *base.lost) if path}
    items = {path for path in base.invented if path and isinstance(path[-1], int)}
    return not named.isdisjoint(_NAMING) or any(path[0] == "phases" for path in items)


def _alone(document: Document) -> Document:
    """Return a programme that extends no other, without what only others may say."""
    faults, refused = list(document.faults), set(document.refused)
    if LEAVE_OUT in document.plain:
        problem = "there is nothing to leave out: this programme extends no other"
        remedy = f"delete it, or write `{EXTENDS}: …` above it"
        faults.append(document.fault((LEAVE_OUT,), problem, remedy, key=True))
    for phase in phases_of(document):
        for one in (phase, *activities_of(document, phase)):
            if AFTER in one.plain:
                problem = "only a programme that extends another says what comes after"
                remedy = "delete it: here things stand in the order of the file"
                path = (*one.path, AFTER)
                faults.append(document.fault(path, problem, remedy, key=True))
                refused.add(path)
    return replace(document, faults=tuple(faults), refused=frozenset(refused))


def _extends(document: Document) -> str | None:
    """Return the key that names the base as it is written, which may be misspelt."""
    if EXTENDS in document.plain:
        return EXTENDS
    strange = [key for key in document.plain if key not in _KNOWN]
    return next((key for key in strange if nearest(key, _KNOWN) == EXTENDS), None)


def _unread(document: Document, *faults: Fault) -> Document:
    told = (*document.faults, *faults)
    return Document(document.sheet, plain={}, faults=told)
