"""What is frozen when files are applied: the resolved spec, its calendar and its texts.

A later edit of the files, a new release of a library or of the time zone data changes
nothing until somebody applies again, and sees it in the plan.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from engine.spec.cohort import Cohort
from engine.spec.programme import Programme
from engine.timeline.days import Days, closed_days
from engine.timeline.zone import Zone, zone_between

TextCatalogue = Mapping[str, Mapping[str, str]]
"""Built-in texts: language to the text's name to its words."""

_YEARS_BEFORE = 1
_YEARS_AFTER = 4


class Frozen(BaseModel):
    """Everything that one revision of a cohort stands on."""

    model_config = ConfigDict(frozen=True)

    programme: Programme
    cohort: Cohort
    closed: Mapping[dt.date, str]
    resting: tuple[dt.date, ...]
    offsets: tuple[tuple[dt.datetime, int], ...]
    texts: TextCatalogue

    @cached_property
    def days(self) -> Days:
        """Return the calendar of this revision."""
        return Days(
            zone=Zone(name=self.programme.timezone, changes=self.offsets),
            closed=self.closed,
            resting=frozenset(self.resting),
            hours=self.programme.mail.sent,
        )

    def to_json(self) -> str:
        """Return the stored form, the same for the same content."""
        return self.model_dump_json(by_alias=True)

    @classmethod
    def from_json(cls, stored: str) -> "Frozen":
        """Return what was stored."""
        return cls.model_validate_json(stored)


def freeze(programme: Programme, cohort: Cohort, texts: TextCatalogue) -> Frozen:
    """Return the files with the answers of today's libraries.

    Raises:
        UnknownZoneError: If the programme's time zone does not exist.
    """
    dates = [date.date.year for date in cohort.dates.values()]
    years = range(min(dates) - _YEARS_BEFORE, max(dates) + _YEARS_AFTER)
    closed, resting = closed_days(
        country=programme.calendar.holidays,
        breaks=programme.calendar.breaks,
        years=years,
    )
    first, last = dt.date(years.start, 1, 1), dt.date(years.stop, 1, 1)
    zone = zone_between(programme.timezone, first, last)
    return Frozen(
        programme=programme,
        cohort=cohort,
        closed=dict(sorted(closed.items())),
        resting=tuple(sorted(resting)),
        offsets=tuple(zone.changes),
        texts={
            language: texts[language]
            for language in programme.languages
            if language in texts
        },
    )


def digest(stored: str) -> str:
    """Return a short name of frozen content, by which a change is seen."""
    return hashlib.sha256(stored.encode()).hexdigest()[:16]
