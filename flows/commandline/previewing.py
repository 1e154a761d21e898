"""One person's year to come as a coordinator reads it, mail by mail."""

from pathlib import Path

from rich.markup import escape

from engine.commands.apply import Files
from engine.coordinators import answering
from engine.outbox import Stored
from engine.record import Record
from flows.commandline.rehearsing import emptied, progress
from flows.commandline.terminal import day, out, period, refuse, say, table
from flows.loading import load
from flows.rehearsal.preview import FEED, Preview, preview
from integrations.mail.reading import headers_of, opening_of

_LINES = 3


def run_preview(path: Path, named: str, *, seed: int, folder: Path | None) -> None:
    """Rehearse a cohort, print what reaches a person, and write it to a folder."""
    files = load(path)
    id_ = _id_of(files, named)
    if folder is not None:
        emptied(folder, own=("*.eml", FEED))
    with progress(files, prefect=False) as told:
        found = preview(files, id_, seed=seed, progress=told)
    show_preview(found)
    if folder is not None:
        found.write(folder)
        say(f"{len(found.mails)} mails and {FEED} are in [bold]{folder}[/]")


def show_preview(found: Preview) -> None:
    """Print the mails of a person, then what their calendar holds in the end."""
    record = found.rehearsed.record
    say(f"[bold]{found.person.id} in {record.id}[/]: {len(found.mails)} mails\n")
    for one in found.mails:
        _show_mail(record, one)
    rows = [
        (
            period(one.starts, one.ends),
            one.title,
            one.location.partition(",")[0],
            "" if one.status == "confirmed" else one.status,
        )
        for one in found.entries
    ]
    table(("when", "in the calendar", "place", "status"), rows)


def _show_mail(record: Record, one: Stored) -> None:
    payload, standing = one.message.payload, one.standing
    left = record.days.zone.local(standing.settled_at or standing.not_before)
    subject = escape(headers_of(payload).subject)
    out.print(f"{day(left)}  {standing.kind}: [bold]{subject}[/]", soft_wrap=True)
    for line in opening_of(payload, lines=_LINES):
        out.print(f"    {escape(line)}", soft_wrap=True)
    out.print()


def _id_of(files: Files, named: str) -> str:
    """Return the id of whoever has this id or address in the files."""
    everyone = (*files.people, *answering(files.frozen.cohort))
    for one in everyone:
        if named == one.id or named.lower() == one.email.lower():
            return one.id
    known = ", ".join(sorted(one.id for one in everyone))
    raise refuse(f"nobody has the id or the address {named!r}; known: {known}")
