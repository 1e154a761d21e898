"""Is what is due being done, and does mail leave?"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.ids import CohortId
from engine.outbox import Standing
from engine.ports import Outbox, Store

PATIENCE = dt.timedelta(minutes=15)
"""How late the oldest due action may be before something is wrong."""

Plight = Literal["pending", "in doubt", "dead"]
"""What is to be known of a message that has not simply arrived: it waits; it may have
arrived, and leaves again; it was refused for good."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Overdue:
    """The cohort whose next action has been due for longest."""

    cohort: CohortId
    late: dt.timedelta

    @property
    def alarming(self) -> bool:
        """Whether nobody seems to be doing what is due."""
        return self.late > PATIENCE


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """How an installation is, in numbers that name nobody.

    Attributes:
        overdue: What has been due for longest; None when nothing is due.
        mail: How many messages are in which plight, by cohort.
        paused: Since when mail is paused; None when it is not.
    """

    cohorts: int
    overdue: Overdue | None
    mail: Mapping[CohortId, Counter[Plight]]
    paused: dt.datetime | None

    def total(self, plight: Plight) -> int:
        """Return how many messages of all cohorts are in a plight."""
        return sum(counts[plight] for counts in self.mail.values())


def health(store: Store, outbox: Outbox, *, now: dt.datetime) -> Health:
    """Return how the installation is at `now`."""
    return Health(
        cohorts=len(store.cohorts()),
        overdue=overdue(store, now=now),
        mail=counted(outbox.outstanding(), now=now),
        paused=outbox.paused(),
    )


def overdue(store: Store, *, now: dt.datetime) -> Overdue | None:
    """Return what has been due for longest; None when nothing is due."""
    for cohort in store.due(now):
        moment = store.next_due(cohort)
        # Somebody may have done it between the two questions.
        if moment is not None and moment <= now:
            return Overdue(cohort=cohort, late=now - moment)
    return None


def counted(
    rows: Iterable[Standing], *, now: dt.datetime
) -> Mapping[CohortId, Counter[Plight]]:
    """Return how many messages are in which plight, by cohort."""
    counts: dict[CohortId, Counter[Plight]] = {}
    for row in rows:
        found = plight(row, now=now)
        if found is not None:
            counts.setdefault(row.cohort, Counter())[found] += 1
    return counts


def plight(row: Standing, *, now: dt.datetime) -> Plight | None:
    """Return what is to be known of a message; None of one that is settled otherwise.

    One that is marked is in doubt once its worker has had its time: it was killed with
    the dot perhaps sent.
    """
    if not row.waits:
        return "dead" if row.status == "dead" else None
    left = row.status == "sending" and not row.held(now)
    return "in doubt" if left or row.doubts > 0 else "pending"
