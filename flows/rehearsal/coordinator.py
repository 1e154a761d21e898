"""What the coordinator of a rehearsal does about a task."""

import datetime as dt
from collections.abc import Iterator, Mapping

from engine.commands.matching import approve
from engine.commands.meetings import attend
from engine.facts import Raised
from engine.ids import OccurrenceId, PersonId
from engine.record import COORDINATOR, Record
from flows.rehearsal.chance import Chance
from flows.rehearsal.reactions import Reaction


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
            command=lambda now: attend(now, occurrence=occurrence, came=came),
        )


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
