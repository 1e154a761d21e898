"""Whether a calendar shows what its owner takes part in, and nothing else."""

from collections.abc import Mapping, Sequence

from engine.commands.standing import Standing
from engine.ids import PersonId
from tests.simulation.calendars import Shown
from tests.simulation.tracing import ViolationError


def shows_only_theirs(
    person: PersonId, standings: Sequence[Standing], feed: Mapping[str, Shown]
) -> None:
    """Hold a feed against the audiences of all that was announced."""
    shown = {uid for uid, entry in feed.items() if not entry.cancelled}
    theirs = {
        standing.record.uid(known.told.occurrence)
        for standing in standings
        for known in standing.record.state.announced.values()
        if person in known.told.audience and not known.told.cancelled
    }
    if shown != theirs:
        words = f"{person} sees {sorted(shown - theirs)}, not {sorted(theirs - shown)}"
        raise ViolationError("agree", words)


def has_its_audience(standing: Standing) -> None:
    """Hold the audiences of a timeline against what was announced."""
    for known in standing.record.state.announced.values():
        told, one = known.told, standing.timeline.occurrences.get(known.told.occurrence)
        if told.cancelled or one is None:
            continue
        if set(one.slot.audience) != set(told.audience):
            words = f"{one.slot.audience} take part, {told.audience} were told"
            raise ViolationError("agree", f"{told.occurrence}: {words}")


def stays_with_nobody_else(
    standings: Sequence[Standing], mailed: Mapping[tuple[PersonId, str], Shown]
) -> None:
    """Hold what was last mailed about something against whom it is for by now.

    Whoever left was told so, unless it was too late to write to anybody. Two cohorts
    may share a gathering, and then either may have told.
    """
    theirs: dict[str, set[PersonId]] = {}
    too_late: set[str] = set()
    for standing in standings:
        for known in standing.record.state.announced.values():
            told, uid = known.told, standing.record.uid(known.told.occurrence)
            concerned = (*told.audience, *told.withdrawn)
            theirs.setdefault(uid, set()).update(concerned)
            if told.starts <= known.at:
                too_late.add(uid)
    for (person, uid), shown in mailed.items():
        left = person not in theirs.get(uid, ()) and uid not in too_late
        if left and not shown.cancelled:
            raise ViolationError("agree", f"{person} still has {shown}")
