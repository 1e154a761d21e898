"""Which of the notices that wait may be told, and which until their reader is back."""

from collections.abc import Iterator

from engine.dated import Waiting
from engine.facts import Noticed
from engine.state import State

FAREWELL, GONE_OVER = "farewell", "gone-over"
"""The wordings for whoever has just left, or goes over to another cohort."""

PAUSING, PAUSE_MOVED, BACK = "pausing", "pause-moved", "welcome-back"
"""The wordings for whoever goes away, for longer or not as long, or is back."""

_LAST = (FAREWELL, GONE_OVER)
AWAY = (PAUSING, PAUSE_MOVED)
"""What is told to whoever is away."""
NO_MATCH = ("place-given", "match-ended", "partner-left")
"""What ends somebody's own match. It does not wait: who is away was told that they
keep it."""

_IN_IT = ("match-joined", "match-changed")
"""What is told of who has come into a match."""
_AWAY, _BACK = ("partner-pauses", "member-pauses"), (BACK, "partner-back")
"""What is told of somebody who goes away, and of who is back."""


def is_gone(notice: Noticed, state: State) -> bool:
    """Return whether it is too late to tell of who is there, or to tell them at all.

    Whoever has left is told nothing but farewell, and nobody that somebody is away who
    is back, or back who is away; nor of who is in their match no more.
    """
    presence, wording = state.presence, notice.wording
    about = notice.about or notice.person
    if wording in _LAST or notice.person in presence.left:
        return wording not in _LAST or notice.person not in presence.left
    here = state.matches[notice.match].people if notice.match else (about,)
    if wording in (*_AWAY, *_BACK, *_IN_IT) and about not in here:
        return True
    if wording in (*AWAY, *_AWAY):
        return about not in presence.paused
    return wording in _BACK and about in presence.absent


def to_tell(state: State) -> Iterator[Waiting]:
    """Yield what waits; who pauses is told little before they are back."""
    for one in state.waiting.values():
        paused = one.notice.person in state.presence.paused
        if not paused or one.notice.wording in (*AWAY, *NO_MATCH):
            yield one
