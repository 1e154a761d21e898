"""How the actions around one occurrence are named and dated."""

import datetime as dt
from dataclasses import dataclass

from engine.actions.model import Action, Effect
from engine.coordinators import coordinators
from engine.ids import ActionId, PersonId
from engine.record import Record
from engine.spec.moments import Step
from engine.timeline.model import Occurrence


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """One occurrence in its record."""

    one: Occurrence
    record: Record

    def action(
        self,
        step: str,
        due: dt.datetime,
        effect: Effect,
        *,
        until: dt.datetime | None = None,
    ) -> Action:
        """Return an action whose id says occurrence and step, and is never reused."""
        return Action(
            id=ActionId(f"{self.one.id}/{step}"),
            due=due,
            phase=self.one.slot.phase,
            activity=self.one.slot.activity,
            effect=effect,
            useless_after=until,
        )

    def step(self, instant: dt.datetime, step: Step) -> dt.datetime:
        """Return when mail leaves that is counted from an instant.

        Counted in days, it leaves in the first sending hour; before something, a
        closed day moves it earlier, so that nobody gets less time than the spec says.
        """
        days = self.record.days
        sign = -1 if step.side == "before" else 1
        if step.span.exact:
            return days.sending(
                instant + sign * dt.timedelta(minutes=step.span.minutes)
            )
        date = days.add(days.zone.date(instant), step.span, sign)
        return days.morning(days.last_open(date) if sign < 0 else date)

    def afterwards(self) -> dt.datetime:
        """Return when those who took part are first written to after it."""
        return self.record.days.sending(self.one.ends + dt.timedelta(hours=1))

    @property
    def coordinator(self) -> tuple[PersonId, ...]:
        """Those who answer for the cohort and its departments, as an audience."""
        return coordinators(self.record)
