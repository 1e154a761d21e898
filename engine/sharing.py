"""Who holds a gathering that two cohorts share, and through which of the two.

The closing of one cohort may be the kick-off of the next, and one calendar entry.
Whoever is asked to both has it as the earlier cohort tells it, until they are taken off
it there.
"""

import datetime as dt
from dataclasses import dataclass, replace

from engine.dated import Announcement
from engine.facts import Announced
from engine.ids import PersonId
from engine.record import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Sharing:
    """A cohort that takes over, and what it told of the gathering that is in both."""

    record: Record
    told: Announced


def told_by_previous(record: Record, told: Announced) -> frozenset[PersonId]:
    """Return who holds this gathering through the cohort that hands over to this."""
    theirs = _of_previous(record, told)
    if theirs is None or theirs.cancelled:
        return frozenset()
    return frozenset(theirs.audience)


def taken_over(record: Record, told: Announced, *, now: dt.datetime) -> Sharing | None:
    """Return the same gathering of the next cohort, if people are still asked to it.

    Args:
        record: The cohort that hands over.
        told: What it is about to tell; the next cohort knows of it there.
        now: When. Nobody is invited to what has begun.
    """
    theirs = _of_following(record, told)
    if theirs is None or theirs.told.cancelled or theirs.told.starts <= now:
        return None
    at = Announcement(at=now, told=told)
    announced = {**record.state.announced, told.occurrence: at}
    known = replace(record.state, announced=announced)
    beside = replace(theirs.record, earlier=(known, *record.earlier))
    return replace(theirs, record=beside)


def sequence_of(record: Record, told: Announced, person: PersonId) -> int:
    """Return the SEQUENCE of a person's entry; it rises where that changes hands.

    Whoever was taken off it in the last cohort has a cancelled one of the same UID, so
    that the one of this cohort begins beyond that.
    """
    own = told.sequence + told.extra.get(person, 0)
    theirs = _of_previous(record, told)
    if theirs is None:
        return own
    off = person in theirs.audience if theirs.cancelled else person in theirs.withdrawn
    return own + theirs.sequence + theirs.extra.get(person, 0) + 1 if off else own


def sequence_beyond(record: Record, told: Announced, person: PersonId) -> int:
    """Return the first SEQUENCE above what the next cohort told somebody of it."""
    theirs = _of_following(record, told)
    if theirs is None or person not in {*theirs.told.audience, *theirs.told.withdrawn}:
        return 0
    return sequence_of(theirs.record, theirs.told, person) + 1


def _of_previous(record: Record, told: Announced) -> Announced | None:
    shared = record.state.allocated[told.occurrence].shared
    if shared is None or record.previous is None:
        return None
    theirs = record.previous.announced.get(shared[1])
    return theirs.told if theirs else None


def _of_following(record: Record, told: Announced) -> Sharing | None:
    following = record.following
    if following is None:
        return None
    for allocated in following.state.allocated.values():
        theirs = following.state.announced.get(allocated.occurrence)
        if allocated.shared == (record.id, told.occurrence) and theirs is not None:
            earlier = (record.state, *record.earlier)
            beside = replace(following, earlier=earlier)
            return Sharing(record=beside, told=theirs.told)
    return None
