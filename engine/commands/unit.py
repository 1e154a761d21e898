"""How every command is carried out: load, decide, and write all of it or nothing."""

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from operator import is_
from typing import TypeVar

from engine.actions.due import next_due
from engine.commands.allocation import allocations
from engine.commands.decision import Decision, RefusedError
from engine.commands.standing import Standing, moved_on, stand
from engine.facts import (
    Allocated,
    Applied,
    Booked,
    Enrolled,
    Left,
    Linked,
    Messaged,
    Nominated,
    Rescheduled,
)
from engine.frozen import Frozen
from engine.ids import CohortId
from engine.installation import Installation
from engine.letters.outgoing import Renderer, to_message
from engine.ports import Change, ConflictError, Store
from engine.record import Record, grown_by
from engine.state import State, fold

T = TypeVar("T")

_ATTEMPTS = 20
_STORED = (Applied, Booked, Enrolled, Linked, Messaged, Nominated, Rescheduled)
"""With these come rows beside the facts, so that all is read again."""


Decide = Callable[[Standing], Decision]
"""A command, waiting for the cohort that it is about."""


@dataclass(kw_only=True)
class Unit:
    """The recorded cohorts, ready for commands.

    What was loaded is kept: facts are only ever added, so that the next command reads
    just those that came since.

    Attributes:
        alone: Whether nobody else can write to the store, so that nothing has come.
    """

    store: Store
    renderer: Renderer
    installation: Installation
    alone: bool = False
    _known: dict[CohortId, Standing] = field(default_factory=dict)

    def standing(self, cohort: CohortId) -> Standing:
        """Return where a cohort stands now.

        Raises:
            RefusedError: If it is not recorded.
        """
        self._known[cohort] = self._beside(self._by_itself(cohort))
        return self._known[cohort]

    def _by_itself(self, cohort: CohortId) -> Standing:
        """Return the same as far as its own facts tell; its neighbours may be older."""
        known = self._known.get(cohort)
        if known and self.alone:
            return known
        number = known.record.state.number if known else 0
        facts = self.store.facts(cohort, after=number)
        if known is None or any(isinstance(one.event, _STORED) for one in facts):
            known = self._loaded(cohort)
        elif facts:
            record = replace(known.record, state=fold(known.record.state, facts))
            known = moved_on(known, record, [fact.event for fact in facts])
        self._known[cohort] = known
        return known

    def supposing(self, standing: Standing) -> "Unit":
        """Return a unit in which a cohort stands so: to look ahead, not to write."""
        known = self._known if self.alone else {}
        return replace(self, alone=True, _known={**known, standing.record.id: standing})

    def perform(
        self,
        cohort: CohortId,
        decide: Decide,
        *,
        now: dt.datetime,
        actor: str = "coordinator",
        known: Standing | None = None,
    ) -> Standing:
        """Carry out a command on a recorded cohort.

        Args:
            cohort: Which.
            decide: The command.
            now: When it is carried out.
            actor: Who does it.
            known: Where the cohort stood a moment ago, which saves reading it. If it
                has moved on since, the command is decided again.
        """
        at_first = [known] if known else []

        def once() -> Standing:
            standing = at_first.pop() if at_first else self.standing(cohort)
            decision = decide(standing)
            return self.write(standing.record, decision, now=now, actor=actor)

        return self.insist(once)

    def insist(self, once: Callable[[], T]) -> T:
        """Return what `once` does, from the start again when somebody was faster."""
        for _ in range(_ATTEMPTS):
            with suppress(ConflictError):
                return once()
        return once()

    def write(
        self, record: Record, decision: Decision, *, now: dt.datetime, actor: str
    ) -> Standing:
        """Write a decision, with the ids that it gives and the moment that is next."""
        if not (decision.events or decision.people):
            return self.standing(record.id)
        standing, given = self.once_written(record, decision, now=now, actor=actor)
        change = Change(
            facts=(*decision.events, *given),
            actor=actor,
            at=now,
            next_due=next_due(standing.actions),
            frozen=decision.frozen.to_json() if decision.frozen else None,
            people=decision.people,
            messages=[
                to_message(standing.record, mail, self.renderer.render(mail.post))
                for mail in decision.mails
            ],
            links=[link for mail in decision.mails for link in mail.links],
            responses=decision.responses,
            written=decision.written,
            leaving=[o.person for o in decision.events if isinstance(o, Left)],
        )
        self.store.append(record.id, change, expected=record.state.number)
        self._known[record.id] = standing
        return standing

    def once_written(
        self, record: Record, decision: Decision, *, now: dt.datetime, actor: str
    ) -> tuple[Standing, Sequence[Allocated]]:
        """Return where a cohort would stand, and the ids that go with the decision."""
        standing = self.after(record, decision, now=now, actor=actor)
        given = allocations(standing.record, standing.timeline)
        if given:
            grown = grown_by(standing.record, given, now=now, actor=actor)
            standing = moved_on(standing, grown, given)
        return standing, given

    def after(
        self, record: Record, decision: Decision, *, now: dt.datetime, actor: str
    ) -> Standing:
        """Return where a cohort would stand once a decision is written."""
        grown = grown_by(record, decision.events, now=now, actor=actor)
        known = self._known.get(record.id)
        rows = decision.frozen or decision.people or decision.written
        if known and known.record is record and not rows:
            return moved_on(known, grown, decision.events)
        earlier, following = self._neighbours(grown.state)
        return stand(
            replace(
                grown,
                frozen=decision.frozen or record.frozen,
                people={**record.people, **{o.person: o for o in decision.people}},
                written={**record.written, **decision.written},
                earlier=earlier,
                following=following,
            )
        )

    def _loaded(self, cohort: CohortId) -> Standing:
        """Return a cohort as read from the start: what is read must go together.

        Rows come with facts, so that no newer facts means no newer rows.
        """
        while True:
            state = fold(State(), self.store.facts(cohort))
            record = self._read(cohort, state)
            if not self.store.facts(cohort, after=state.number):
                return stand(record)

    def _read(self, cohort: CohortId, state: State) -> Record:
        stored = self.store.frozen(cohort)
        if stored is None:
            raise RefusedError(
                f"{cohort} is not recorded", "record it with stafet apply"
            )
        return Record(
            id=cohort,
            installation=self.installation,
            frozen=Frozen.from_json(stored[1]),
            people={one.person: one for one in self.store.people(cohort)},
            state=state,
            written=self.store.written(cohort),
        )

    def _beside(self, known: Standing) -> Standing:
        """Return the same, with the cohorts before and after it as they stand now."""
        earlier, following = self._neighbours(known.record.state)
        record = known.record
        before = (*record.earlier, record.following)
        if len(earlier) == len(record.earlier) and all(
            map(is_, (*earlier, following), before)
        ):
            return known
        beside = replace(record, earlier=earlier, following=following)
        return replace(known, record=beside)

    def _neighbours(self, state: State) -> tuple[tuple[State, ...], Record | None]:
        """Return where the cohorts before it stand, and the one that takes over."""
        following, earlier = state.linked.get("next"), list[State]()
        while (previous := state.linked.get("previous")) is not None:
            state = self._by_itself(previous).record.state
            earlier.append(state)
        return tuple(earlier), self._taking_over(following) if following else None

    def _taking_over(self, following: CohortId) -> Record | None:
        """Return the cohort that takes over; it may be kept somewhere else."""
        if following not in self._known and following not in self.store.cohorts():
            return None
        return self._by_itself(following).record
