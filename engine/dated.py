"""What a fold keeps of a single fact, with when that was recorded."""

import datetime as dt
from dataclasses import dataclass

from engine.facts import Announced, Noticed, Raised


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """The latest that was told of an occurrence, and when."""

    at: dt.datetime
    told: Announced


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A notice that is not in a letter yet."""

    at: dt.datetime
    notice: Noticed


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """Something that needs the coordinator."""

    at: dt.datetime
    raised: Raised
