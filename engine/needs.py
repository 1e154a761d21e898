"""What needs a coordinator: whose task it is, how urgent, and when they are told."""

import datetime as dt
from collections.abc import Iterator

from engine.coordinators import concerned, coordinators
from engine.dated import Task
from engine.facts import Noticed
from engine.ids import PersonId
from engine.record import Record

NEEDS_YOU = "needs-you"
"""The wording of the weekly list of what is open."""

CALL_ME = "call-me"

AT_ONCE = (
    CALL_ME,
    "match-declined",
    "find-match",
    "place-free",
    "too-few",
    "who-came",
    "approve-matches",
    "nominees-wait",
    "place-given-back",
    "undelivered",
    "task",
)
"""What cannot wait for the weekly mail, the most urgent first.

Somebody waits for it, or it is soon too late: an evaluation asks those who came.
"""


def open_tasks(record: Record, coordinator: PersonId) -> tuple[tuple[str, Task], ...]:
    """Return the open tasks of a coordinator, the most urgent first, then the oldest.

    A task is whose it is today: with the files, it goes over to who follows them.
    """
    found = [
        (name, task)
        for name, task in record.state.tasks.items()
        if coordinator in _whose(record, task)
    ]
    return tuple(sorted(found, key=lambda one: (_urgency(one[1]), one[1].at)))


def oldest_of_each(record: Record) -> dict[PersonId, dt.datetime]:
    """Return who has something open, and since when."""
    since: dict[PersonId, dt.datetime] = {}
    for task in record.state.tasks.values():
        for person in _whose(record, task):
            since[person] = min(task.at, since.get(person, task.at))
    return since


def is_call(notice: Noticed) -> bool:
    """Return whether a notice tells a coordinator of one task, which it is named by."""
    weekly = notice.wording == NEEDS_YOU
    return not weekly and notice.notice.startswith(f"{notice.wording}/")


def cannot_wait(notice: Noticed) -> bool:
    """Return whether a notice is of what a coordinator is to know today."""
    return is_call(notice) and notice.wording in AT_ONCE


def is_seen_to(notice: Noticed, record: Record) -> bool:
    """Return whether what a notice tells of is not its reader's to see to any more."""
    if notice.wording == NEEDS_YOU:
        return not open_tasks(record, notice.about or notice.person)
    if not is_call(notice):
        return False
    return notice.person not in coordinators(record) or not any(
        _tells(notice, task) for task in record.state.tasks.values()
    )


def _tells(notice: Noticed, task: Task) -> bool:
    raised = task.raised
    return (raised.wording, raised.occurrence, raised.match, raised.person) == (
        notice.wording,
        notice.occurrence,
        notice.match,
        notice.about,
    )


def _whose(record: Record, task: Task) -> Iterator[PersonId]:
    """Yield whose a task is; nobody's where the match that it is about came to nothing.

    That it came to nothing is itself one.
    """
    raised = task.raised
    match = record.state.matches.get(raised.match) if raised.match else None
    if match is None or not match.dissolved or raised.wording in AT_ONCE:
        yield from concerned(record, raised.match, raised.person)


def _urgency(task: Task) -> int:
    wording = task.raised.wording
    return AT_ONCE.index(wording) if wording in AT_ONCE else len(AT_ONCE)
