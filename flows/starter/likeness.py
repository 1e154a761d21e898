"""The files of a new programme that begins as one of ours: `stafet new NAME --like`."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from engine.commands.decision import RefusedError
from engine.commands.sketch import sketch
from engine.spec.wording import listed, nearest
from flows.loading import check, load, resolved_programme

EXAMPLES = Path(__file__).parents[2] / "specs"
"""Where the programmes stand that come with Stafet."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = dt.timedelta(weeks=52)
_WEEK = dt.timedelta(weeks=1)
_TRIES = 26


def examples() -> tuple[str, ...]:
    """Return the names of the programmes that come with Stafet."""
    found = EXAMPLES.glob("*/programme.yaml")
    return tuple(sorted(path.parent.name for path in found))


def write_like(target: Path, like: str, *, today: dt.date) -> tuple[Path, ...]:
    """Write an example as a programme of its own, its first date ahead of today.

    The kick-off keeps its weekday and its season; every date of the cohort moves along.

    Raises:
        RefusedError: If there is no such example.
    """
    if like not in examples():
        guess = nearest(like, examples())
        remedy = (
            f"did you mean {guess}?" if guess else f"there are {listed(examples())}"
        )
        raise RefusedError(f"no programme {like} comes with Stafet", remedy)
    source = max((EXAMPLES / like / "cohorts").glob("*.yaml"))
    cohorts = target / "cohorts"
    cohorts.mkdir(parents=True)
    programme = target / "programme.yaml"
    programme.write_text(_programme(like, target.name), encoding="utf-8")
    people = cohorts / "participants.csv"
    people.write_bytes((source.parent / people.name).read_bytes())
    return programme, _cohort(source, cohorts, like, target.name, today), people


def _programme(like: str, name: str) -> str:
    """Return the programme under its new name; one that extends another, whole."""
    path = EXAMPLES / like / "programme.yaml"
    text = path.read_text(encoding="utf-8")
    if re.search(r"^extends:", text, flags=re.MULTILINE):
        first = text.partition("\n")[0]
        text = f"{first}\n{resolved_programme(path)}"
    return re.sub(
        rf"^programme: {like}$", f"programme: {name}", text, count=1, flags=re.MULTILINE
    )


def _cohort(source: Path, cohorts: Path, like: str, name: str, today: dt.date) -> Path:
    """Write the cohort with dates that pass its check, and return where."""
    text = source.read_text(encoding="utf-8").replace(
        f"\nprogramme: {like}\n", f"\nprogramme: {name}\n"
    )
    for shift in _shifts(source, today):
        moved = _DATE.sub(partial(_moved, by=shift), text)
        label = _DATE.findall(moved[moved.index("\ndates:") :])[0][:4]
        path = cohorts / f"{label}.yaml"
        moved = moved.replace(f"\ncohort: {source.stem}\n", f"\ncohort: {label}\n")
        path.write_text(moved, encoding="utf-8")
        if not check(path):
            return path
        path.unlink()
    raise RefusedError(f"{like} fits into no year ahead", "write its dates by hand")


def _shifts(source: Path, today: dt.date) -> Iterator[dt.timedelta]:
    """Yield by how much to move the dates: whole years first, then by weeks."""
    occurrences = sketch(load(source)).timeline.occurrences.values()
    first = min(one.starts for one in occurrences).date()
    shift = dt.timedelta()
    while first + shift <= today + _WEEK:
        shift += _YEAR
    for weeks in range(_TRIES):
        yield shift + weeks * _WEEK


def _moved(date: re.Match[str], *, by: dt.timedelta) -> str:
    return (dt.date.fromisoformat(date[0]) + by).isoformat()
