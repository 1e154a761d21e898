"""The example cohort, as a rehearsal or an installation holds it."""

import datetime as dt
import re
import shutil
from contextlib import suppress
from functools import cache
from pathlib import Path

from engine.commands.advance import advance
from engine.commands.apply import Files, apply
from engine.installation import Installation
from engine.ports import Clock
from engine.spec.faults import SpecError
from engine.timeline.compile import TimelineError
from flows.loading import load
from flows.rehearsal.year import beginning
from flows.wiring import App, label_of, wire
from integrations.clock import FixedClock
from integrations.mail.files import FileMailer

_SPECS = Path(__file__).parents[2] / "specs/aarhus-leadership"
_COHORT = _SPECS / "cohorts/2027.yaml"
_SENT = re.compile("sent: .*")
_KICK_OFF = re.compile("kick-off: .*")
_WEDNESDAY = 2
_TRIED = 8


@cache
def example() -> Files:
    """Return the files of the example cohort."""
    return load(_COHORT)


def began() -> dt.datetime:
    """Return when its coordinator applies it."""
    return beginning(example())


def starting_soon(folder: Path, *, now: dt.datetime, hours: str = "") -> Files:
    """Return the files of the example, its first phase about to begin.

    Args:
        folder: Where they are written.
        now: The time of it.
        hours: When mail leaves, if not in office hours.
    """
    shutil.copytree(_SPECS, folder)
    if hours:
        programme = folder / "programme.yaml"
        text = programme.read_text(encoding="utf-8")
        programme.write_text(_SENT.sub(f"sent: {hours}", text, 1), encoding="utf-8")
    path = folder / "cohorts" / _COHORT.name
    written = path.read_text(encoding="utf-8")
    return _opening(path, written, now.date() + dt.timedelta(weeks=18))


def moved(folder: Path, *, weeks: int) -> Files:
    """Return the files of a folder, their kick-off so many weeks later or more."""
    path = folder / "cohorts" / _COHORT.name
    written = path.read_text(encoding="utf-8")
    found = re.search(r"kick-off: (\S+)", written)
    assert found
    first = dt.date.fromisoformat(found[1]) + dt.timedelta(weeks=weeks)
    return _opening(path, written, first)


def recorded(
    mail: Path, *, files: Files | None = None, clock: Clock | None = None
) -> App:
    """Return an application in which a cohort has just been applied."""
    files = files or example()
    now = clock.now() if clock else began()
    app = wire(
        "sqlite://",
        installation=Installation(
            key=b"k" * 32, base_url="http://localhost:8000", domain="stafet.localhost"
        ),
        clock=clock or FixedClock(now),
        mailer=lambda: mailer,
    )
    apply(app.unit, files, now=now)
    mailer = FileMailer(
        mail, label=label_of(lambda: app.unit.standing(files.id).record)
    )
    return app


def advanced(app: App, *, now: dt.datetime) -> App:
    """Do what is due by `now`, plainly."""
    advance(app.unit, example().id, now=now)
    return app


def _opening(path: Path, written: str, first: dt.date) -> Files:
    """Return the files with the first Wednesday for a kick-off that suits them."""
    for week in range(_TRIED):
        day = first + dt.timedelta(weeks=week, days=_WEDNESDAY - first.weekday())
        changed = _KICK_OFF.sub(f"kick-off: {day} 13:00", written, count=1)
        path.write_text(changed, encoding="utf-8")
        with suppress(SpecError, TimelineError):
            return load(path)
    raise AssertionError(f"no open Wednesday in {_TRIED} weeks after {first}")
