"""The files of a new programme, to be edited: what `stafet new` writes."""

import datetime as dt
import re
from importlib import resources
from pathlib import Path
from string import Template

from engine.commands.decision import RefusedError
from engine.spec.moments import NAME
from engine.spec.schema import SCHEMAS, schema_text

_WEDNESDAY = 2
_WEEKS_AHEAD = 17


def write_starter(folder: Path, name: str, *, today: dt.date) -> tuple[Path, ...]:
    """Write a programme, a cohort with a kick-off months ahead, and its people.

    Raises:
        RefusedError: If the name is no name, or the folder is there already.
    """
    target = new_folder(folder, name)
    kick_off = _kick_off(today)
    values = {"name": name, "year": str(kick_off.year), "kick_off": str(kick_off)}
    cohorts = target / "cohorts"
    cohorts.mkdir(parents=True)
    return (
        _write(target / "programme.yaml", "programme.yaml", values),
        _write(cohorts / f"{kick_off.year}.yaml", "cohort.yaml", values),
        _write(cohorts / "participants.csv", "participants.csv", values),
        *write_schemas(folder),
    )


def new_folder(folder: Path, name: str) -> Path:
    """Return where a new programme goes.

    Raises:
        RefusedError: If the name is no name, or the folder is there already.
    """
    if not re.fullmatch(NAME, name):
        raise RefusedError(
            f"{name!r} is not a name for a programme",
            "use lower-case letters, digits and hyphens, such as my-programme",
        )
    target = folder / name
    if target.exists():
        raise RefusedError(f"{target} is there already", "choose another name")
    return target


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write what editors complete by, where the first line of each file says it is.

    Raises:
        RefusedError: If there is no such folder.
    """
    if not folder.is_dir():
        raise RefusedError(f"there is no folder {folder}", "name one with --folder")
    written = []
    for name in SCHEMAS:
        path = folder / name
        path.write_text(schema_text(name), encoding="utf-8")
        written.append(path)
    return tuple(written)


def _kick_off(today: dt.date) -> dt.date:
    """Return a Wednesday four months ahead, out of the summer and of Christmas.

    The calendar of the starter closes weeks 28 to 31 and the days around New Year.
    """
    day = today + dt.timedelta(weeks=_WEEKS_AHEAD)
    day += dt.timedelta(days=(_WEDNESDAY - day.weekday()) % 7)
    while day.month in (4, 5, 7) or (day.month, day.day) >= (12, 20) or day.day == 1:
        day += dt.timedelta(weeks=1)
    return day


def _write(path: Path, source: str, values: dict[str, str]) -> Path:
    text = (resources.files("flows.starter") / source).read_text(encoding="utf-8")
    path.write_text(Template(text).substitute(values), encoding="utf-8")
    return path
