"""The weekly list of what is open: what it is, since when, and what to do about it."""

import shlex
from collections.abc import Iterable

from engine.dated import Task
from engine.letters.texts import Words
from engine.needs import NEEDS_YOU
from engine.posts import Section
from engine.record import Record

Open = tuple[str, Task, Section | None]
"""A task by name, and what it would be told as; None where that is gone."""


def listing(record: Record, words: Words, found: Iterable[Open]) -> Section:
    """Return the list as a section of a letter, in the order in which it is given."""
    rows = tuple(_row(record, words, one) for one in found)
    title = f"{NEEDS_YOU}.{'one' if len(rows) == 1 else 'title'}"
    return Section(
        title=words.get(title, count=str(len(rows))),
        paragraphs=(words.get(f"{NEEDS_YOU}.text"),),
        details=rows,
    )


def _row(record: Record, words: Words, one: Open) -> tuple[str, str]:
    """Return since when, and under each other what it is, who, and what to do."""
    name, task, told = one
    since = words.short(record.days.zone.local(task.at))
    who = [f"{label}: {value}" for label, value in told.details] if told else []
    wording = f"todo.{task.raised.wording}"
    todo = words.get(
        wording if words.has(wording) else "todo.settle",
        task=shlex.quote(name),
        cohort=record.id,
        occurrence=task.raised.occurrence or "",
    )
    label = words.get(f"{NEEDS_YOU}.since", date=since)
    return label, "\n".join((told.title if told else name, *who, todo))
