"""What the coordinator of a rehearsal does about a task."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial

from engine.commands.matching import approve
from engine.commands.meetings import attend
from engine.commands.tasks import settle
from engine.facts import Raised
from engine.ids import OccurrenceId, PersonId
from engine.needs import open_tasks
from engine.record import COORDINATOR, Record
from flows.rehearsal.chance import Chance
from flows.rehearsal.reactions import Reaction

_CALLED = ("no-agreement", "no-answer-on-match", "silent-match", "task")
"""Tasks about which there is nothing to do here but to call, or to do them."""


def called(
    chance: Chance, record: Record, raised: Raised, at: dt.datetime
) -> Iterator[Reaction]:
    """Yield what the coordinator does about a task, the next working day."""
    acts = record.days.sending(at + dt.timedelta(hours=26))
    if raised.wording in ("approve-matches", "match-declined"):
        yield Reaction(at=acts, actor=COORDINATOR, command=approve)
    if raised.wording == "who-came" and raised.occurrence is not None:
        came = _came(chance, record, raised.occurrence)
        occurrence = raised.occurrence
        yield Reaction(
            at=acts,
            actor=COORDINATOR,
            command=partial(attend, occurrence=occurrence, came=came, now=acts),
        )


def read_list(record: Record, reader: PersonId, at: dt.datetime) -> Iterator[Reaction]:
    """Yield what a coordinator does about the weekly list: calls, the next working day.

    Not what they have a command for, which they use as soon as they are told.
    """
    acts = record.days.sending(at + dt.timedelta(hours=25))
    for name, task in open_tasks(record, reader):
        if task.raised.wording in _CALLED:
            command = partial(settle, task=name)
            yield Reaction(at=acts, actor=COORDINATOR, command=command)


def _came(
    chance: Chance, record: Record, occurrence: OccurrenceId
) -> Mapping[PersonId, bool]:
    state = record.state
    declined = {
        person
        for (one, person), said in state.replies.items()
        if one == occurrence and said.answer == "declined"
    }
    return {
        person: person not in declined
        and not chance.happens(0.05, "is away", person, occurrence)
        for person in state.announced[occurrence].told.audience
    }
