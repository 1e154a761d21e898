"""Slots, which the spec asks for, and occurrences, which have a lasting id."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.ids import MatchId, OccurrenceId, PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """What should take place, when and for whom; it has no id yet.

    Attributes:
        activity: The activity's slug.
        series: What the ordinal counts in: nothing, a match, or another occurrence.
        ordinal: 1 for the first of its series.
        starts, ends: Instants in UTC. Of a meeting that is not booked: its window.
        place: Short name of a venue, or empty.
        firm: False for a forecast, which gets no id before its time.
    """

    phase: str
    activity: str
    kind: str
    series: str = ""
    ordinal: int = 1
    starts: dt.datetime
    ends: dt.datetime
    place: str = ""
    audience: tuple[PersonId, ...] = ()
    match: MatchId | None = None
    firm: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Occurrence:
    """A slot with its id.

    Attributes:
        provisional: Whether the id would only be given when recorded.
        fixed: Whether the time is one that people were told, or chose.
        off: Whether it was called off; what counts from it keeps its date.
    """

    id: OccurrenceId
    slot: Slot
    provisional: bool
    fixed: bool = False
    off: bool = False

    @property
    def starts(self) -> dt.datetime:
        """When it begins."""
        return self.slot.starts

    @property
    def ends(self) -> dt.datetime:
        """When it ends."""
        return self.slot.ends


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """When a phase begins and ends.

    Attributes:
        latest: When it goes ahead at the latest, where it waits for something; None
            for never.
    """

    phase: str
    starts: dt.datetime
    ends: dt.datetime
    latest: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """A cohort's year.

    Attributes:
        occurrences: By id, ordered by start, then id.
        computed: Slots by what they were computed from, for when that stays the same.
        made: Each activity's occurrences in the order of its slots, and what it counts
            from, likewise.
    """

    phases: tuple[Span, ...]
    occurrences: Mapping[OccurrenceId, Occurrence]
    computed: "Computed" = field(default_factory=dict, compare=False, repr=False)
    made: Mapping[str, "Made"] = field(default_factory=dict, compare=False, repr=False)

    def of(self, activity: str) -> tuple[Occurrence, ...]:
        """Return the occurrences of an activity, in order of time."""
        return tuple(
            one for one in self.occurrences.values() if one.slot.activity == activity
        )

    def numbered(self) -> "Timeline":
        """Return the same once every occurrence that is no forecast has its id."""
        return replace(
            self,
            occurrences={
                id_: replace(one, provisional=False)
                if one.provisional and one.slot.firm
                else one
                for id_, one in self.occurrences.items()
            },
        )


Computed = Mapping[tuple[object, ...], tuple[Slot, ...]]
"""Slots of a series by its name and what it hangs on, but for what happened in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """What an activity came to, and the activities that it counts from."""

    ids: tuple[OccurrenceId, ...]
    uses: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A year as it was, and where something has happened since.

    Attributes:
        activities: The slugs of activities, likewise.
        series: The names of series in which it happened.
    """

    timeline: Timeline
    activities: frozenset[str]
    series: frozenset[str]

    def slots(self, key: tuple[object, ...]) -> tuple[Slot, ...] | None:
        """Return the slots of a series, if nothing has happened in it."""
        return None if key[0] in self.series else self.timeline.computed.get(key)

    def occurrences(self, slug: str) -> tuple[Occurrence, ...] | None:
        """Return those of an activity, if nothing has happened that it hangs on."""
        made = self.timeline.made.get(slug)
        if made is None or not self._stays(slug):
            return None
        return tuple(self.timeline.occurrences[id_] for id_ in made.ids)

    def _stays(self, slug: str) -> bool:
        uses = self.timeline.made[slug].uses
        return slug not in self.activities and all(map(self._stays, uses))
