"""Which matches break a rule that they kept, now that people are told otherwise of."""

from collections.abc import Iterator

from engine.commands.announcing import call
from engine.commands.proposing import problem
from engine.facts import Event, Settled
from engine.ids import MatchId
from engine.matches import Match
from engine.matching import Breach, check
from engine.record import Record

UNFIT = "no-longer-fits"
"""The wording of the task to choose what becomes of a match."""


def rechecked(before: Record, after: Record) -> tuple[Event, ...]:
    """Return a task for each match that newly breaks a rule; its end where none is.

    Nothing else happens: somebody may know why it is right as it is. A rule that was
    broken before was looked at then, and is not told of again.
    """
    known, broken = breaches(before), breaches(after)
    raised = [
        call(after, UNFIT, subject=match, match=match)
        for match, found in broken.items()
        if found - known.get(match, frozenset())
    ]
    mended = [
        Settled(task=name)
        for name, task in after.state.tasks.items()
        if task.raised.wording == UNFIT and task.raised.match not in broken
    ]
    return (*mended, *(event for events in raised for event in events))


def breaches(record: Record) -> dict[MatchId, frozenset[Breach]]:
    """Return the rules that running matches break, by match; not those that break none.

    What only all matches of a kind show together, such as one exception too many,
    counts for each match of whom it concerns.
    """
    found: dict[MatchId, frozenset[Breach]] = {}
    for kind in record.frozen.programme.matches:
        running = [one for one in record.state.matches.values() if _runs(one, kind)]
        if running:
            asked = problem(record, kind, ignore_matches=True)
            for breach in check(asked, [one.members for one in running]):
                for match in _concerned(breach, running):
                    found[match] = found.get(match, frozenset()) | {breach}
    return found


def _runs(match: Match, kind: str) -> bool:
    return match.kind == kind and not match.dissolved


def _concerned(breach: Breach, running: list[Match]) -> Iterator[MatchId]:
    """Yield the match of a breach: the one of them all, or each of any of them."""
    everyone = set(breach.people)
    whole = [one.id for one in running if everyone <= set(one.people)]
    yield from whole or [one.id for one in running if everyone & set(one.people)]
