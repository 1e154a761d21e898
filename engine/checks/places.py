"""Where the parts of a spec stand in its file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_type_hints

from engine.spec.activities import Activity, ActivityPart, Gathering, Handover
from engine.spec.faults import Path
from engine.spec.model import Language, SpecPart, Texts
from engine.spec.programme import Phase, Programme

Told = Mapping[Language, str]
"""A text by language."""

_OF_TEXTS = (
    Texts,
    Texts | None,
    str | Texts,
    tuple[Texts, ...],
    Mapping[str, Texts],
)
"""Types of the fields that hold texts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """An activity with its phase, and the paths of both."""

    path: Path
    activity: Activity
    phase_path: Path
    phase: Phase

    @property
    def name_path(self) -> Path:
        """The path of its name."""
        return (*self.path, self.activity.kind)


def placed_phases(programme: Programme) -> Iterator[tuple[Path, Phase]]:
    """Yield each phase with its path, in the order of the file."""
    for number, phase in enumerate(programme.phases):
        yield ("phases", number), phase


def placed_activities(programme: Programme) -> Iterator[Placed]:
    """Yield each activity with its place, in the order of the file."""
    for phase_path, phase in placed_phases(programme):
        for number, activity in enumerate(phase.activities):
            yield Placed(
                path=(*phase_path, "activities", number),
                activity=activity,
                phase_path=phase_path,
                phase=phase,
            )


def called(activity: Activity) -> str:
    """Return how other activities call this one; the name of a handover is a phrase."""
    return activity.slug if isinstance(activity, Handover) else activity.name


def cohorts_own(programme: Programme) -> Gathering | None:
    """Return the gathering from which the year counts."""
    for _, activity in programme.activities():
        if isinstance(activity, Gathering) and activity.is_the_cohorts:
            return activity
    return None


def told(part: SpecPart) -> Iterator[tuple[str, str, object]]:
    """Yield what the file tells of a part: the field, its key, its value."""
    written = part.model_fields_set
    for name, key in _keys_of(type(part)):
        if name in written:
            yield name, key, getattr(part, name)


def parts(whole: SpecPart, path: Path = ()) -> Iterator[tuple[Path, SpecPart]]:
    """Yield a part and every part in it, with their paths."""
    yield path, whole
    for _, key, value in told(whole):
        if _may_hold_parts(value):
            yield from _below(value, (*path, key))


def plain_texts(whole: SpecPart) -> Iterator[tuple[Path, str]]:
    """Yield every text that is the same in each language, with its path."""
    for path, part in parts(whole):
        for name, key, value in told(part):
            if isinstance(value, str) and name in _texts_of(type(part)):
                yield (*path, key), value


def texts(whole: SpecPart) -> Iterator[tuple[Path, SpecPart, Told]]:
    """Yield every text of a spec with its path and the part that it belongs to."""
    for path, part in parts(whole):
        for name, key, value in told(part):
            if name in _texts_of(type(part)):
                for where, text in _each(value, (*path, key)):
                    yield where, part, text


def _each(value: object, path: Path) -> Iterator[tuple[Path, Told]]:
    """Yield a text, or each text of a list or by a name, with its path."""
    if isinstance(value, Mapping) and any(
        isinstance(one, Mapping) for one in value.values()
    ):
        for name, text in value.items():
            yield (*path, name), text
    elif isinstance(value, Mapping):
        yield path, value
    elif isinstance(value, tuple):
        for number, text in enumerate(value):
            yield (*path, number), text


def _below(value: object, path: Path) -> Iterator[tuple[Path, SpecPart]]:
    if isinstance(value, SpecPart):
        yield from parts(value, path)
    elif isinstance(value, Mapping):
        yield from _inside(value.items(), path)
    elif isinstance(value, tuple):
        yield from _inside(enumerate(value), path)


def _inside(
    steps: Iterable[tuple[str | int, object]], path: Path
) -> Iterator[tuple[Path, SpecPart]]:
    for step, inner in steps:
        if _may_hold_parts(inner):
            yield from _below(inner, (*path, step))


def _may_hold_parts(value: object) -> bool:
    # mypy takes a class for no key, as its instances need not be one.
    return _kind_may_hold_parts(type(value))  # type: ignore[arg-type]


@cache
def _kind_may_hold_parts(kind: type) -> bool:
    return issubclass(kind, SpecPart | Mapping | tuple)


@cache
def _keys_of(model: type[SpecPart]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a part with their keys, in the order of the model."""
    keys = {name: field.alias or name for name, field in model.model_fields.items()}
    if issubclass(model, ActivityPart):
        del keys["kind"]
        keys["name"] = model.KEYWORD
    return tuple(keys.items())


@cache
def _texts_of(model: type[SpecPart]) -> frozenset[str]:
    hints = get_type_hints(model, include_extras=True)
    return frozenset(name for name, hint in hints.items() if hint in _OF_TEXTS)
