"""Running a rehearsal from the command line: its progress, its files, its summary."""

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from engine.commands.apply import Files
from engine.commands.meetings import is_meeting
from engine.facts import Answered, Confirmed
from engine.spec.moments import LocalDate
from flows.commandline.terminal import err, out, refuse, say, table
from flows.loading import load
from flows.rehearsal.outputs import OUTPUTS, write_outputs
from flows.rehearsal.year import Rehearsed, rehearse, span

_DAY = dt.timedelta(days=1)
_END_OF_DAY = dt.time(23, 59)


def run_rehearsal(
    path: Path, folder: Path, *, until: str | None, seed: int, prefect: bool
) -> None:
    """Rehearse a cohort and write what came of it into a folder, emptied before."""
    files = load(path)
    stop = _stop(files, until)
    emptied(folder, own=OUTPUTS)
    with progress(files, prefect=prefect) as told:
        run = _with_prefect if prefect else rehearse
        rehearsed = run(
            files, mail=folder / "mail", seed=seed, until=stop, progress=told
        )
    write_outputs(rehearsed, folder)
    _summary(rehearsed, path, folder)


def _with_prefect(
    files: Files,
    *,
    mail: Path,
    seed: int,
    until: dt.datetime | None,
    progress: Callable[[dt.datetime], None],
) -> Rehearsed:
    """Rehearse through Prefect, or without it and say so."""
    from flows.rehearsing import rehearse_with_prefect

    driven = rehearse_with_prefect(
        files, mail=mail, seed=seed, until=until, progress=progress
    )
    if driven.trouble:
        err.print(f"[yellow]went on without Prefect:[/] {escape(driven.trouble)}")
    return driven.rehearsed


def _stop(files: Files, until: str | None) -> dt.datetime | None:
    """Return the last minute of a date where the cohort is."""
    if until is None:
        return None
    return files.frozen.days.zone.at(LocalDate.parse(until).date, _END_OF_DAY)


def emptied(folder: Path, *, own: Collection[str]) -> None:
    """Make a folder, or empty it of what we wrote before; touch nobody else's files.

    Args:
        folder: Which.
        own: What our files are called, as patterns.
    """
    within = sorted(folder.iterdir()) if folder.exists() else []
    ours = [path for path in within if any(map(path.match, own))]
    strangers = [path.name for path in within if path not in ours]
    if strangers:
        raise refuse(
            f"{folder} holds other files ({strangers[0]}); choose another folder with"
            " --out"
        )
    for path in ours:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def progress(files: Files, *, prefect: bool) -> Iterator[Callable[[dt.datetime], None]]:
    """Show how far the year has got, on a terminal or in a log."""
    first, last = span(files)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=err,
        transient=True,
    )
    with bar:
        waiting = "starting Prefect" if prefect else "starting"
        task = bar.add_task(waiting, total=(last - first) / _DAY)

        def told(moment: dt.datetime) -> None:
            bar.update(
                task,
                completed=(moment - first) / _DAY,
                description=f"rehearsing {files.id}, {moment:%B %Y}",
            )

        yield told


def _summary(rehearsed: Rehearsed, path: Path, folder: Path) -> None:
    """Print what happened in the year, the page to open and what to try next."""
    record, facts = rehearsed.record, [one.event for one in rehearsed.facts]
    zone = record.days.zone
    statuses = rehearsed.app.outbox.standings()
    kinds = Counter(one.kind for one in statuses if one.status == "sent")
    living = [one for one in record.state.matches.values() if not one.dissolved]
    declined = sum(isinstance(one, Confirmed) and not one.agrees for one in facts)
    held = sum(1 for one, _ in record.state.held.values() if one)
    told = sum(1 for one in record.state.announced if is_meeting(record, one))
    rows = [
        ("from", f"{zone.local(rehearsed.began):%A %d %B %Y}"),
        ("to", f"{zone.local(rehearsed.ended):%A %d %B %Y}"),
        ("people", str(len(record.participants))),
        ("matches", f"{len(living)} agreed, {declined} declined on the way"),
        ("meetings", f"{held} held of {told}"),
        ("answers", str(sum(isinstance(one, Answered) for one in facts))),
        ("mails", ", ".join(f"{n} {kind}s" for kind, n in sorted(kinds.items()))),
        ("left for you", f"{len(record.state.tasks)} tasks"),
    ]
    table(("the year", f"of {record.id}, played by invented manners"), rows)
    say(f"Open    [bold]{folder / 'report.html'}[/]")
    called = "stafet" if shutil.which("stafet") else ".venv/bin/stafet"
    out.print(f"Next    [bold]{called} timeline {path}[/]", soft_wrap=True)
