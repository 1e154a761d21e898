"""How every command is carried out: load, decide, and write all of it or nothing."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from engine.actions.due import next_due, owed
from engine.actions.model import Action
from engine.commands.allocation import allocations
from engine.commands.decision import Decision, RefusedError
from engine.crash import point
from engine.facts import Event, Fact
from engine.frozen import Frozen
from engine.ids import CohortId, PersonId
from engine.installation import Installation
from engine.letters.outgoing import Renderer, to_message
from engine.people import Participant
from engine.ports import Change, ConflictError, Store
from engine.record import Record
from engine.state import State, fold
from engine.timeline.kinds import compile_timeline
from engine.timeline.model import Timeline

_ATTEMPTS = 20
_BEFORE = point("command: before the transaction")
_AFTER = point("command: after the transaction")


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A record with its year and what it owes: all that a command looks at."""

    record: Record
    timeline: Timeline
    actions: tuple[Action, ...]


def stand(record: Record) -> Standing:
    """Return a record with its year and what it owes."""
    timeline = compile_timeline(record)
    return Standing(record=record, timeline=timeline, actions=owed(record, timeline))


Decide = Callable[[Standing], Decision]
"""A command, waiting for the cohort that it is about."""


@dataclass(kw_only=True)
class Unit:
    """The recorded cohorts, ready for commands.

    What was loaded is kept: facts are only ever added, so that the next command reads
    just those that came since.
    """

    store: Store
    renderer: Renderer
    installation: Installation
    _known: dict[CohortId, Standing] = field(default_factory=dict)

    def standing(self, cohort: CohortId) -> Standing:
        """Return where a cohort stands now.

        Raises:
            RefusedError: If it is not recorded.
        """
        known = self._known.get(cohort)
        revision = known.record.state.revision if known else 0
        state = known.record.state if known else State()
        facts = self.store.facts(cohort, after=state.number)
        if known is None or facts:
            state = fold(state, facts)
            fresh = known is None or state.revision != revision
            known = stand(self._record(cohort, state, None if fresh else known))
            self._known[cohort] = known
        return known

    def perform(
        self,
        cohort: CohortId,
        decide: Decide,
        *,
        now: dt.datetime,
        actor: str = "coordinator",
    ) -> Standing:
        """Carry out a command, again from the start when somebody else was faster."""
        for _ in range(_ATTEMPTS):
            standing = self.standing(cohort)
            try:
                return self.write(
                    standing.record, decide(standing), now=now, actor=actor
                )
            except ConflictError:
                continue
        raise ConflictError(cohort)

    def write(
        self, record: Record, decision: Decision, *, now: dt.datetime, actor: str
    ) -> Standing:
        """Write a decision with the ids that it gives and the moment that is next."""
        if not decision.events:
            return self._known[record.id]
        after = _after(record, decision, now=now, actor=actor)
        given = allocations(after.record, after.timeline)
        standing = after
        if given:
            standing = _after(
                after.record, Decision(events=given), now=now, actor=actor
            )
        messages = [
            to_message(standing.record, mail, self.renderer.render(mail.post))
            for mail in decision.mails
        ]
        change = Change(
            facts=(*decision.events, *given),
            actor=actor,
            at=now,
            next_due=next_due(standing.actions),
            frozen=decision.frozen.to_json() if decision.frozen else None,
            people=decision.people,
            messages=messages,
            links=[link for mail in decision.mails for link in mail.links],
            responses=decision.responses,
        )
        _BEFORE()
        self.store.append(record.id, change, expected=record.state.number)
        _AFTER()
        self._known[record.id] = standing
        return standing

    def _record(self, cohort: CohortId, state: State, known: Standing | None) -> Record:
        if known is not None:
            return replace(known.record, state=state, previous=self._previous(state))
        stored = self.store.frozen(cohort)
        if stored is None:
            raise RefusedError(
                f"{cohort} is not recorded", "record it with stafet apply"
            )
        people = {one.person: one for one in self.store.people(cohort)}
        return Record(
            id=cohort,
            installation=self.installation,
            frozen=Frozen.from_json(stored[1]),
            people=people,
            state=state,
            previous=self._previous(state),
        )

    def _previous(self, state: State) -> State | None:
        previous = state.linked.get("previous")
        if previous is None:
            return None
        return fold(State(), self.store.facts(previous))


def _after(
    record: Record, decision: Decision, *, now: dt.datetime, actor: str
) -> Standing:
    """Return where the cohort stands once a decision is written."""
    people: dict[PersonId, Participant] = dict(record.people)
    people |= {one.person: one for one in decision.people}
    facts = _numbered(record, decision.events, now=now, actor=actor)
    return stand(
        replace(
            record,
            frozen=decision.frozen or record.frozen,
            people=people,
            state=fold(record.state, facts),
        )
    )


def _numbered(
    record: Record, events: Sequence[Event], *, now: dt.datetime, actor: str
) -> list[Fact]:
    return [
        Fact(cohort=record.id, number=number, at=now, actor=actor, event=event)
        for number, event in enumerate(events, start=record.state.number + 1)
    ]
