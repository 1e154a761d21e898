"""Who of a cohort is there: who has left, who pauses, and who came late."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar, assert_never

from engine.facts import Enrolled, Joined, Late, Left, Paused, Resumed
from engine.ids import PersonId

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """A pause: since when, until when where that is known, and the fact's number."""

    at: dt.datetime
    until: dt.datetime | None
    number: int

    def covers(self, begins: dt.datetime) -> bool:
        """Return whether somebody is still away when something ahead begins."""
        return self.until is None or begins < self.until


@dataclass(frozen=True, kw_only=True, slots=True)
class LateStart:
    """Since when somebody takes part, and what becomes of what they missed."""

    at: dt.datetime
    missed: Late


@dataclass(frozen=True, kw_only=True)
class Presence:
    """Who is there, as far as it is not told by their roles.

    Attributes:
        left: Who has left and not come back, and when they did.
        paused: Who is away for now.
        late: Who came late, or again.
        back: When somebody last came back from a pause.
        first: Since when somebody is known to take part.
    """

    left: Mapping[PersonId, dt.datetime] = field(default_factory=dict)
    paused: Mapping[PersonId, Pause] = field(default_factory=dict)
    late: Mapping[PersonId, LateStart] = field(default_factory=dict)
    back: Mapping[PersonId, dt.datetime] = field(default_factory=dict)
    first: Mapping[PersonId, dt.datetime] = field(default_factory=dict)

    @cached_property
    def absent(self) -> Mapping[PersonId, dt.datetime]:
        """Who is asked nothing and invited to nothing, and since when."""
        return {**{one: pause.at for one, pause in self.paused.items()}, **self.left}

    def absent_at(self, begins: dt.datetime) -> Collection[PersonId]:
        """Return who is not there for what begins at a moment ahead.

        A pause whose end is known leaves alone what begins when it is over.
        """
        if not self.paused:
            return self.left.keys()
        away = (one for one, pause in self.paused.items() if pause.covers(begins))
        return {*away, *self.left}


Event = Enrolled | Left | Joined | Paused | Resumed


def moved(known: Presence, event: Event, *, at: dt.datetime, number: int) -> Presence:
    """Return who is there after an event; whoever leaves pauses no more."""
    one = event.person
    paused, late = _without(known.paused, one), _without(known.late, one)
    match event:
        case Enrolled():
            if not event.roles:
                return known
            first = {one: at, **known.first}
            return replace(known, left=_without(known.left, one), first=first)
        case Left():
            left = {**known.left, one: at}
            return replace(known, left=left, paused=paused, late=late)
        case Joined():
            start = LateStart(at=at, missed=event.missed)
            return replace(known, late={**late, one: start})
        case Paused():
            since = known.paused[one].at if one in known.paused else at
            pause = Pause(at=since, until=event.until, number=number)
            return replace(known, paused={**paused, one: pause})
        case Resumed():
            return replace(known, paused=paused, back={**known.back, one: at})
        case _:
            assert_never(event)


def _without(known: Mapping[PersonId, T], person: PersonId) -> Mapping[PersonId, T]:
    return {one: value for one, value in known.items() if one != person}
