"""Whether people are asked to be at two things at once, in one cohort or in several."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from engine.record import Record
from engine.spec.activities import Gathering, PlacedMeeting
from engine.timeline.model import Occurrence


@dataclass(frozen=True, kw_only=True)
class Engagement:
    """One thing at a time that is settled, and who is asked to be there.

    Attributes:
        people: By lower-case address, under which they are known in every cohort.
        kind: Kind of match whose members meet, while it is not known who they are.
        placed: Those of the people who will be in some match of that kind.
    """

    record: Record
    occurrence: Occurrence
    people: frozenset[str]
    kind: str = ""
    placed: frozenset[str] = frozenset()

    @property
    def starts(self) -> dt.datetime:
        """When it begins."""
        return self.occurrence.starts

    @property
    def ends(self) -> dt.datetime:
        """When it ends."""
        return self.occurrence.ends

    @property
    def activity(self) -> str:
        """The activity's slug."""
        return self.occurrence.slot.activity

    @property
    def name(self) -> str:
        """What the files call it: `closing`, or `workshop 2` of a series."""
        activity = self.record.frozen.programme.activity(self.activity)
        once = isinstance(activity, Gathering) and not activity.is_series
        return self.activity if once else f"{self.activity} {self.ordinal}"

    @property
    def ordinal(self) -> int:
        """Which of its series it is, from 1."""
        return self.occurrence.slot.ordinal

    @property
    def told(self) -> Gathering | None:
        """The gathering or planned meeting; None for one that a match booked."""
        activity = self.record.frozen.programme.activity(self.activity)
        return activity if isinstance(activity, Gathering) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Clash:
    """Two activities that are at the same time for some people.

    Attributes:
        one, other: The first two of them that are.
        people: Everybody whom any two of them ask to be at both.
        times: How often they are at the same time for anybody.
    """

    one: Engagement
    other: Engagement
    people: frozenset[str]
    times: int


def engagements(
    record: Record, occurrences: Iterable[Occurrence]
) -> tuple[Engagement, ...]:
    """Return what is at a settled time: gatherings, and meetings once booked."""
    programme, booked = record.frozen.programme, record.state.booked
    return tuple(
        _engagement(record, one)
        for one in occurrences
        if not one.off
        and (
            one.id in booked
            or isinstance(programme.activity(one.slot.activity), Gathering)
        )
    )


def _engagement(record: Record, one: Occurrence) -> Engagement:
    programme = record.frozen.programme
    activity, people = programme.activity(one.slot.activity), record.people
    found = Engagement(
        record=record,
        occurrence=one,
        people=frozenset(people[who].email.lower() for who in one.slot.audience),
    )
    kind = activity.with_ if isinstance(activity, PlacedMeeting) else None
    if kind is None or one.slot.match is not None:
        return found
    role = programme.matches[kind].placed
    there = (people[who] for who in one.slot.audience if role in people[who].roles)
    placed = frozenset(person.email.lower() for person in there)
    return replace(found, kind=kind, placed=placed)


def clashes_within(ones: Sequence[Engagement]) -> tuple[Clash, ...]:
    """Return the clashes of a cohort, once for each two activities."""
    by_activity = sorted(ones, key=lambda one: (one.activity, one.starts))
    return _by_activities(combinations(by_activity, 2))


def clashes_between(
    ones: Iterable[Engagement], others: Iterable[Engagement]
) -> tuple[Clash, ...]:
    """Return the clashes of two cohorts; one gathering of both is none."""
    return _by_activities(
        (one, other) for one, other in product(ones, others) if not _are_one(one, other)
    )


def is_free(one: Engagement, starts: dt.datetime, among: Iterable[Engagement]) -> bool:
    """Return whether all who are asked to something could come at another time."""
    ends = starts + (one.ends - one.starts)
    return not any(
        other.starts < ends and starts < other.ends and _common(one, other)
        for other in among
        if other.occurrence != one.occurrence
    )


def _by_activities(twos: Iterable[tuple[Engagement, Engagement]]) -> tuple[Clash, ...]:
    found: dict[tuple[str, str], list[tuple[Engagement, Engagement]]] = {}
    for one, other in twos:
        at_once = one.starts < other.ends and other.starts < one.ends
        if at_once and _common(one, other):
            two = (one.activity, other.activity)
            found.setdefault(two, []).append((one, other))
    return tuple(_clash(two) for two in found.values())


def _common(one: Engagement, other: Engagement) -> frozenset[str]:
    """Return who is asked to both.

    Of two kinds of match a mentor may be in one only, whereas who is placed is in each.
    """
    if one.kind and other.kind and one.kind != other.kind:
        return one.placed & other.placed
    return one.people & other.people


def _clash(twos: Sequence[tuple[Engagement, Engagement]]) -> Clash:
    one, other = min(twos, key=lambda two: max(two[0].starts, two[1].starts))
    people = frozenset[str]().union(*(_common(a, b) for a, b in twos))
    moments = {max(a.starts, b.starts) for a, b in twos}
    return Clash(one=one, other=other, people=people, times=len(moments))


def _are_one(one: Engagement, other: Engagement) -> bool:
    return _hands_over(one, other) or _hands_over(other, one)


def _hands_over(closing: Engagement, beginning: Engagement) -> bool:
    """Return whether a closing is the kick-off of the cohort that follows."""
    last, next_ = closing.record.frozen, beginning.record.frozen
    if closing.told is None or beginning.told is None:
        return False
    return (
        last.programme.programme == next_.programme.programme
        and next_.cohort.follows == last.cohort.cohort
        and closing.told.together_with is not None
        and beginning.told.is_the_cohorts
    )
