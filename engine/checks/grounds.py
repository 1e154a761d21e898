"""What a finding follows from beside its own place, and whether that is as written."""

from dataclasses import dataclass

from pydantic import BaseModel

from engine.checks.places import placed_activities, placed_phases
from engine.spec.activities import Activity
from engine.spec.faults import Path
from engine.spec.mending import Mended
from engine.spec.programme import Programme

TIMELESS = frozenset(
    (
        *("title", "subject", "text", "question", "questions", "editions"),
        *("by", "for", "booked by", "anonymous", "remind", "invite", "hold the date"),
        *("starts", "lasts", "ends", "held", "about", "speakers", "goes ahead with"),
        *("agenda", "prompts", "logbook", "one by one"),
        *("nominators", "role", "each", "more than once", "asks for", "criteria"),
        *("consent", "answer within", "places", "admitted", "replaced"),
    )
)
"""Keys of an activity whose values move no other date by a day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounds:
    """What a finding follows from, beside the value that it is about.

    Attributes:
        values: Other values.
        gaps: Mappings and lists in which something is missing.
    """

    values: tuple[Path, ...] = ()
    gaps: tuple[Path, ...] = ()

    def are_doubtful(self, mended: Mended[BaseModel]) -> bool:
        """Return whether any of it may only be so because the file was mended."""
        changed = any(map(mended.is_doubtful, self.values))
        return changed or any(map(mended.is_incomplete, self.gaps))


NO_GROUNDS = Grounds()
LANGUAGES = Grounds(values=(("languages",),))
TOP: Path = ()


def names(programme: Programme) -> Grounds:
    """Return what it follows from that no activity has a certain name."""
    return Grounds(
        values=tuple(one.name_path for one in placed_activities(programme)),
        gaps=(
            ("phases",),
            *((*path, "activities") for path, _ in placed_phases(programme)),
        ),
    )


def nature(programme: Programme, activity: Activity) -> Grounds:
    """Return what it follows from that an activity is of its kind, once or a series."""
    path = next(
        one.path for one in placed_activities(programme) if one.activity is activity
    )
    keys = ("when", "about every", "every")
    return Grounds(values=tuple((*path, key) for key in keys), gaps=(path,))


def roles(programme: Programme) -> Grounds:
    """Return what it follows from that there are certain roles and no others."""
    silent = (
        ("matches", kind)
        for kind, match in programme.matches.items()
        if "roles" not in match.model_fields_set
    )
    return Grounds(
        values=tuple(("matches", kind, "roles") for kind in programme.matches),
        gaps=(*matches(programme).gaps, *silent),
    )


def matches(programme: Programme) -> Grounds:
    """Return what it follows from that there are certain matches and no others."""
    return Grounds(gaps=(("matches",), *([] if programme.matches else [TOP])))


def columns(programme: Programme) -> Grounds:
    """Return what it follows from that people have certain columns and no others."""
    if not programme.people:
        return Grounds(values=(("people",),), gaps=(TOP,))
    return Grounds(values=(("people",),))


def undated(mended: Mended[BaseModel]) -> frozenset[Path]:
    """Return the invented values of a programme on which nothing can be dated."""
    return frozenset(path for path in mended.invented if not TIMELESS & {*path[4:5]})
