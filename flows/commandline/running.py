"""Commands that make a year run: advance, deliver, status, rehearse, serve."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

from cyclopts import Parameter

from engine.commands.standing import Standing
from engine.dated import Task
from engine.health import Health, Plight, health
from engine.ids import CohortId
from engine.record import Record, ids_of
from flows.commandline.context import Now, cohort_of
from flows.commandline.context import installed as installed_app
from flows.commandline.letterbox import span, tell_pause
from flows.commandline.terminal import day, refuse, say, table

if TYPE_CHECKING:
    from flows.wiring import App


def advance(cohort: str | None = None, *, now: Now = None) -> None:
    """Do what is due, once: of one cohort, or of every recorded one.

    Example: stafet advance
    """
    from engine.commands.advance import advance as advanced

    application = installed_app(now)
    moment = application.clock.now()
    if cohort is None:
        due = application.unit.store.due(moment)
    else:
        due = (cohort_of(application, cohort),)
    done = [
        action for one in due for action in advanced(application.unit, one, now=moment)
    ]
    for action in done:
        say(f"did {action}")
    say(f"{len(done)} actions done; {len(due)} cohorts had something due")


def deliver(
    *,
    folder: Annotated[
        Path | None, Parameter(help="Write the mail here instead of sending it.")
    ] = None,
    now: Now = None,
) -> None:
    """Send the mail that may leave, through the relay of the settings.

    Example: stafet deliver --folder out/mail
    """
    from flows.sending import send_mail
    from integrations.mail.files import FileMailer

    application = installed_app(now)
    tell_pause(application.outbox.paused())
    mailer = FileMailer(folder, label=lambda one: one.recipient) if folder else None
    found, told = send_mail(application, mailer)
    say(
        f"{found.sent} sent, {found.retried} to try again, {found.dead} refused, "
        f"{found.in_doubt} in doubt"
    )
    if told:
        say(f"[yellow]{told} mails were refused for good: see stafet status[/]")
    if found.unreachable:
        raise refuse(
            f"the mail relay cannot be reached ({found.unreachable}); nothing is lost,"
            " run stafet deliver again"
        )


def status(*, now: Now = None) -> None:
    """Show every cohort: its phase, when something is next due, what needs a person.

    Example: stafet status
    """
    application = installed_app(now)
    moment = application.clock.now()
    found = health(application.unit.store, application.outbox, now=moment)
    rows, tasks = [], []
    for cohort in application.unit.store.cohorts():
        standing = application.unit.standing(cohort)
        zone = standing.record.days.zone
        next_due = application.unit.store.next_due(cohort)
        rows.append(
            (
                cohort,
                ", ".join(_phases(standing, moment)) or "between phases",
                day(zone.local(next_due)) if next_due else "nothing",
                str(len(standing.record.state.tasks) or ""),
                *_plights(found, cohort),
            )
        )
        tasks += [
            (cohort, day(zone.local(one.at)), name, _who(standing.record, one))
            for name, one in standing.record.state.tasks.items()
        ]
    table(("cohort", "phase", "next due", "needs you", *get_args(Plight)), rows)
    if tasks:
        table(("cohort", "since", "needs a person", "about"), tasks)
    _show_outbox(application)
    _show_health(found)


def rehearse(
    cohort: Path,
    *,
    out: Path,
    until: Annotated[str | None, Parameter(help="Stop at this date.")] = None,
    seed: Annotated[int, Parameter(help="Another seed, other people's whims.")] = 1,
    prefect: Annotated[
        bool, Parameter(negative="", help="Through the Prefect flows.")
    ] = False,
) -> None:
    """Live through a whole year in seconds; nothing is sent or recorded.

    Example: stafet rehearse specs/aarhus-leadership/cohorts/2027.yaml --out out/x
    """
    from flows.commandline.rehearsing import run_rehearsal

    if not cohort.is_file():
        raise refuse(f"{cohort}: there is no such file")
    run_rehearsal(cohort, out, until=until, seed=seed, prefect=prefect)


def serve(
    *,
    port: Annotated[int, Parameter(help="On this machine alone.")] = 8000,
) -> None:
    """Serve calendar feeds and the pages that personal links lead to.

    Example: stafet serve
    """
    from flows.serving import serve_pages

    say(f"serving http://localhost:{port}; stop with Ctrl-C")
    serve_pages(installed_app(), port=port)


COMMANDS = (advance, deliver, status, rehearse, serve)


def _phases(standing: Standing, now: dt.datetime) -> list[str]:
    return [
        one.phase for one in standing.timeline.phases if one.starts <= now <= one.ends
    ]


def _who(record: Record, task: Task) -> str:
    """Return whom a task is about, in ids of the participants file."""
    match, person = task.raised.match, task.raised.person
    people = record.state.matches[match].people if match else ()
    return ", ".join(ids_of((person,) if person else people, record))


def _show_outbox(application: "App") -> None:
    counts: dict[str, int] = {}
    for one in application.outbox.standings():
        counts[one.status] = counts.get(one.status, 0) + 1
    told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    say(f"mail: {told or 'none'}")


def _plights(found: Health, cohort: CohortId) -> list[str]:
    counts = found.mail.get(cohort)
    return [str(counts[one] or "") if counts else "" for one in get_args(Plight)]


def _show_health(found: Health) -> None:
    if found.overdue:
        mark = "red" if found.overdue.alarming else "yellow"
        say(
            f"[{mark}]the oldest due action is {span(found.overdue.late)} late[/] "
            f"({found.overdue.cohort}); to do it: stafet advance"
        )
    tell_pause(found.paused)
