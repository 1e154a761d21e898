"""Do Prefect's schedules and sheets say what our database says?

Commands and pages record facts without a word to Prefect. So we look, every few
seconds, whether a cohort owes something at other minutes than Prefect was told.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.ids import CohortId
from engine.outbox import Standing
from flows.deployments import Save, minute_of, publish
from flows.showing import show, stuck
from flows.wiring import App

Owed = tuple[dt.date, frozenset[dt.datetime]]
"""The minutes in which something falls due, and the day: the horizon moves with it."""

Shown = tuple[int, frozenset[tuple[int, str, int]]]
"""The last fact, and the messages that are stuck: sending them leaves no fact."""


@dataclass(kw_only=True)
class Publisher:
    """Keeps the deployments of all recorded cohorts as they should be.

    Attributes:
        save: Gives a deployment to Prefect and to whoever performs its runs.
    """

    app: App
    save: Save
    _told: dict[CohortId, Owed] = field(default_factory=dict)
    _shown: dict[CohortId, Shown] = field(default_factory=dict)

    def look(self) -> None:
        """Publish each cohort of which Prefect has heard something else, or nothing.

        One that is merely overdue is left alone: its run is about to begin.
        """
        outstanding = self.app.outbox.outstanding()
        for cohort in self.app.unit.store.cohorts():
            standing = self.app.unit.standing(cohort)
            minutes = frozenset(minute_of(one.due) for one in standing.actions)
            owed = self.app.clock.now().date(), minutes
            if self._told.get(cohort) != owed:
                publish(self.app, cohort, save=self.save)
                self._told[cohort] = owed
            shown = standing.record.state.number, _stuck(outstanding, cohort)
            if self._shown.get(cohort) != shown:
                show(self.app, cohort)
                self._shown[cohort] = shown


def _stuck(
    outstanding: Iterable[Standing], cohort: CohortId
) -> frozenset[tuple[int, str, int]]:
    return frozenset(
        (one.number, one.status, one.doubts)
        for one in stuck(outstanding)
        if one.cohort == cohort
    )
