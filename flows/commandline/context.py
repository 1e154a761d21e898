"""Which cohort and which person a command is about, and at what time."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from engine.ids import CohortId
from engine.people import Participant
from engine.record import Record
from engine.spec.moments import LocalDate
from engine.timeline.zone import UTC
from flows.commandline.terminal import refuse
from integrations.clock import FixedClock, SystemClock

if TYPE_CHECKING:
    from flows.wiring import App

Now = Annotated[
    str | None,
    Parameter(help="Act as if it were this time: for trying things out."),
]
InCohort = Annotated[
    str | None,
    Parameter(help="Which cohort; may be left out where only one is recorded."),
]


def installed(now: str | None = None) -> "App":
    """Return the application of this installation, at the machine's time or another."""
    # imported here: SQLAlchemy costs half a second that `check` does not need
    from flows.current import installed as wired

    return wired(FixedClock(instant(now)) if now else SystemClock())


def instant(written: str) -> dt.datetime:
    """Return the instant of `2027-11-17T13:00+01:00`; without an offset it is UTC."""
    try:
        found = dt.datetime.fromisoformat(written)
    except ValueError:
        raise refuse(
            f"{written!r} is not a time; write, for example, 2027-11-17T13:00+01:00"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def local_instant(written: str, record: Record) -> dt.datetime:
    """Return the instant of a date and time as the cohort's people write it."""
    found = LocalDate.parse(written)
    if found.time is None:
        raise refuse(f"{written!r} has no time; write, for example, {written} 13:00")
    return record.days.zone.at(found.date, found.time)


def local_day(written: str, record: Record) -> dt.datetime:
    """Return the instant at which a day begins for the cohort's people."""
    return record.days.zone.at(LocalDate.parse(written).date, dt.time())


def cohort_of(app: "App", named: str | None) -> CohortId:
    """Return the recorded cohort that is meant: by id, by file, or the only one."""
    known = app.unit.store.cohorts()
    if named is None:
        if len(known) == 1:
            return known[0]
        raise refuse(_which(known))
    wanted = cohort_id(named)
    if wanted in known:
        return wanted
    raise refuse(f"{named} is not recorded; {_others(known)}")


def cohort_id(named: str) -> CohortId:
    """Return the cohort of `specs/NAME/cohorts/2027.yaml` or of `NAME/2027`."""
    path = Path(named)
    if path.suffix == ".yaml":
        return CohortId(f"{path.resolve().parent.parent.name}/{path.stem}")
    return CohortId(named)


def person_of(record: Record, id_: str) -> Participant:
    """Return the participant with this id in the people file."""
    found = record.participant(id_)
    if found is None:
        known = ", ".join(sorted(one.id for one in record.people.values()))
        raise refuse(f"nobody has the id {id_!r}; known: {known}")
    return found


def _which(known: tuple[CohortId, ...]) -> str:
    return f"say which with --cohort: {', '.join(known)}" if known else _others(known)


def _others(known: tuple[CohortId, ...]) -> str:
    if not known:
        return "no cohort is recorded; record one with stafet apply"
    return f"recorded are: {', '.join(known)}"
