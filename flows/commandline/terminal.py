"""What the command line shows, and how it ends."""

import datetime as dt
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

out = Console(highlight=False)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class ExitError(SystemExit):
    """The end of a command that could not do what was asked."""


def say(text: str = "") -> None:
    """Print a line, with rich's markup."""
    out.print(text)


def plain(text: str) -> None:
    """Print text as it is: for pipes, and for what is not ours to mark up."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def agrees(question: str) -> bool:
    """Ask, and return whether the answer is yes; silence is no."""
    from rich.prompt import Confirm

    try:
        return Confirm.ask(question, default=False)
    except EOFError:
        say()
        return False


def refuse(text: str) -> ExitError:
    """Print what is wrong and return the exit to raise."""
    err.print(escape(text))
    return ExitError(1)


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = ""
) -> None:
    """Print rows under headings; text of cells is never markup."""
    shown = Table(title=title or None, title_justify="left", header_style="bold")
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(escape(cell) for cell in row))
    out.print(shown)


def day(local: dt.datetime) -> str:
    """Return a date with its weekday and time, short enough for a table."""
    return f"{local:%a %Y-%m-%d %H:%M}"


def period(starts: dt.datetime, ends: dt.datetime) -> str:
    """Return the day and times of one day, or the first and the last of several."""
    if starts == ends:
        return f"{starts:%a %Y-%m-%d}"
    if starts.date() == ends.date():
        return f"{starts:%a %Y-%m-%d %H:%M}-{ends:%H:%M}"
    return f"{starts:%a %Y-%m-%d} to {ends:%m-%d}"
