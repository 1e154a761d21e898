"""A small cohort of groups whose talks are to be booked, and what is asked of it."""

import datetime as dt
from functools import cache

from engine.timeline.model import Occurrence
from tests.fakes.cohorts import KICK_OFF, Live, recorded
from tests.fakes.talk_files import talk_files

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
TIME = dt.datetime(2027, 3, 10, 9, tzinfo=dt.UTC)


def agreed(live: Live) -> Live:
    """Return a cohort after its kick-off, all of whose matches are agreed."""
    live.until(dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC))
    live.approve()
    live.until(live.now + DAY)
    live.confirm_all()
    live.until(KICK_OFF + DAY)
    return live


@cache
def _begun() -> Live:
    return agreed(recorded(talk_files()))


def begun() -> Live:
    """Return the cohort after its kick-off, with a talk of each mentee to book."""
    return _begun().copied()


def booked() -> Live:
    """Return the same once one mentee has booked."""
    live = begun()
    live.book("e0", TIME)
    return live


def talks(live: Live, id_: str) -> list[Occurrence]:
    """Return the talks that a mentee has, booked or to be booked."""
    who = live.person(id_)
    return [
        one
        for one in live.standing.timeline.of("talk")
        if who in one.slot.audience and one.slot.firm
    ]


def mentor_of(live: Live, id_: str) -> str:
    """Return the mentor of a mentee's group."""
    (mentor,) = live.match_of(id_).members["mentor"]
    return live.record.people[mentor].id


def others_of(live: Live, id_: str) -> list[str]:
    """Return the other mentees of the group."""
    people = (live.record.people[one].id for one in live.match_of(id_).people)
    return [one for one in people if one not in (id_, mentor_of(live, id_))]


def told(live: Live, id_: str, words: str) -> list[tuple[str, str]]:
    """Return the day and text of each section of letters whose title has the words."""
    return [
        (f"{post.date:%m-%d}", section.paragraphs[0])
        for post in live.posts(id_, "letter")
        for section in post.sections
        if words in section.title
    ]
