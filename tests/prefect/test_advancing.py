"""What is due is done by tasks as it is by the plain command."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from prefect.client.schemas.objects import State, StateType, TaskRun
from prefect.states import Failed

from engine.actions.model import Action, Post
from engine.commands.advance import due_action
from engine.commands.decision import RefusedError
from engine.ids import ActionId, PersonId
from engine.ports import StoreUnavailableError, UnreachableError
from flows import advancing
from flows.advancing import load, perform_action, perform_due, run_name, task_name
from flows.current import using
from flows.patience import passes
from flows.wiring import App
from tests.fakes.recorded import advanced, began, example, recorded

LATER = dt.timedelta(days=30)


@dataclass
class Untracked:
    """Stands for a task: runs its function at once, and notes its name."""

    function: Callable[..., Any]
    names: list[str] = field(default_factory=list)

    def with_options(self, *, task_run_name: str) -> Callable[..., Any]:
        self.names.append(task_run_name)
        return self.function


@pytest.fixture
def untracked(monkeypatch: pytest.MonkeyPatch) -> Untracked:
    stand_in = Untracked(perform_action.fn)
    monkeypatch.setattr(advancing, "perform_action", stand_in)
    return stand_in


def test_a_task_does_one_action(app: App) -> None:
    due = due_action(app.unit, example().id, now=began())
    assert due is not None

    with using(app):
        perform_action.fn(example().id, due.id, began())

    assert due.id in app.unit.standing(example().id).record.state.done


def test_a_task_that_runs_twice_does_its_action_once(app: App) -> None:
    due = due_action(app.unit, example().id, now=began())
    assert due is not None

    with using(app):
        perform_action.fn(example().id, due.id, began())
        once = app.unit.store.facts(example().id)
        perform_action.fn(example().id, due.id, began())

    assert app.unit.store.facts(example().id) == once


def test_tasks_do_what_the_command_does(
    app: App, untracked: Untracked, tmp_path: Path
) -> None:
    plain = advanced(recorded(tmp_path / "plain"), now=began() + LATER)

    with using(app):
        perform_due(example().id, began() + LATER)

    assert untracked.names
    assert app.unit.store.facts(example().id) == plain.unit.store.facts(example().id)


def test_a_task_is_named_after_phase_and_action_and_holds_no_name(
    app: App, untracked: Untracked
) -> None:
    people = app.unit.standing(example().id).record.people.values()

    with using(app):
        perform_due(example().id, began() + LATER)

    assert "workshops · workshop-2/hold" in untracked.names
    assert not [n for n in untracked.names if any(p.name in n for p in people)]


def test_a_letter_belongs_to_no_phase() -> None:
    letter = Action(
        id=ActionId("letter/p3/1"),
        due=began(),
        phase="",
        activity="letters",
        effect=Post(person=PersonId("p3")),
    )

    assert task_name(letter) == "letters · letter/p3/1"


def test_a_run_is_named_after_its_cohort_and_what_is_due_first(app: App) -> None:
    named = run_name(app, example().id, began())

    assert named == "aarhus-leadership 2027 · intro"


def test_a_run_with_nothing_to_do_is_named_after_its_cohort(app: App) -> None:
    named = run_name(app, example().id, began() - LATER)

    assert named == "aarhus-leadership 2027"


def test_a_run_of_a_cohort_that_is_not_recorded_has_a_name_too(app: App) -> None:
    assert run_name(app, "women-in-tech/2027", began()) == "women-in-tech 2027"


def test_a_cohort_that_is_not_recorded_is_refused(app: App) -> None:
    with using(app), pytest.raises(RefusedError, match="stafet apply"):
        load.fn("women-in-tech/2027")


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (StoreUnavailableError("the database: locked"), True),
        (UnreachableError("localhost:25: refused"), True),
        (RefusedError("women-in-tech/2027 is not recorded", "apply it"), False),
        (AssertionError("a fault of ours"), False),
    ],
)
def test_only_what_passes_by_itself_is_tried_again(
    error: Exception, *, again: bool
) -> None:
    state: State[object] = Failed(data=error)
    run = TaskRun(task_key="perform_action", dynamic_key="0")

    assert state.type is StateType.FAILED
    assert passes(perform_action, run, state) is again
