"""Where the parts of a spec stand in its file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_type_hints

from engine.spec.activities import Activity, ActivityPart, Gathering, Handover
from engine.spec.faults import Path
from engine.spec.model import Language, SpecPart, Texts
from engine.spec.programme import Phase, Programme

Told = Mapping[Language, str]
"""A text by language."""


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
    for name, field in type(part).model_fields.items():
        if name not in part.model_fields_set or name == "kind":
            continue
        key = field.alias or name
        if isinstance(part, ActivityPart) and name == "name":
            key = part.kind
        yield name, key, getattr(part, name)


def parts(whole: SpecPart, path: Path = ()) -> Iterator[tuple[Path, SpecPart]]:
    """Yield a part and every part in it, with their paths."""
    yield path, whole
    for _, key, value in told(whole):
        yield from _below(value, (*path, key))


def texts(whole: SpecPart) -> Iterator[tuple[Path, SpecPart, Told]]:
    """Yield every text of a spec with its path and the part that it belongs to."""
    for path, part in parts(whole):
        for name, key, value in told(part):
            if name in _texts_of(type(part)) and isinstance(value, Mapping):
                yield (*path, key), part, value


def _below(value: object, path: Path) -> Iterator[tuple[Path, SpecPart]]:
    if isinstance(value, SpecPart):
        yield from parts(value, path)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _below(inner, (*path, key))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _below(inner, (*path, number))


@cache
def _texts_of(model: type[SpecPart]) -> frozenset[str]:
    hints = get_type_hints(model, include_extras=True)
    return frozenset(
        name for name, hint in hints.items() if hint in (Texts, Texts | None)
    )
