"""Who comes to belong to an audience, and is told what the others were told."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace

from engine.commands.decision import Decision
from engine.commands.reannouncing import told_to
from engine.facts import Event
from engine.ids import PersonId
from engine.people import Participant
from engine.record import Record, grown_by
from engine.timeline.kinds import compile_timeline


def telling(
    record: Record,
    decision: Decision,
    people: Collection[PersonId],
    *,
    now: dt.datetime,
) -> Decision:
    """Return a decision, and that people are told of what they now belong to.

    What was announced to an audience that they have come into they get as well, and
    nobody else hears of it. What they belong to no more is taken back.
    """
    after = grown(record, decision.events, people=decision.people, now=now)
    wanted = compile_timeline(after, filed_after=now)
    announcings = tuple(told_to(people, after, wanted, now=now))
    return replace(
        decision,
        events=(*decision.events, *(one.told for one in announcings)),
        mails=(*decision.mails, *(mail for one in announcings for mail in one.mails)),
    )


def grown(
    record: Record,
    events: Sequence[Event],
    *,
    now: dt.datetime,
    people: Sequence[Participant] = (),
) -> Record:
    """Return a record after events, with rows beside them."""
    after = grown_by(record, events, now=now)
    rows = {one.person: one for one in people}
    return replace(after, people={**record.people, **rows})
