"""Commands by which a coordinator writes to people, and people ask for a call."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from flows.commandline.context import InCohort, Now, cohort_of, installed, person_of
from flows.commandline.terminal import agrees, day, plain, refuse, say

if TYPE_CHECKING:
    from engine.letters.outgoing import Outgoing
    from engine.record import Record


def message(
    cohort: str,
    file: Path,
    *,
    to: Annotated[str, Parameter(help="Who, such as `mentees without a match`.")],
    subject: Annotated[
        str, Parameter(help="Of every language, where the file has none.")
    ] = "",
    yes: Annotated[bool, Parameter(negative="", help="Without asking.")] = False,
    now: Now = None,
) -> None:
    """Write to some of a cohort, after showing who they are and what they will read.

    FILE has a text a language: `en: {subject: …, text: …}`. It leaves in sending
    hours.

    Example: stafet message aarhus-leadership/2027 room.yaml --to "mentors, ugle"
    """
    from engine.commands.addressing import addressed
    from engine.commands.messaging import message as written
    from integrations.spec_files import read_message

    application = installed(now)
    which, moment = cohort_of(application, cohort), application.clock.now()
    standing = application.unit.standing(which)
    people = addressed(standing, to, now=moment)
    decide = partial(written, people=people, words=read_message(file, subject))
    _preview(standing.record, decide(standing, now=moment).mails)
    if not yes and not agrees("Send this?"):
        raise refuse("nothing was sent")
    application.unit.perform(which, partial(decide, now=moment), now=moment)
    say(f"[green]written to {len(people)}.[/] Next: stafet deliver")


def call_me(person: str, *, cohort: InCohort = None, now: Now = None) -> None:
    """Ask a participant's coordinator to call them; nobody else is told.

    Example: stafet call-me ugle
    """
    from engine.commands.calling import call_me as asked
    from engine.coordinators import coordinator_of

    application = installed(now)
    which = cohort_of(application, cohort)
    record = application.unit.standing(which).record
    one = person_of(record, person).person
    application.unit.perform(
        which, partial(asked, person=one), now=application.clock.now()
    )
    say(f"{coordinator_of(record, one).id} is asked to call {person}")


COMMANDS = (message, call_me)


def _preview(record: "Record", mails: "Sequence[Outgoing]") -> None:
    """Show who is written to, and what the first of each language will read.

    Not the links in its foot: they are the reader's own.
    """
    from integrations.mail.compose import plain as as_text

    names = [record.people[one.post.person] for one in mails]
    say(f"To {len(names)}: {', '.join(f'{one.name} ({one.id})' for one in names)}")
    first = {one.post.language: one for one in reversed(mails)}
    for language, one in sorted(first.items()):
        leaves = day(record.days.zone.local(one.not_before))
        reader = record.people[one.post.person].name
        say(f"\nIn {language}, as {reader} will read it; leaves {leaves}:")
        seen = replace(one.post, feed=None, call=None)
        plain(f"Subject: {seen.subject}\n\n{as_text(seen)}")
