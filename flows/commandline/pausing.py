"""Commands that stop something for a while: one person's part in it, or all mail."""

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from flows.commandline.changing import Asked, carried_out
from flows.commandline.context import InCohort, Now, local_day, person_of
from flows.commandline.mailing import pause_mail, resume_mail
from flows.commandline.terminal import refuse, say

if TYPE_CHECKING:
    import datetime as dt

    from engine.record import Record
    from flows.commandline.changing import Decide

Mail = Annotated[bool, Parameter(negative="", help="All mail of this installation.")]
Yes = Annotated[bool, Parameter(negative="", help="Without asking.")]


def pause(
    person: str | None = None,
    *,
    mail: Mail = False,
    until: Annotated[
        str | None, Parameter(help="The day on which they return.")
    ] = None,
    yes: Yes = False,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Let somebody be away for a while; or, with --mail, stop all mail at once.

    Example: stafet pause ugle --until 2028-04-03
    """
    if _is_of_mail(person, mail=mail, word="pause"):
        pause_mail(now)
        return
    from engine.commands.pausing import pause as paused

    def command(record: "Record", at: "dt.datetime") -> "Decide":
        who = person_of(record, person or "").person
        last = local_day(until, record) if until else None
        return lambda one: paused(one, person=who, until=last, now=at)

    carried_out(command, Asked(cohort=cohort, yes=yes, now=now))
    say(f"{person} is away; stafet resume brings them back")


def resume(
    person: str | None = None,
    *,
    mail: Mail = False,
    yes: Yes = False,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Let somebody come back; or, with --mail, let mail leave again.

    Example: stafet resume ugle
    """
    if _is_of_mail(person, mail=mail, word="resume"):
        resume_mail(now, yes=yes)
        return
    from engine.commands.pausing import resume as resumed

    def command(record: "Record", at: "dt.datetime") -> "Decide":
        who = person_of(record, person or "").person
        return lambda one: resumed(one, person=who, now=at)

    carried_out(command, Asked(cohort=cohort, yes=yes, now=now))
    say(f"{person} is back")


COMMANDS = (pause, resume)


def _is_of_mail(person: str | None, *, mail: bool, word: str) -> bool:
    """Return whether mail is meant; refuse where neither or both are."""
    if mail == (person is not None):
        raise refuse(f"write stafet {word} --mail, or whose: stafet {word} ugle")
    return mail
