"""A coordinator who edits the files while the year runs, and applies them."""

import random
from dataclasses import dataclass, field
from functools import partial

from engine.commands.apply import prepare
from engine.facts import Announced
from engine.ids import CohortId, OccurrenceId
from engine.spec.activities import Gathering
from engine.spec.faults import SpecError
from tests.simulation.edits import EDITS, Desk
from tests.simulation.programme import Draft, written
from tests.simulation.tracing import ViolationError
from tests.simulation.world import World

_LATER = (600, 3000)


@dataclass(kw_only=True)
class Coordinator:
    """Who edits the files, and applies them until that succeeds.

    Attributes:
        drafts: The files of each cohort, as they are on disk.
        applied: The same, as they were when last applied.
    """

    world: World
    drafts: dict[CohortId, Draft] = field(default_factory=dict)
    applied: dict[CohortId, Draft] = field(default_factory=dict)

    def record(self, draft: Draft) -> None:
        """Apply a cohort's files for the first time."""
        self.drafts[draft.id] = draft
        self._join(draft)
        self._apply(draft)

    def edit(self, cohort: CohortId, name: str, number: int) -> None:
        """Make one change, as a number decides, and apply it; or take it back."""
        world = self.world
        if world.is_down:
            world.in_minutes(*_LATER, partial(self.edit, cohort, name, number))
            return
        if cohort not in self.applied:
            return
        changed = self.drafts[cohort].copied()
        EDITS[name](Desk(world=world, draft=changed, dice=random.Random(number)))
        try:
            changed.files()
        except SpecError as error:
            problem = error.faults[0].problem
            world.time.tell("edit", cohort, name, "is taken back:", problem)
            return
        world.time.tell("edit", cohort, name)
        self.drafts[cohort] = changed
        self._apply(changed)

    def _apply(self, draft: Draft) -> None:
        world = self.world
        if draft is not self.drafts[draft.id]:
            return
        if world.is_down:
            world.in_minutes(*_LATER, partial(self._apply, draft))
            return
        before, files = self._living(draft), draft.files()
        fate = world.run(world.desk, lambda: world.desk.apply(files))
        if fate in {"killed", "database gone"}:
            world.in_minutes(1, 90, partial(self._apply, draft))
        elif fate == "refused":
            self.drafts[draft.id] = self.applied.get(draft.id, draft)
        else:
            self._judge(draft, before)
            self.applied[draft.id] = draft
            self._pass_on(draft)

    def _living(self, draft: Draft) -> dict[OccurrenceId, Announced]:
        """Return the gatherings ahead that people were told of."""
        world = self.world
        if draft.id not in world.eye.store.cohorts():
            return {}
        state = world.standing(draft.id).record.state
        return {
            id_: one.told
            for id_, one in state.announced.items()
            if not one.told.cancelled
            and one.told.starts > world.time.now
            and state.allocated[id_].series not in state.matches
        }

    def _judge(self, draft: Draft, before: dict[OccurrenceId, Announced]) -> None:
        """Nothing is left to apply; and what no edit took away is still there."""
        world, last = self.world, self.applied.get(draft.id)
        plan = prepare(world.eye, draft.files(), now=world.time.now).plan
        if not plan.empty:
            raise ViolationError("plan", f"{draft.id} would change again: {plan}")
        if last is not None:
            kept = [one for one in before if not _may_go(one, last, draft)]
            gone = [one for one in kept if one not in self._living(draft)]
            if gone:
                raise ViolationError("uid", f"{gone} became other ones")

    def _pass_on(self, draft: Draft) -> None:
        """Give whoever takes over the date of the closing, which is their kick-off."""
        for other in tuple(self.drafts.values()):
            if other.follows == draft.name:
                changed = other.copied()
                self._join(changed)
                if changed.dates != other.dates:
                    self.drafts[other.id] = changed
                    self.world.in_minutes(5, 600, partial(self._apply, changed))

    def _join(self, draft: Draft) -> None:
        """Let a cohort begin when the one before it ends."""
        for previous in self.drafts.values():
            if previous.name == draft.follows:
                (closing,) = self.world.standing(previous.id).timeline.of("closing")
                zone = self.world.standing(previous.id).record.days.zone
                if closing.slot.kind == Gathering.KEYWORD:
                    draft.dates["kick-off"] = written(zone.local(closing.starts))


def _may_go(occurrence: OccurrenceId, last: Draft, draft: Draft) -> bool:
    """Return whether an edit asked for it: the closing and the kick-off only move."""
    if occurrence.startswith("dinner"):
        return last.words["dinner"] != draft.words["dinner"]
    return occurrence.startswith("workshop") and _number(last) != _number(draft)


def _number(draft: Draft) -> tuple[str | None, ...]:
    """Return what decides how many gatherings there are."""
    dates = draft.dates
    return (draft.words["every"], dates.get("kick-off"), dates.get("closing"))
