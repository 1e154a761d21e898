"""Commands over mail on its way: outbox list, show, retry, drop; all of it stopped."""

import sys
from typing import Annotated, Literal

from cyclopts import App, Parameter

from flows.commandline.context import Now, cohort_of, installed
from flows.commandline.letterbox import (
    COLUMNS,
    Letterbox,
    amount,
    show_outlook,
    tell_pause,
)
from flows.commandline.terminal import agrees, refuse, say, table

Plight = Literal["pending", "in-doubt", "dead", "all"]
Yes = Annotated[bool, Parameter(negative="", help="Without asking.")]

outbox = App(name="outbox", help="Look after mail on its way: list, show, retry, drop.")


def list_(
    *,
    status: Annotated[
        Plight | None, Parameter(help="These alone; `all` with what has arrived.")
    ] = None,
    cohort: Annotated[str | None, Parameter(help="Of this cohort alone.")] = None,
    now: Now = None,
) -> None:
    """List the mail that waits, that may have arrived, and that was refused for good.

    Example: stafet outbox list --status dead
    """
    from engine.commands.outbox import listed
    from engine.health import Plight as Known

    application = installed(now)
    asked: dict[Plight, Known | Literal["all"]] = {
        "pending": "pending",
        "in-doubt": "in doubt",
        "dead": "dead",
        "all": "all",
    }
    rows = listed(
        application.outbox,
        asked=asked[status] if status else None,
        cohort=cohort_of(application, cohort) if cohort else None,
        now=application.clock.now(),
    )
    letterbox = Letterbox(application.unit)
    if rows:
        table(COLUMNS, [letterbox.line(row) for row in rows])
    say(amount(len(rows)))
    tell_pause(application.outbox.paused())


def show(
    number: int,
    /,
    *,
    bytes_: Annotated[
        bool,
        Parameter(name="--bytes", negative="", help="The mail itself, as it is sent."),
    ] = False,
) -> None:
    """Show one message: to whom, where it has got to, and when it is next tried.

    Example: stafet outbox show 12
    """
    from engine.commands.outbox import found

    application = installed()
    stored = found(application.outbox, number)
    if bytes_:
        sys.stdout.flush()
        sys.stdout.buffer.write(stored.message.payload)
        sys.stdout.buffer.flush()
        return
    rows = Letterbox(application.unit).rows(stored)
    table(("message", str(number)), rows)


def retry(*numbers: int, now: Now = None) -> None:
    """Send messages again that are dead or in doubt: at once, and the same bytes.

    Example: stafet outbox retry 12 15
    """
    from engine.commands.outbox import retry as retried

    application = installed(now)
    retried(application.outbox, _some(numbers), now=application.clock.now())
    say(f"{amount(len(numbers))} may leave; next: stafet deliver")
    tell_pause(application.outbox.paused())


def drop(*numbers: int, yes: Yes = False, now: Now = None) -> None:
    """Give up messages that wait, are in doubt or dead; they are never sent again.

    Example: stafet outbox drop 12 15
    """
    from engine.commands.outbox import drop as dropped
    from engine.commands.outbox import to_drop

    application = installed(now)
    letterbox, moment = Letterbox(application.unit), application.clock.now()
    chosen = to_drop(application.outbox, _some(numbers), now=moment)
    table(COLUMNS, [letterbox.line(row) for row in chosen])
    unsure = ", ".join(str(row.number) for row in chosen if row.reached)
    if unsure:
        say(f"[yellow]May have arrived all the same:[/] {unsure}")
    if not yes and not agrees("Drop this?"):
        raise refuse("nothing was dropped")
    dropped(application.outbox, numbers, now=moment)
    say(f"{amount(len(numbers))} dropped")


def pause_mail(now: str | None) -> None:
    """Stop all mail at once, whoever delivers it; what is decided meanwhile waits."""
    application = installed(now)
    application.outbox.pause(now=application.clock.now())
    rows = application.outbox.outstanding()
    going = sum(row.status == "sending" for row in rows)
    say(f"mail is paused; {amount(sum(row.waits for row in rows))} waiting")
    if going:
        say(f"[yellow]{amount(going)} had all but left, and may still arrive[/]")
    say("Next: stafet outbox list, stafet resume --mail")


def resume_mail(now: str | None, *, yes: bool) -> None:
    """Show what would leave, ask, and let mail leave again."""
    from engine.commands.outbox import outlook

    application = installed(now)
    if application.outbox.paused() is None:
        say("mail is not paused")
        return
    seen = outlook(application.outbox, now=application.clock.now())
    show_outlook(seen, Letterbox(application.unit))
    if not yes and not agrees("Let mail leave again?"):
        raise refuse("mail stays paused")
    application.outbox.resume()
    say("mail leaves again; next: stafet deliver")


outbox.command(list_, name="list")
outbox.default(list_)
for command in (show, retry, drop):
    outbox.command(command)

COMMANDS = (outbox,)


def _some(numbers: tuple[int, ...]) -> tuple[int, ...]:
    if not numbers:
        raise refuse("no message is named; stafet outbox list shows their numbers")
    return numbers
