"""What of a rehearsed year reaches one person: their mails, and their calendar."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.commands.apply import Files
from engine.entries import Entry
from engine.letters.entries import feed_entries
from engine.outbox import Stored
from engine.people import Participant
from flows.rehearsal.year import Progress, Rehearsed, rehearse
from flows.wiring import feed_of, label_of
from integrations.mail.files import FileMailer

FEED = "feed.ics"


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What reaches a person in a rehearsed year.

    Attributes:
        mails: In the order in which they left.
        entries: What is in their calendar at the end, by date; what is off as well.
    """

    rehearsed: Rehearsed
    person: Participant
    mails: Sequence[Stored]
    entries: Sequence[Entry]

    def write(self, folder: Path) -> None:
        """Write the mails and the feed as they would leave."""
        record = self.rehearsed.record
        mailer = FileMailer(folder, label=label_of(lambda: record))
        for one in self.mails:
            mailer.begin(one.message).finish()
        (folder / FEED).write_bytes(feed_of([record], self.person.person))


def preview(
    files: Files, id_: str, *, seed: int, progress: Progress = lambda _moment: None
) -> Preview:
    """Rehearse a cohort's year, and keep what reaches the person with this id."""
    with TemporaryDirectory(prefix="stafet-") as folder:
        rehearsed = rehearse(files, mail=Path(folder), seed=seed, progress=progress)
    person = rehearsed.record.participant(id_)
    if person is None:
        raise LookupError(id_)
    outbox = rehearsed.app.outbox
    theirs = [
        one.number
        for one in outbox.standings(files.id)
        if one.recipient == person.person and one.status == "sent"
    ]
    mails = [one for one in map(outbox.find, theirs) if one is not None]
    entries = feed_entries(rehearsed.record, person.person)
    return Preview(
        rehearsed=rehearsed,
        person=person,
        mails=sorted(mails, key=_left),
        entries=sorted(entries, key=lambda one: one.starts),
    )


def _left(one: Stored) -> dt.datetime:
    return one.standing.settled_at or one.standing.not_before
