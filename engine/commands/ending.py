"""A match ends before its time, and nobody is to blame."""

import datetime as dt

from engine.commands.decision import Decision, RefusedError
from engine.commands.joining import telling
from engine.commands.parting import living_match, over
from engine.commands.standing import Standing
from engine.ids import MatchId, PersonId
from engine.matches import Match
from engine.record import Record

ENDED = "match-ended"
"""The wording in which each of them is told."""


def end(
    standing: Standing,
    *,
    match: MatchId,
    now: dt.datetime,
    person: PersonId | None = None,
) -> Decision:
    """End a match; each is told apart and in the same words, and nobody who asked.

    Who asked is not recorded either.

    Args:
        standing: The cohort.
        match: Which.
        now: When.
        person: Who of them asks for it; None where the coordinator ends it.

    Raises:
        RefusedError: If it is over, or is not for one of them to end.
    """
    record = standing.record
    found = living_match(record, match)
    if person is not None:
        _refuse(record, found, person)
    events = tuple(over(record, found, wording=ENDED))
    return telling(record, Decision(events=events), (), now=now)


def _refuse(record: Record, match: Match, person: PersonId) -> None:
    part = record.frozen.programme.matches[match.kind]
    if person not in match.people:
        raise RefusedError(f"{match.id} is no match of theirs", "see stafet status")
    if record.frozen.programme.changes.exit is None:
        raise RefusedError(
            "nothing says that one of them may end a match",
            "write `changes: {exit: without blame}`, or end it without --as",
        )
    if part.many and person in match.members.get(part.many, ()):
        raise RefusedError(
            f"{match.id} is not for one of many to end",
            "let them leave with stafet drop, or end it for all without --as",
        )
