"""People who leave, come and are moved in a cohort that runs."""

import datetime as dt
from functools import partial

from engine.commands.ending import end as ended
from engine.commands.leaving import drop as dropped
from engine.commands.pausing import pause as paused
from engine.commands.pausing import resume as resumed
from engine.commands.proposing import rematch as rematched
from engine.commands.reforming import replace as replaced
from engine.commands.reforming import swap as swapped
from engine.commands.starting import join as joined
from engine.facts import Announced
from engine.ids import MatchId
from engine.posts import Post
from tests.fakes.cohorts import Live


def drop(live: Live, id_: str, *, reason: str = "") -> None:
    """Let somebody leave now."""
    who, now = live.person(id_), live.now
    live.do(partial(dropped, person=who, reason=reason, now=now))


def join(live: Live, id_: str) -> None:
    """Let somebody start now, or again."""
    live.do(partial(joined, person=live.person(id_), now=live.now))


def pause(live: Live, id_: str, *, until: dt.datetime | None = None) -> None:
    """Let somebody be away from now on."""
    live.do(partial(paused, person=live.person(id_), until=until, now=live.now))


def resume(live: Live, id_: str) -> None:
    """Let somebody be back now."""
    live.do(partial(resumed, person=live.person(id_), now=live.now))


def end(live: Live, match: str, *, by: str = "") -> None:
    """End a match now, as one of them wants or the coordinator."""
    who, now = live.person(by) if by else None, live.now
    live.do(partial(ended, match=MatchId(match), person=who, now=now))


def replace(
    live: Live, match: str, old: str, new: str, *, anyway: bool = False
) -> None:
    """Put somebody into a match in another's place now."""
    live.do(
        partial(
            replaced,
            match=MatchId(match),
            old=live.person(old),
            new=live.person(new),
            now=live.now,
            anyway=anyway,
        )
    )


def swap(
    live: Live, one: tuple[str, str], other: tuple[str, str], *, anyway: bool = False
) -> None:
    """Let two people of two matches change places now."""
    here, there = ((MatchId(match), live.person(id_)) for match, id_ in (one, other))
    live.do(partial(swapped, one=here, other=there, now=live.now, anyway=anyway))


def rematch(live: Live) -> None:
    """Propose matches for those who have none."""
    live.do(rematched)


def confirm_in_turn(live: Live) -> None:
    """Let everybody who is asked say yes to their match, in their turn."""
    for match in tuple(live.state.matches.values()):
        part = live.record.frozen.programme.matches[match.kind]
        for side in part.asked(match.members):
            for who in side:
                live.agree(match.id, who)


def cancelled(live: Live, id_: str) -> list[str]:
    """Return what somebody was told is cancelled, by the title in their calendar."""
    return [post.subject for post in live.posts(id_, "cancellation")]


def told(live: Live, occurrence: str) -> Announced:
    """Return the latest that was announced of an occurrence."""
    return live.state.announced[occurrence].told  # type: ignore[index]


def letters(live: Live, id_: str, since: int = 0) -> list[tuple[str, ...]]:
    """Return the titles in each letter to somebody, from a number of them on."""
    found: tuple[Post, ...] = live.posts(id_, "letter")
    return [tuple(one.title for one in post.sections) for post in found[since:]]
