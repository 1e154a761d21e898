"""Who of a pair or trio is told what, when somebody leaves, changes places or pauses.

Worked out from the facts before it, and not by the code that does it.
"""

import datetime as dt

from engine.ids import MatchId
from tests.mishaps.before import Before
from tests.mishaps.telling import Told, about, each, merged


def left(before: Before, id_: str) -> Told:
    """Return what is told when somebody leaves."""
    return merged(
        each((id_,), "letter farewell", *about("cancellation", before.ahead(id_))),
        _each_other(before, id_, "letter partner-left"),
        *(_lost(before, match, id_) for match in before.matches(id_)),
    )


def transferred(before: Before, id_: str) -> Told:
    """Return what is told where they leave, and where they come."""
    return merged(left(before, id_), each((id_,), "letter welcome"))


def replaced(before: Before, id_: str, new: str) -> Told:
    """Return what is told when somebody new takes a place."""
    match = before.match(id_)
    booked = before.booked(match)
    return merged(
        each((id_,), "letter place-given", *about("cancellation", booked)),
        each((new,), "letter match-joined", *about("invitation", booked)),
        _who_stay(before, match, id_),
    )


def swapped(before: Before, one: str, other: str) -> Told:
    """Return what is told when two change places."""
    return merged(_changes(before, one, other), _changes(before, other, one))


def _changes(before: Before, id_: str, other: str) -> Told:
    """Return what is told of one who gives their place to another, and gets theirs."""
    own, theirs = before.match(id_), before.match(other)
    asked = before.asked_to_book(theirs) and id_ in before.bookers
    return merged(
        each((id_,), "letter match-joined", "letter place-given"),
        each((id_,) if asked else (), "letter book-meeting"),
        each((id_,), *about("cancellation", before.booked(own))),
        each((id_,), *about("invitation", before.booked(theirs))),
        _who_stay(before, own, id_),
    )


def _who_stay(before: Before, match: MatchId, id_: str) -> Told:
    """Return what the others are told: of what they have booked, whom they meet."""
    booked = about("update", before.booked(match))
    return each(before.others(id_, match), "letter match-changed", *booked)


def ended(before: Before, id_: str) -> Told:
    """Return what is told when a match ends."""
    match = before.match(id_)
    off = about("cancellation", before.booked(match))
    return merged(
        each((id_, *before.others(id_, match)), "letter match-ended", *off),
        _lost(before, match, id_),
    )


def _lost(before: Before, match: MatchId, id_: str) -> Told:
    """Return that whoever answers for one of them is to find another match."""
    people = (*before.others(id_, match), id_)
    return each(before.office(*people), "letter find-match")


def away(before: Before, id_: str, *, until: dt.timedelta | None = None) -> Told:
    """Return what is told when somebody goes on leave, of what begins meanwhile."""
    missed = before.until(until, before.ahead(id_))
    return merged(
        each((id_,), "letter pausing", *about("cancellation", missed)),
        _each_other(before, id_, "letter partner-pauses", until=until),
    )


def back(before: Before, id_: str, role: str) -> Told:
    """Return what is told when somebody is back."""
    gatherings = about("invitation", before.coming(id_, role))
    asked = [match for match in before.matches(id_) if before.asked_to_book(match)]
    return merged(
        each((id_,), "letter welcome-back", *gatherings),
        *(each((id_,), "letter book-meeting") for _ in asked),
        each(before.others(id_), "letter partner-back"),
    )


def _each_other(
    before: Before, id_: str, what: str, *, until: dt.timedelta | None = None
) -> Told:
    """Return that each other is told, and what they have booked by then is off."""
    off = {
        match: before.until(until, before.booked(match))
        for match in before.matches(id_)
    }
    return merged(
        *(
            each((one,), what, *about("cancellation", off[match]))
            for match in before.matches(id_)
            for one in before.others(id_, match)
        )
    )
