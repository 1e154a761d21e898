"""A plan as a coordinator reads it before saying yes."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields

from rich.markup import escape

from engine.checks.clashes import told_elsewhere
from engine.commands.apply import Files, prepare
from engine.commands.elsewhere import clashes_elsewhere
from engine.commands.foreseeing import Foreseen, followed
from engine.commands.unit import Unit
from engine.ids import CohortId, PersonId
from engine.plan import Appointment, Change, Mailed, Touched
from engine.plan_document import FEW
from engine.record import Record
from engine.timeline.clashes import Clash
from flows.commandline.terminal import day, say, table


def foreseen(
    unit: Unit, files: Files, *, now: dt.datetime, move_booked: bool
) -> Foreseen:
    """Return what applying files would do, and what follows in the days ahead."""
    found = prepare(unit, files, now=now, move_booked=move_booked)
    if found.before is None:
        return followed(found, now=now)
    return followed(found, now=now, responses=lambda: unit.store.responses(files.id))


def show_application(unit: Unit, found: Foreseen, *, now: dt.datetime) -> None:
    """Print what applying files would do, also to people of other cohorts."""
    if found.plan.empty:
        say(f"{found.record.id}: nothing to do, the files are in force already")
        _show_left(found)
        return
    show_plan(found)
    show_clashes(clashes_elsewhere(unit, found, now=now))


def show_in_full(unit: Unit, found: Foreseen, *, now: dt.datetime) -> None:
    """Print it, then the same by person, and what the days ahead bring anyway."""
    show_application(unit, found, now=now)
    show_people(found)
    show_anyway(found)


def show_plan(found: Foreseen) -> None:
    """Print what would be done, and what follows in the days ahead."""
    _show_people(found)
    _show_changes(found)
    plan = found.plan
    for warning in plan.warns:
        say(f"[yellow]Warning:[/] {escape(warning)}")
    for task in plan.tasks:
        if task.cause == "at once":
            say(f"[yellow]Needs you:[/] {task.task}")
    for settled in plan.settled:
        say(f"Settled: {settled}")
    if plan.matches:
        say(f"Matches: {', '.join(plan.matches)}")
    _show_mails(found)
    if plan.soon:
        people = [found.after.record.people[one] for one in plan.soon]
        rows = sorted((one.name, one.phone or "no number", one.id) for one in people)
        table(("who", "phone", "id"), rows, title="About to begin: better call too")


def show_people(found: Foreseen) -> None:
    """Print what it means to each person whom it touches, alike ones together."""
    record = found.after.record
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in found.plan.touched():
        groups.setdefault(_means(one, record), []).append(record.people[one.person].id)
    rows = [(", ".join(sorted(ids)), *means) for means, ids in groups.items()]
    if rows:
        table(("who", "joins", "leaves", "otherwise", "mails"), rows, title="By person")


def _means(one: Touched, record: Record) -> tuple[str, str, str, str]:
    local = record.days.zone.local
    mails = (
        f"{day(local(mail.leaves))} {'no more: ' * (mail.cause == 'no more')}"
        f"{mail.subject}"
        for mail in one.mails
    )
    changes = (one.joins, one.leaves, one.moved)
    joins, leaves, moved = (
        ", ".join(change.occurrence for change in each) for each in changes
    )
    return joins, leaves, moved, "\n".join(mails)


def show_anyway(found: Foreseen) -> None:
    """Print what the days ahead bring in any case, and what will need somebody."""
    plan, record = found.plan, found.after.record
    if plan.until is None:
        return
    local = record.days.zone.local
    title = f"Until {day(local(plan.until))} in any case"
    if rows := list(_mails(plan.of("anyway"), record)):
        table(("leaves", "to", "kind", "subject"), rows, title=title)
    else:
        say(f"{title}: no mail")
    for task in plan.tasks:
        if task.cause in ("later", "anyway"):
            say(f"{day(local(task.at))} needs you: {task.task}")


def show_clashes(found: Mapping[CohortId, Sequence[Clash]]) -> None:
    """Print who would have to be at two things at once, by the cohort of the other."""
    for cohort, clashes in found.items():
        for clash in clashes:
            say(f"[yellow]Warning:[/] {escape(told_elsewhere(clash, cohort))}")


def _show_people(found: Foreseen) -> None:
    plan, record = found.plan, found.after.record
    if plan.first:
        say(f"[bold]{record.id}[/] is recorded for the first time")
    joined = Counter(role for one in plan.joined for role in record.people[one].roles)
    if joined:
        told = ", ".join(f"{count} {role}" for role, count in sorted(joined.items()))
        say(f"People: {told}")
    for person in plan.edited:
        told = ", ".join(_otherwise(found, person))
        say(f"Changed: {record.people[person].id}: {told}")
    for person in plan.missing:
        say(f"[yellow]Not in the file, kept:[/] {record.people[person].id}")
    for person in plan.back:
        say(f"Back in the file: {record.people[person].id}")
    _show_left(found)


def _otherwise(found: Foreseen, person: PersonId) -> Iterator[str]:
    """Yield what the file tells otherwise of somebody."""
    now = found.after.record.people[person]
    was = found.record.people.get(person, now)
    for field in fields(now):
        before, after = getattr(was, field.name), getattr(now, field.name)
        if field.name == "values":
            names = (name for name in after if after[name] != before.get(name))
            yield from names
        elif before != after:
            yield f"{field.name} {_cell(before)} becomes {_cell(after)}"


def _cell(value: object) -> str:
    told = ", ".join(value) if isinstance(value, tuple) else value
    return escape(str(told)) or "nothing"


def _show_left(found: Foreseen) -> None:
    for person in found.plan.left:
        told = "Has left, and stays out until stafet join:"
        say(f"[yellow]{told}[/] {found.after.record.people[person].id}")


def _show_changes(found: Foreseen) -> None:
    record, zone = found.after.record, found.after.record.days.zone
    rows = [
        (
            day(zone.local(one.when)),
            one.kind,
            one.title,
            str(len(one.now.audience) or "") if one.now else "",
        )
        for one in found.plan.new
    ]
    if rows:
        table(("when", "kind", "new", "for"), rows)
    for moved in found.plan.moved:
        word = "[yellow]Changed:[/]" if moved.told else "[yellow]Follows:[/]"
        say(f"{word} {_moved(record, moved)}")
    for stay in found.plan.stays:
        when = day(zone.local(stay.starts))
        say(f"Stays: {escape(stay.title)} ({stay.occurrence}), {when}: {stay.why}")
    for gone in found.plan.gone:
        word = "Cancelled" if gone.told else "Gone"
        say(f"[red]{word}:[/] {_title(gone)}, {day(zone.local(gone.when))}")


def _show_mails(found: Foreseen) -> None:
    plan, record = found.plan, found.after.record
    now = plan.of("at once")
    if now:
        title = f"{len(now)} mails"
        table(("leaves", "to", "kind", "subject"), _mails(now, record), title=title)
    else:
        say("No mail is sent by this at once; stafet advance does what is due.")
    for mails, title in (
        (plan.of("later"), "In the days ahead, because of this"),
        (plan.of("no more"), "In the days ahead no more, because of this"),
    ):
        if rows := list(_mails(mails, record)):
            table(("leaves", "to", "kind", "subject"), rows, title=title)


def _mails(
    mails: Iterable[Mailed], record: Record
) -> Iterator[tuple[str, str, str, str]]:
    """Yield a row for each thing that is told at one time, with whom it is told to."""
    groups: dict[tuple[dt.datetime, str, str], list[PersonId]] = {}
    for one in mails:
        groups.setdefault((one.leaves, one.kind, one.subject), []).append(one.person)
    zone = record.days.zone
    for (leaves, kind, subject), people in sorted(groups.items()):
        yield day(zone.local(leaves)), _named(people, record), kind, subject


def _named(people: Sequence[PersonId], record: Record) -> str:
    if len(people) > FEW:
        return f"{len(people)} people"
    return ", ".join(sorted(record.people[one].id for one in people))


def _moved(record: Record, moved: Change) -> str:
    was, now = moved.was, moved.now
    if was is None or now is None:
        raise TypeError(moved)
    parts = [_times(record, was, now)] if _at(was) != _at(now) else []
    if was.place != now.place:
        places = (one.place or "no place" for one in (was, now))
        parts.append(escape(" becomes ".join(places)))
    for word, people in (("joins", moved.joining), ("leaves", moved.leaving)):
        parts += [f"{_named(people, record)} {word}"] if people else []
    parts += ["what was done for it is not done again"] if moved.begun else []
    parts += ["which undoes its move by command"] if moved.overrules else []
    return f"{_title(moved)}: {'; '.join(parts)}"


def _at(one: Appointment) -> tuple[dt.datetime, dt.datetime]:
    return one.starts, one.ends


def _times(record: Record, was: Appointment, now: Appointment) -> str:
    local = record.days.zone.local
    starts, ends = local(now.starts), local(now.ends)
    lasts = starts < ends and starts.date() == ends.date()
    until = f", {starts:%H:%M} to {ends:%H:%M}" if lasts else ""
    if was.starts == now.starts:
        return f"until {day(local(was.ends))} becomes until {day(ends)}"
    return f"{day(local(was.starts))} becomes {day(starts)}{until}"


def _title(change: Change) -> str:
    return escape(f"{change.title} ({change.occurrence})")
