"""Commands that only look: what became of a person, what awaits one, what changed."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from flows.commandline.context import Now, cohort_of, installed
from flows.commandline.specs import AsJson
from flows.commandline.terminal import day, plain, refuse, table

if TYPE_CHECKING:
    from engine.history import Line
    from engine.ids import PersonId
    from engine.record import Record
    from flows.wiring import App

Told = tuple["Record", "Line"]


def log(
    person: str,
    /,
    *,
    cohort: Annotated[str | None, Parameter(help="Of this cohort alone.")] = None,
    json_: AsJson = False,
    now: Now = None,
) -> None:
    """Show what somebody was sent, what they did, and when; never what they answered.

    PERSON is an id of the participants file, or an address.

    Example: stafet log ugle
    """
    from engine.history import line_document

    application = installed(now)
    chosen = [cohort_of(application, cohort)] if cohort else None
    names = chosen or application.unit.store.cohorts()
    records = [application.unit.standing(name).record for name in names]
    who = _person(records, person)
    told = _told(application, records, who)
    if json_:
        lines = [line_document(record, line) for record, line in told]
        plain(json.dumps(lines, ensure_ascii=False, indent=1))
        return
    _show_load(application, records, who)
    _show(person, told)


def diff(old: Path, new: Path, /, *, json_: AsJson = False) -> None:
    """Show what a second version of a file says otherwise, and which dates follow.

    OLD and NEW are two programme files, or two cohort files with their programmes and
    participants. Whatever they extend is looked at too.

    Example: stafet diff old/cohorts/2027.yaml specs/aarhus-leadership/cohorts/2027.yaml
    """
    from flows.commandline.comparing import compared, show_comparison

    found = compared(old, new)
    if json_:
        plain(json.dumps(found.document(), ensure_ascii=False, indent=1))
        return
    show_comparison(found)


def preview(
    cohort: Path,
    *,
    for_: Annotated[
        str, Parameter(name="--for", help="Whose year: by id, or by address.")
    ],
    seed: Annotated[int, Parameter(help="Another seed, other people's whims.")] = 1,
    out: Annotated[
        Path | None, Parameter(help="Write the mails and the feed here.")
    ] = None,
) -> None:
    """Show every mail and calendar entry that one person will meet in a year.

    The cohort's files are rehearsed, with invented manners of its people; nothing is
    sent or recorded. Of a cohort that is recorded, take its file too.

    Example: stafet preview specs/aarhus-leadership/cohorts/2027.yaml --for ugle
    """
    from flows.commandline.previewing import run_preview

    if not cohort.is_file():
        raise refuse(f"{cohort}: there is no such file")
    run_preview(cohort, for_, seed=seed, folder=out)


COMMANDS = (log, diff, preview)


def _person(records: Sequence["Record"], named: str) -> "PersonId":
    """Return whom an id or an address stands for, in whichever cohort."""
    found = {
        one.person: record.id
        for record in records
        for one in (record.participant(named), record.at_address(named.lower()))
        if one is not None
    }
    if not found:
        raise refuse(f"nobody has the id or the address {named!r} in a recorded cohort")
    if len(found) > 1:
        cohorts = ", ".join(sorted(found.values()))
        raise refuse(
            f"{named!r} is somebody else in each of {cohorts}; say which with --cohort,"
            " or write the address"
        )
    return next(iter(found))


def _told(
    application: "App", records: Sequence["Record"], person: "PersonId"
) -> list[Told]:
    """Return what there is to tell of a person in all of these cohorts, in order."""
    from engine.history import history
    from integrations.mail.reading import headers_of

    told: list[Told] = []
    for record in records:
        mails = application.outbox.standings(record.id)
        theirs = [one.number for one in mails if one.recipient == person]
        stored = filter(None, map(application.outbox.find, theirs))
        lines = history(
            record,
            person,
            facts=application.unit.store.facts(record.id),
            mails=mails,
            subjects={
                one.standing.number: headers_of(one.message.payload).subject
                for one in stored
            },
            now=application.clock.now(),
        )
        told += [(record, line) for line in lines]
    return sorted(told, key=lambda one: one[1].at)


def _show_load(
    application: "App", records: Sequence["Record"], person: "PersonId"
) -> None:
    """Print what they had in each year, which tells who is asked too often."""
    from engine.load import loads

    rows = sorted(
        (str(one.year), one.cohort, one.role, str(one.matches))
        for record in records
        for one in loads(record, person, application.unit.store.facts(record.id))
    )
    if rows:
        table(("year", "cohort", "role", "matches"), rows, title="Year by year")


def _show(person: str, told: Sequence[Told]) -> None:
    rows = [
        (
            day(record.days.zone.local(line.at)),
            line.cohort,
            line.what,
            _which(record, line),
            line.id,
            line.status or (f"by {line.by}" if line.by else ""),
        )
        for record, line in told
    ]
    table(("when", "cohort", "what", "which", "id", "how"), rows, title=person)


def _which(record: "Record", line: "Line") -> str:
    if line.time is None:
        return line.which
    return f"{line.which}, {day(record.days.zone.local(line.time))}"
