"""Commands that say what files would do, and put them into force."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from engine.ids import OccurrenceId
from flows.commandline.context import (
    InCohort,
    Now,
    cohort_of,
    installed,
    local_instant,
)
from flows.commandline.specs import AsJson
from flows.commandline.terminal import agrees, plain, refuse, say, table

if TYPE_CHECKING:
    from engine.commands.apply import Files
    from engine.commands.decision import Decision
    from engine.commands.standing import Standing
    from engine.documents import Document
    from flows.wiring import App

MoveBooked = Annotated[
    bool,
    Parameter(
        negative="",
        help="Where the kick-off moves, booked meetings go along, each to an open day.",
    ),
]
Yes = Annotated[bool, Parameter(negative="", help="Without asking.")]


def plan(
    cohort: Path,
    *,
    out: Annotated[Path | None, Parameter(help="Write it to this file too.")] = None,
    json_: AsJson = False,
    move_booked: MoveBooked = False,
    now: Now = None,
) -> None:
    """Show what applying a cohort's files would do; nothing is recorded.

    By date and by person, beside what the next 14 days bring in any case.

    Example: stafet plan specs/aarhus-leadership/cohorts/2027.yaml
    """
    from engine.plan_document import plan_document
    from flows.commandline.plans import foreseen, show_in_full
    from flows.loading import load

    application, files = installed(now), load(cohort)
    moment = application.clock.now()
    found = foreseen(application.unit, files, now=moment, move_booked=move_booked)
    document = plan_document(found.after.record, found.plan, now=moment)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    if out is not None:
        out.write_text(f"{text}\n", encoding="utf-8")
    if json_:
        plain(text)
        return
    show_in_full(application.unit, found, now=moment)
    if not found.plan.empty:
        along = " --move-booked" * move_booked
        named = out or found.plan.name
        plain(f"To do just this: stafet apply {cohort}{along} --plan {named}")


def apply(
    cohort: Path,
    *,
    yes: Yes = False,
    plan_: Annotated[
        str,
        Parameter(
            name="--plan",
            help="Without asking, if it would do just what this plan says: its name,"
            " or the file that it was written to.",
        ),
    ] = "",
    move_booked: MoveBooked = False,
    now: Now = None,
) -> None:
    """Put a cohort's files into force, after showing what that would do.

    Example: stafet apply specs/aarhus-leadership/cohorts/2027.yaml
    """
    from flows.loading import load

    application, files = installed(now), load(cohort)
    put_into_force(application, files, yes=yes, plan_=plan_, move_booked=move_booked)


def put_into_force(
    application: "App",
    files: "Files",
    *,
    yes: bool,
    plan_: str = "",
    move_booked: bool = False,
) -> None:
    """Show what files would do, ask, and put them into force."""
    from engine.commands.apply import apply as applied
    from engine.plan_document import plan_document
    from flows.commandline.plans import foreseen, show_application

    moment = application.clock.now()
    found = foreseen(application.unit, files, now=moment, move_booked=move_booked)
    show_application(application.unit, found, now=moment)
    if found.plan.empty:
        # Killed before, it may have left undone what the last cohort is to know.
        applied(application.unit, files, now=moment)
        return
    named = _named(plan_, plan_document(found.after.record, found.plan, now=moment))
    if not (yes or named) and not agrees("Put this into force?"):
        raise refuse("nothing was recorded")
    said_yes = named or ("" if yes else found.plan.name)
    unit = application.unit
    applied(unit, files, now=moment, planned=said_yes, move_booked=move_booked)
    say(f"[green]{files.id} is in force.[/] Next: stafet advance, stafet deliver")


def reached(occurrence: str, *, cohort: InCohort = None, now: Now = None) -> None:
    """List who may not have seen the latest of something, with their phone numbers.

    Whoever has not answered since it changed is on the list, and whoever the mail about
    it has not left for.

    Example: stafet reached workshop-2
    """
    from engine.reached import unreached

    application = installed(now)
    which = cohort_of(application, cohort)
    record = application.unit.standing(which).record
    one = OccurrenceId(occurrence)
    if one not in record.state.announced:
        raise refuse(f"nobody was told of {occurrence}; see stafet timeline")
    # Somebody may have got it through the cohort with which this one shares it.
    found = unreached(record, one, application.outbox.standings())
    if not found:
        say("everybody has got it, and has answered")
        return
    rows = [
        (
            record.people[each.person].name,
            record.people[each.person].phone or "no number",
            each.mail,
            "answered" if each.answered else "has not answered",
        )
        for each in found
    ]
    table(("who", "phone", "mail", "answer"), sorted(rows), title=occurrence)


def move(
    occurrence: str,
    when: str,
    *,
    place: Annotated[
        str | None, Parameter(help="Elsewhere too: a venue, or in your words.")
    ] = None,
    yes: Yes = False,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Move a gathering, or a meeting on planned days, after showing who is told.

    It holds until the files give another date than they do now.

    Example: stafet move workshop-2 "2028-05-31 13:00"
    """
    from engine.commands.moving import reschedule
    from flows.commandline.consenting import consented

    application = installed(now)
    which, moment = cohort_of(application, cohort), application.clock.now()
    record = application.unit.standing(which).record
    starts = local_instant(when, record)

    def decide(one: "Standing") -> "Decision":
        id_ = OccurrenceId(occurrence)
        return reschedule(one, occurrence=id_, starts=starts, place=place, now=moment)

    agreed = consented(application, which, decide, now=moment, yes=yes)
    application.unit.perform(which, agreed, now=moment)


def cancel(
    occurrence: str, *, yes: Yes = False, cohort: InCohort = None, now: Now = None
) -> None:
    """Call a gathering off, or a meeting on planned days, after showing who is told.

    Nothing else moves, and nobody is asked about it afterwards.

    Example: stafet cancel workshop-2
    """
    from engine.commands.moving import call_off
    from flows.commandline.consenting import consented

    application = installed(now)
    which, moment = cohort_of(application, cohort), application.clock.now()
    id_ = OccurrenceId(occurrence)
    agreed = consented(
        application,
        which,
        lambda one: call_off(one, occurrence=id_, now=moment),
        now=moment,
        yes=yes,
    )
    application.unit.perform(which, agreed, now=moment)


COMMANDS = (plan, apply, move, cancel, reached)


def _named(plan_: str, today: "Document") -> str:
    """Return the name of a plan; of one in a file, say first in what it differs."""
    from engine.plan_document import differing

    path = Path(plan_)
    if not (plan_ and path.is_file()):
        return plan_
    try:
        shown: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        name, lines = str(shown["name"]), list(differing(shown, today))
    except (ValueError, KeyError, TypeError):
        raise refuse(f"{path} is no plan; write one with stafet plan --out") from None
    for line in lines if name != today["name"] else ():
        plain(f"Since {path}: {line}")
    return name
