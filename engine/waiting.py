"""Which of the notices that wait may be told, and which until their reader is back."""

import datetime as dt
from collections.abc import Iterator

from engine.dated import Waiting
from engine.facts import Noticed
from engine.ids import PersonId
from engine.state import State

_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
FAREWELL, GONE_OVER = "farewell", "gone-over"
"""The wordings for whoever has just left, or goes over to another cohort."""

PAUSING, PAUSE_MOVED, BACK = "pausing", "pause-moved", "welcome-back"
"""The wordings for whoever goes away, for longer or not as long, or is back."""

_LAST = (FAREWELL, GONE_OVER)
AWAY = (PAUSING, PAUSE_MOVED)
"""What is told to whoever is away."""
GIVEN, JOINED, CHANGED = "place-given", "match-joined", "match-changed"
"""What is told to who is in a match no more, to who comes in, and to the others."""
GROWN = "match-grown"
"""The same to the others, where it is not sure in whose place."""

NO_MATCH = (GIVEN, "match-ended", "partner-left")
"""What ends somebody's own match. It does not wait: who is away was told that they
keep it."""

_AWAY, _BACK = ("partner-pauses", "member-pauses"), (BACK, "partner-back")
"""What is told of somebody who goes away, and of who is back."""


def is_gone(notice: Noticed, state: State) -> bool:
    """Return whether it is too late to tell of who is there, or to tell them at all.

    Whoever has left is told nothing but farewell, and nobody that somebody is away who
    is back, or back who is away; nor of who is in their match no more, or again.
    """
    presence, wording = state.presence, notice.wording
    about = notice.about or notice.person
    if wording in _LAST or notice.person in presence.left:
        return wording not in _LAST or notice.person not in presence.left
    if wording in (GIVEN, JOINED, CHANGED):
        return _is_no_news(notice, state)
    here = state.matches[notice.match].people if notice.match else (about,)
    if wording in (*_AWAY, *_BACK) and about not in here:
        return True
    if wording in (*AWAY, *_AWAY):
        return about not in presence.paused
    return wording in _BACK and about in presence.absent


def former_of(notice: Noticed, state: State) -> PersonId | None:
    """Return in whose place somebody came, of those whom the reader knows.

    None where that is not sure: several have left, and not all places are filled.
    """
    if notice.match is None or notice.about is None:
        return None
    match = state.matches[notice.match]
    instead, known = match.instead, match.people_until(_since(notice, state))
    former, met = instead.get(notice.about), {notice.about}
    while former is not None and former not in {*known, *met}:
        met.add(former)
        former = instead.get(former)
    return former if former in known else None


def _is_no_news(notice: Noticed, state: State) -> bool:
    """Return whether places were changed back, or on, before anybody heard of it."""
    if notice.match is None:
        return False
    match = state.matches[notice.match]
    here, known = match.people, match.people_at(_since(notice, state))
    if notice.wording == GIVEN:
        return notice.person in here or notice.person not in known
    if notice.wording == CHANGED and notice.person not in known:
        # They are told with whom they are when they are told that they come in.
        return True
    about = notice.about or notice.person
    return about not in here or about in known


def _since(notice: Noticed, state: State) -> dt.datetime:
    """Return since when the reader has heard nothing of who is in a match."""
    news = (
        one.at
        for one in state.waiting.values()
        if (one.notice.person, one.notice.match) == (notice.person, notice.match)
        and one.notice.wording in (GIVEN, JOINED, CHANGED)
    )
    return min(news, default=_NEVER)


def to_tell(state: State) -> Iterator[Waiting]:
    """Yield what waits; who pauses is told little before they are back."""
    for one in state.waiting.values():
        paused = one.notice.person in state.presence.paused
        if not paused or one.notice.wording in (*AWAY, *NO_MATCH):
            yield one
