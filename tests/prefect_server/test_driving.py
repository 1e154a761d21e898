"""Prefect for real: server and runner perform a year, whatever becomes of them."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest
from prefect.client.schemas.objects import FlowRun, StateType

from engine.commands.advance import due_action, perform
from engine.commands.apply import apply
from engine.facts import Fact
from engine.ids import ActionId, CohortId
from flows.advancing import run_name
from flows.deployments import HORIZON
from flows.showing import sheets
from flows.wiring import App
from tests.fakes.performed import copied, done, idle, plainly
from tests.fakes.prefect_page import Calendar, Page, calendar, kept, private
from tests.fakes.process import performing, recorded_in, until
from tests.fakes.recorded import moved
from tests.fakes.sink import Rule, Sink, Verb, listening

BEGUN = StateType.PENDING, StateType.RUNNING
ENDED = StateType.COMPLETED, StateType.FAILED, StateType.CRASHED
ALL_DAY = "every day 0-24"
DAYS = 30
WEEKS = -6
"""So much earlier is the nomination over: something is due at once."""


def losing_first() -> Rule:
    """Accept everything, and lose the first reply to a final dot."""
    left = ["lose"]

    def rule(verb: Verb, _recipient: str) -> str:
        return left.pop() if verb == "DOT" and left else ""

    return rule


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """What our database and Prefect's page say, once nothing is due any more.

    Attributes:
        done: How often which action was done by Prefect's runs.
        plain: How often without Prefect.
        owed: When the cohort's runs should be, with their names.
        planned: When they are on Prefect's page.
        first: What the run of the first thing due is called.
        runs: Those that have come to their end, oldest first.
        written: The sheets as they should be; `shown` as they are on Prefect's page.
    """

    facts: Sequence[Fact]
    done: Mapping[ActionId, int]
    plain: Mapping[ActionId, int]
    owed: Calendar
    planned: Calendar
    first: str
    runs: Sequence[FlowRun]
    written: Mapping[str, str]
    shown: Mapping[str, object]

    @property
    def first_run(self) -> FlowRun:
        """The run that did what was due; others may have found nothing to do."""
        (found,) = (run for run in self.runs if run.name == self.first)
        return found


@dataclass(frozen=True, kw_only=True)
class Story:
    """A year that others had half done, then Prefect goes on with it, then it moves.

    Attributes:
        told: Everything that Prefect has kept of it.
        private: What nobody should find there.
    """

    cohort: CohortId
    half: Sequence[Fact]
    begun: Chapter
    moved: Chapter
    told: str
    private: Sequence[str]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Let a Prefect that has never run perform what is recorded, and then changed."""
    folder = tmp_path_factory.mktemp("installation")
    app, cohort = recorded_in(folder, days_ago=DAYS, hours=ALL_DAY)
    perform_some(app, cohort, 3)
    half = app.unit.store.facts(cohort)
    plain, first = copied(folder), run_name(app, cohort, app.clock.now())

    with (
        listening(Sink(rule=losing_first())) as sink,
        performing(folder, smtp_port=sink.port) as performer,
    ):
        page = Page(performer.address)
        page.pause_sweep()
        begun = chapter(app, cohort, page, plain, first)

        apply(
            app.unit,
            moved(folder / "aarhus-leadership", weeks=WEEKS),
            now=app.clock.now(),
        )
        plain, first = copied(folder), run_name(app, cohort, app.clock.now())
        changed = chapter(app, cohort, page, plain, first)

    yield Story(
        cohort=cohort,
        half=half,
        begun=begun,
        moved=changed,
        told=kept(folder / "var" / "prefect"),
        private=tuple(private(app, cohort)),
    )
    app.engine.dispose()


def perform_some(app: App, cohort: CohortId, count: int) -> None:
    now = app.clock.now()
    for _ in range(count):
        action = due_action(app.unit, cohort, now=now)
        assert action
        perform(app.unit, cohort, action.id, now=now)


def chapter(app: App, cohort: CohortId, page: Page, plain: App, first: str) -> Chapter:
    """Return how things stand once Prefect has done what is due, and shows it."""
    # The last day comes in and out of sight with the hours.
    end = app.clock.now() + HORIZON - dt.timedelta(days=1)

    def written() -> dict[str, str]:
        return {one.key: one.text for one in sheets(app, cohort)}

    def settled() -> bool:
        return (
            idle(app)
            and first in [run.name for run in page.runs(*ENDED)]
            and not page.runs(*BEGUN)
            and page.calendar(until=end) == calendar(app, cohort, until=end)
            and page.sheets() == written()
        )

    until(settled)
    return Chapter(
        facts=app.unit.store.facts(cohort),
        done=done(app, cohort),
        plain=plainly(plain, cohort),
        owed=calendar(app, cohort, until=end),
        planned=page.calendar(until=end),
        first=first,
        runs=page.runs(*ENDED),
        written=written(),
        shown=page.sheets(),
    )


def test_a_recorded_cohort_gets_its_scheduled_runs_and_they_are_performed(
    story: Story,
) -> None:
    assert story.begun.done == story.begun.plain
    run = story.begun.first_run
    assert run.state_type is StateType.COMPLETED
    assert run.auto_scheduled
    assert run.parameters == {"cohort": story.cohort}


def test_a_run_is_named_and_tagged_after_its_cohort_and_what_is_due(
    story: Story,
) -> None:
    run = story.begun.first_run

    assert run.name == "aarhus-leadership 2027 · workshops"
    assert {"aarhus-leadership", "2027"} <= set(run.tags)


def test_its_calendar_is_its_own_due_moments_by_name(story: Story) -> None:
    assert len(story.begun.planned) > 1
    assert story.begun.planned == story.begun.owed


def test_plans_and_deliveries_in_doubt_are_to_be_read_beside_it(story: Story) -> None:
    keys = {f"aarhus-leadership-2027-{name}" for name in ("plan", "deliveries")}

    assert set(story.begun.shown) == keys
    assert story.begun.shown == story.begun.written
    deliveries = str(story.begun.shown["aarhus-leadership-2027-deliveries"])
    assert deliveries.startswith("| message | to | kind | status | times in doubt |")
    assert deliveries.endswith("| 1 |")


def test_a_fresh_prefect_database_and_ours_continue_a_year_half_done(
    story: Story,
) -> None:
    assert 0 < len(story.half) < len(story.begun.facts)
    assert story.begun.facts[: len(story.half)] == story.half
    assert set(story.begun.done.values()) == {1}


def test_a_rewritten_schedule_takes_effect(story: Story) -> None:
    assert story.moved.planned != story.begun.planned
    assert story.moved.planned == story.moved.owed
    assert story.moved.done != story.begun.done
    assert story.moved.done == story.moved.plain
    assert story.moved.first_run.state_type is StateType.COMPLETED


def test_a_plan_that_is_applied_is_to_be_read_as_well(story: Story) -> None:
    assert story.moved.shown != story.begun.shown
    assert story.moved.shown == story.moved.written


def test_prefect_keeps_ids_and_nobodys_name(story: Story) -> None:
    assert "workshops · workshop-3/hold" in story.told
    assert "aarhus-leadership 2027 · workshops" in story.told
    assert [word for word in story.private if word in story.told] == []
