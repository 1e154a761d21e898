"""A plan as a coordinator reads it before saying yes."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from engine.checks.clashes import told_elsewhere
from engine.commands.apply import Application, Files, prepare
from engine.commands.elsewhere import clashes_elsewhere
from engine.commands.unit import Unit
from engine.ids import CohortId, OccurrenceId
from engine.letters.entries import occurrence_title
from engine.plan import Moved
from engine.timeline.clashes import Clash
from flows.commandline.terminal import day, say, table


def planned(unit: Unit, files: Files, *, now: dt.datetime) -> Application:
    """Return what applying files would do, once all of it has been printed."""
    found = prepare(unit, files, now=now)
    show_plan(found)
    if not found.plan.empty:
        show_clashes(clashes_elsewhere(unit, found, now=now))
    return found


def show_plan(application: Application) -> None:
    """Print what applying would do."""
    plan, record = application.plan, application.after
    if plan.empty:
        say(f"{record.id}: nothing to do, the files are in force already")
        return
    if plan.first:
        say(f"[bold]{record.id}[/] is recorded for the first time")
    joined = Counter(role for one in plan.joined for role in record.people[one].roles)
    if joined:
        told = ", ".join(f"{count} {role}" for role, count in sorted(joined.items()))
        say(f"People: {told}")
    for person in plan.missing:
        say(f"[yellow]Not in the file, kept:[/] {record.people[person].id}")
    for person in plan.back:
        say(f"Back in the file: {record.people[person].id}")
    _show_new(application)
    for moved in plan.moved:
        say(f"[yellow]Changed:[/] {_moved(application, moved)}")
    for gone in plan.gone:
        say(f"[red]Cancelled:[/] {_title(application, gone)}")
    _show_mails(application)


def show_clashes(clashes: Mapping[CohortId, Sequence[Clash]]) -> None:
    """Print who would have to be at two things at once, in this cohort and others."""
    for cohort, found in clashes.items():
        for clash in found:
            say(f"[yellow]Warning:[/] {told_elsewhere(clash, cohort)}")


def _show_new(application: Application) -> None:
    record, zone = application.after, application.after.days.zone
    language = record.frozen.programme.languages[0]
    rows = [
        (
            day(zone.local(one.starts)),
            one.slot.kind,
            occurrence_title(record, one.slot.activity, one.slot.ordinal, language),
            str(len(one.slot.audience) or ""),
        )
        for one in application.plan.new
    ]
    if rows:
        table(("when", "kind", "new", "for"), rows)


def _show_mails(application: Application) -> None:
    mails = application.plan.mails
    zone, people = application.after.days.zone, application.after.people
    if not mails:
        say("No mail is sent by this at once; stafet advance does what is due.")
        return
    rows = [
        (
            day(zone.local(one.leaves)),
            people[one.person].id,
            one.kind,
            one.subject,
        )
        for one in mails
    ]
    table(("leaves", "to", "kind", "subject"), rows, title=f"{len(rows)} mails")


def _moved(application: Application, moved: Moved) -> str:
    zone = application.after.days.zone
    parts = [_title(application, moved.now.occurrence)]
    if (moved.was.starts, moved.was.ends) != (moved.now.starts, moved.now.ends):
        was, now = zone.local(moved.was.starts), zone.local(moved.now.starts)
        parts.append(
            f"{day(was)} becomes {day(now)}, {now:%H:%M} to "
            f"{zone.local(moved.now.ends):%H:%M}"
        )
    if moved.was.place != moved.now.place:
        names = [
            application.after.place(place) or "no place"
            for place in (moved.was.place, moved.now.place)
        ]
        parts.append(" becomes ".join(names))
    for word, people in (
        ("joins", set(moved.now.audience) - set(moved.was.audience)),
        ("leaves", set(moved.was.audience) - set(moved.now.audience)),
    ):
        ids = sorted(application.after.people[person].id for person in people)
        parts += [f"{', '.join(ids)} {word}"] if ids else []
    return ": ".join((parts[0], "; ".join(parts[1:])))


def _title(application: Application, occurrence: OccurrenceId) -> str:
    record = application.after
    allocated = record.state.allocated[occurrence]
    language = record.frozen.programme.languages[0]
    title = occurrence_title(record, allocated.activity, allocated.ordinal, language)
    return f"{title} ({occurrence})"
