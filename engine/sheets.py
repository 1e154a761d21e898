"""What of a running cohort a coordinator may look at, and change, as tables.

The columns are documented in `docs/outputs.md`, and stay: what was changed in them is
read back.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.commands.standing import Standing
from engine.documents import status_of
from engine.letters.entries import occurrence_title
from engine.people import Participant, Value
from engine.record import Record, ids_of
from engine.spec.cells import SEVERAL
from engine.timeline.model import Occurrence

Cell = str | int | dt.datetime
"""Times are local and have no offset: so they stand in a spreadsheet."""

PEOPLE, MATCHES, ATTENDANCE, AHEAD = "people", "matches", "attendance", "ahead"
FIXED = ("id", "name", "email", "phone", "language", "roles", "department", "manager")
YES, NO = "yes", "no"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A table with a name; every row has a cell for each column."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def sheets(standing: Standing, *, now: dt.datetime) -> tuple[Sheet, ...]:
    """Return people, matches, who came and was met, and what is ahead."""
    return (
        people_sheet(standing.record),
        matches_sheet(standing.record),
        attendance_sheet(standing, now=now),
        ahead_sheet(standing, now=now),
    )


def people_sheet(record: Record) -> Sheet:
    """Return everyone who takes part, as a participants file tells of them.

    They stand in the order of their surrogates, which is that of their first file.
    """
    own = tuple(record.frozen.programme.columns)
    people = sorted(record.participants, key=lambda one: (len(one.person), one.person))
    rows = (_person(one, own) for one in people)
    return Sheet(name=PEOPLE, columns=(*FIXED, *own), rows=tuple(rows))


def matches_sheet(record: Record) -> Sheet:
    """Return a row for each member of each running match."""
    return Sheet(
        name=MATCHES,
        columns=("match", "kind", "role", "person", "name"),
        rows=tuple(
            (match.id, match.kind, role, record.people[one].id, record.people[one].name)
            for match in record.state.matches.values()
            if not match.dissolved
            for role, members in match.members.items()
            for one in members
        ),
    )


def attendance_sheet(standing: Standing, *, now: dt.datetime) -> Sheet:
    """Return who of an audience came, and whether a match met; empty where not told."""
    past = (one for one in standing.timeline.occurrences.values() if one.ends <= now)
    return Sheet(
        name=ATTENDANCE,
        columns=("occurrence", "title", "starts", "person", "name", "came"),
        rows=tuple(row for one in past for row in _attendance(standing.record, one)),
    )


def ahead_sheet(standing: Standing, *, now: dt.datetime) -> Sheet:
    """Return what is ahead with its time and place; forecasts are left out."""
    record = standing.record
    return Sheet(
        name=AHEAD,
        columns=("occurrence", "kind", "title", "starts", "ends", "place", "for"),
        rows=tuple(
            (
                one.id,
                one.slot.kind,
                _title(record, one),
                _local(record, one.starts),
                _local(record, one.ends),
                record.place(one.slot.place),
                ", ".join(ids_of(one.slot.audience, record)),
            )
            for one in standing.timeline.occurrences.values()
            if one.starts > now
            and one.slot.audience
            and status_of(record, one, now) in {"booked", "invited", "date held"}
        ),
    )


def _person(one: Participant, own: Sequence[str]) -> tuple[Cell, ...]:
    return (
        one.id,
        one.name,
        one.email,
        one.phone,
        one.language,
        SEVERAL.join(one.roles),
        one.department,
        one.manager,
        *(_cell(one.values.get(name)) for name in own),
    )


def _cell(value: Value) -> Cell:
    match value:
        case None:
            return ""
        case bool():
            return YES if value else NO
        case tuple():
            return SEVERAL.join(value)
        case _:
            return value


def _attendance(record: Record, one: Occurrence) -> Iterator[Sequence[Cell]]:
    state, title = record.state, _title(record, one)
    starts = _local(record, one.starts)
    if one.id in state.booked:
        held = state.held.get(one.id, (None, None))[0]
        yield one.id, title, starts, "", "", _told(held)
    elif one.slot.kind == "gathering" and one.id in state.announced:
        for person in sorted(one.slot.audience, key=lambda who: record.people[who].id):
            came = state.attended.get((one.id, person))
            who = record.people[person]
            yield one.id, title, starts, who.id, who.name, _told(came)


def _told(answer: bool | None) -> str:  # noqa: FBT001  # What was answered, if at all.
    return "" if answer is None else YES if answer else NO


def _title(record: Record, one: Occurrence) -> str:
    language = record.frozen.programme.languages[0]
    return occurrence_title(record, one.slot.activity, one.slot.ordinal, language)


def _local(record: Record, instant: dt.datetime) -> dt.datetime:
    return record.days.zone.local(instant).replace(tzinfo=None)
