"""Where a cohort stands after each step, by the short way and from the start."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.actions.due import in_order, owed, steps
from engine.commands.advance import due_action, perform
from engine.commands.apply import Files
from engine.commands.standing import Standing, stand
from engine.ids import CohortId
from engine.needs import NEEDS_YOU
from flows.rehearsal.year import rehearse
from flows.wiring import App
from tests.fakes.circle_files import circle_files
from tests.fakes.cohorts import KICK_OFF, Live, proposed, recorded, small_files
from tests.fakes.memory import MemoryStore
from tests.fakes.remembered import Memory
from tests.fakes.talk_files import talk_files


def moment(month: int, day: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(2027, month, day, hour, tzinfo=dt.UTC)


def check(live: Live) -> None:
    """See that what is kept, compiled anew and read anew are the same."""
    kept = live.standing
    assert kept == stand(kept.record)
    again: Standing = live.reopened().standing(live.cohort)
    assert (again.timeline, again.around, again.actions, again.record.state) == (
        kept.timeline,
        kept.around,
        kept.actions,
        kept.record.state,
    )


def live_through(live: Live, until: dt.datetime) -> None:
    """Do one thing after the other, and look after each of them."""
    while (due := live.unit.store.next_due(live.cohort)) and due <= until:
        live.step()
        check(live)
    live.now = until


def test_a_cohort_stands_after_every_step_where_its_facts_put_it() -> None:
    live = recorded()
    check(live)
    live_through(live, moment(2, 3))
    live.approve()
    check(live)
    live_through(live, moment(2, 8))
    live.confirm("falk", agrees=False)
    check(live)
    live.approve()
    live_through(live, moment(2, 9))
    live.confirm_all()
    check(live)
    live_through(live, KICK_OFF)
    live.book("alk", moment(3, 9))
    check(live)
    live_through(live, moment(3, 11))
    live.met("conversation-2", held=False)
    check(live)
    live.attend("kick-off-1", alk=False, ugle=True)
    live.accept("workshop-1", "mejse")
    check(live)
    live_through(live, moment(5, 8))
    live.answer("after-workshop-1", "alk", useful=3)
    check(live)
    live.apply(small_files({"lasts: 4 hours": "lasts: 5 hours"}))
    check(live)
    live_through(live, moment(12, 20) + dt.timedelta(weeks=6))

    assert live.state.tasks
    assert live.unit.store.next_due(live.cohort) is None


@pytest.mark.parametrize("files", [circle_files(), talk_files()])
def test_a_rehearsed_cohort_stands_where_its_facts_put_it(
    files: Files, tmp_path: Path
) -> None:
    moments = 0

    def step(app: App, cohort: CohortId, now: dt.datetime) -> None:
        nonlocal moments
        while action := due_action(app.unit, cohort, now=now):
            standing = perform(app.unit, cohort, action.id, now=now)
            assert standing == stand(standing.record)
            moments += 1

    rehearse(files, mail=tmp_path, seed=1, step=step)

    assert moments > 50


def test_what_is_owed_is_what_is_planned_and_not_done_and_the_letters() -> None:
    live = proposed()

    standing = live.standing

    planned = in_order(steps(standing.record, standing.timeline))
    assert standing.planned == planned
    assert standing.actions == owed(standing.record, planned)
    beside = ("letters", NEEDS_YOU)
    assert {one.id for one in standing.actions if one.activity not in beside} == {
        one.id for one in planned if one.id not in live.state.done
    }


def test_when_a_cohort_is_next_due_is_stored_with_every_change() -> None:
    live = recorded()

    for _ in range(40):
        live.step()

        stored = live.unit.store.next_due(live.cohort)
        assert stored == min(one.due for one in live.standing.actions)


def test_two_processes_that_write_in_turn_see_each_others_facts() -> None:
    live = proposed()
    other = live.reopened()
    other.standing(live.cohort)

    live.approve()
    live.confirm("ugle")

    assert other.standing(live.cohort) == live.standing


def test_what_is_read_while_files_are_applied_goes_together() -> None:
    live = recorded()
    longer = small_files({"lasts: 4 hours": "lasts: 5 hours"})
    reader = live.reopened()
    reader.store = Overtaken(live.memory, lambda: live.apply(longer))

    assert reader.standing(live.cohort) == live.standing


class Overtaken(MemoryStore):
    """A store in which somebody else writes between two readings, once."""

    def __init__(self, memory: Memory, meanwhile: Callable[[], object]) -> None:
        super().__init__(memory)
        self.meanwhile = [meanwhile]

    def frozen(self, cohort: CohortId) -> tuple[int, str] | None:
        found = super().frozen(cohort)
        if self.meanwhile:
            self.meanwhile.pop()()
        return found


def test_the_cohort_that_follows_sees_where_the_last_one_has_got_to() -> None:
    first = recorded()
    second = follower(first)

    first.until(first.now + dt.timedelta(days=30))

    assert second.record.previous == first.state


def follower(first: Live) -> Live:
    """Return the cohort that begins where the first one closes."""
    edits = {"cohort: 2027": "cohort: 2028\nfollows: 2027", "2027-03-03": "2027-12-01"}
    files = small_files(cohort=edits)
    second = Live(
        memory=first.memory,
        unit=first.unit,
        renderer=first.renderer,
        now=first.now,
        cohort=files.id,
    )
    second.apply(files)
    return second
