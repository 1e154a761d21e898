"""Whether names can be told apart, and ids be made of them."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePath

from engine.checks.findings import Finding
from engine.checks.grounds import Grounds
from engine.checks.places import Placed, placed_activities, placed_phases
from engine.spec.activities import Handover, Matching
from engine.spec.faults import Path
from engine.spec.moments import NAME
from engine.spec.programme import Programme
from engine.spec.wording import quoted

_NUMBERED = re.compile(r"(.+)-(\d+)")
_SPELT = {"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss"}


def check_names(programme: Programme, source: str) -> Iterator[Finding]:
    """Yield what is wrong with the names of a programme, its phases and activities."""
    yield from _of_programme(programme, source)
    yield from _of_phases(programme)
    yield from _of_activities(programme)
    yield from _of_kinds(programme)


def shape(path: Path, name: str, *, key: bool = False) -> Iterator[Finding]:
    """Yield that no id can be made of a name."""
    if re.fullmatch(NAME, name):
        return
    better = _plain(name)
    remedy = "begin with a letter: `workshop`"
    if re.fullmatch(NAME, better):
        remedy = f"write `{better}`; what participants see is the title"
    problem = f"{quoted(name)} is not a name of small letters, digits and hyphens"
    yield Finding(path, problem, remedy, key=key)


def _of_programme(programme: Programme, source: str) -> Iterator[Finding]:
    own, path = programme.programme, ("programme",)
    folder = PurePath(source).parent.name
    if PurePath(source).name == "programme.yaml" and folder not in ("", "..", own):
        problem = f"{quoted(own)} is not the name of its folder, {quoted(folder)}"
        yield Finding(path, problem, f"write `{folder}`, or rename the folder")
    else:
        yield from shape(path, own)


def _of_phases(programme: Programme) -> Iterator[Finding]:
    if not programme.phases:
        problem, gap = "the year has no phases", Grounds(gaps=(("phases",),))
        yield Finding(("phases",), problem, "write `- phase: …`", grounds=gap)
    known: dict[str, Path] = {}
    for path, phase in placed_phases(programme):
        if not phase.phase.strip():
            yield Finding((*path, "phase"), "the phase has no name", "write a name")
        elif phase.phase in known:
            problem = f"another phase is called {quoted(phase.phase)} as well"
            remedy, where = "give each phase a name of its own", (*path, "phase")
            first = Grounds(values=(known[phase.phase],))
            yield Finding(where, problem, remedy, stops=True, grounds=first)
        known.setdefault(phase.phase, (*path, "phase"))


def _of_activities(programme: Programme) -> Iterator[Finding]:
    above: dict[str, Placed] = {}
    names = {activity.slug for _, activity in programme.activities()}
    names |= programme.matches.keys()
    for one in placed_activities(programme):
        slug, path = one.activity.slug, one.name_path
        if not isinstance(one.activity, (Handover, Matching)):
            yield from shape(path, slug)
        own = dict.fromkeys([slug, one.activity.name])
        twice = next((name for name in own if name in above), None)
        if twice is not None:
            kind = above[twice].activity.kind
            problem = f"the {kind} above is called {quoted(twice)} as well"
            remedy = "give each activity a name of its own"
            first = Grounds(values=(above[twice].name_path,))
            yield Finding(path, problem, remedy, stops=True, grounds=first)
        above |= dict.fromkeys(own, one)
        numbered = _NUMBERED.fullmatch(slug)
        if numbered and numbered[1] in names:
            # Ids are such names: workshop-2, pair-7.
            problem = f"{quoted(slug)} would mean number {numbered[2]} of {numbered[1]}"
            yield Finding(path, problem, "choose a name that tells what it is about")


def _of_kinds(programme: Programme) -> Iterator[Finding]:
    for kind in programme.matches:
        yield from shape(("matches", kind), kind, key=True)


def _plain(name: str) -> str:
    """Return a name as it may be written: `Åbent møde` is `aabent-moede`."""
    spelt = "".join(_SPELT.get(sign, sign) for sign in name.lower())
    signs = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", signs).strip("-")
