"""A cohort's deployment lists the minutes in which something is due, and no others."""

import asyncio
import datetime as dt
from dataclasses import replace
from typing import cast
from uuid import UUID

import pytest
from prefect.client.schemas.schedules import RRuleSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import load_flow_from_entrypoint
from prefect.server.schemas.schedules import RRuleSchedule as ServerSchedule

from engine.actions.model import Action, Post
from engine.ids import ActionId, CohortId, PersonId
from flows import deployments
from flows.advancing import advance
from flows.deployments import (
    HORIZON,
    MOST,
    deployment_for,
    due_moments,
    publish,
    run_names,
)
from flows.wiring import App
from integrations.clock import FixedClock

NOW = dt.datetime(2027, 3, 1, 8, 0, 30, tzinfo=dt.UTC)
NEXT = dt.datetime(2027, 3, 1, 8, 1, tzinfo=dt.UTC)
END = dt.datetime(2027, 6, 8, 8, 1, tzinfo=dt.UTC)
COHORT = CohortId("aarhus-leadership/2027")


def owed(*moments: dt.datetime) -> list[Action]:
    return [
        Action(
            id=ActionId(f"letter/p{number}/1"),
            due=due,
            phase="",
            activity="letters",
            effect=Post(person=PersonId(f"p{number}")),
        )
        for number, due in enumerate(moments)
    ]


def after(**by: float) -> dt.datetime:
    return NOW.replace(second=0) + dt.timedelta(**by)


def test_actions_of_one_moment_are_one_run() -> None:
    moments = due_moments(owed(after(days=2), after(days=1), after(days=2)), now=NOW)

    assert moments == (after(days=1), after(days=2))


def test_a_run_is_never_before_its_action_is_due() -> None:
    moments = due_moments(owed(after(days=1, microseconds=1)), now=NOW)

    assert moments == (after(days=1, minutes=1),)


def test_what_is_overdue_is_done_at_the_next_minute_once() -> None:
    moments = due_moments(owed(after(days=-9), after(hours=-1), NOW), now=NOW)

    assert moments == (NEXT,)


def test_a_minute_that_comes_too_soon_for_prefect_is_left_to_the_next() -> None:
    late = NEXT - dt.timedelta(seconds=10)

    assert due_moments(owed(NOW), now=late) == (NEXT + dt.timedelta(minutes=1),)


def test_runs_are_named_by_what_is_due_first() -> None:
    workshop = replace(owed(after(days=1))[0], phase="workshops", id=ActionId("a/b"))
    letter = owed(after(days=1, seconds=10))[0]
    moments = (NEXT, after(days=1), after(days=1, minutes=1))

    names = run_names(COHORT, [letter, workshop], moments)

    assert names == {
        NEXT: "aarhus-leadership 2027",
        after(days=1): "aarhus-leadership 2027 · workshops",
        after(days=1, minutes=1): "aarhus-leadership 2027 · letters",
    }


def test_what_is_overdue_names_the_next_run() -> None:
    names = run_names(COHORT, owed(after(days=-1)), (NEXT,))

    assert names == {NEXT: "aarhus-leadership 2027 · letters"}


def test_what_lies_beyond_the_horizon_waits_for_a_later_schedule() -> None:
    moments = due_moments(owed(after(days=1), NOW + HORIZON * 2), now=NOW)

    assert moments == (after(days=1),)


@pytest.mark.parametrize("moments", [(), (NOW + HORIZON * 2,)])
def test_a_cohort_that_owes_nothing_for_long_is_looked_at_when_it_is_over(
    moments: tuple[dt.datetime, ...],
) -> None:
    assert due_moments(owed(*moments), now=NOW) == (END,)


def test_no_more_moments_are_told_than_prefect_makes_runs() -> None:
    many = [after(hours=hour) for hour in range(1, MOST + 9)]

    assert due_moments(owed(*many), now=NOW) == tuple(many[:MOST])


def test_a_deployment_holds_ids_and_is_found_by_programme_and_cohort() -> None:
    deployment = deployment_for(COHORT, (after(days=1),))

    assert deployment.full_name == "advance/aarhus-leadership 2027"
    assert deployment.parameters == {"cohort": "aarhus-leadership/2027"}
    assert deployment.tags == ["aarhus-leadership", "2027"]


def test_a_deployment_names_its_flow_by_module_and_not_by_file() -> None:
    deployment = deployment_for(COHORT, (after(days=1),))

    assert deployment.entrypoint == "flows.advancing.advance"
    assert load_flow_from_entrypoint(deployment.entrypoint) is advance


@pytest.mark.parametrize("zone", [dt.UTC, dt.timezone(dt.timedelta(hours=2))])
def test_prefect_reads_the_schedule_as_these_moments_and_no_others(
    zone: dt.timezone,
) -> None:
    moments = tuple(after(days=day, hours=day) for day in (1, 30, 98))
    local = tuple(moment.astimezone(zone) for moment in moments)

    schedule = schedule_of(deployment_for(COHORT, local))

    assert dates(schedule) == moments


def test_the_longest_list_is_not_too_long_for_prefect() -> None:
    many = tuple(after(hours=hour) for hour in range(1, MOST + 1))

    schedule = schedule_of(deployment_for(COHORT, many))

    assert dates(schedule) == many


def test_a_moment_that_passes_while_prefect_is_told_is_replaced_by_a_later_one(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = cast("FixedClock", app.clock)
    told = []

    def slow_at_first(deployment: RunnerDeployment) -> UUID:
        told.append(schedule_of(deployment).rrule.splitlines()[0])
        if len(told) == 1:
            clock.move(clock.now() + dt.timedelta(minutes=2))
        return UUID(int=1)

    monkeypatch.setattr(deployments, "_schedule", lambda _id, *, runs: runs)
    monkeypatch.setattr(deployments, "_name_runs", lambda _id, names: names)
    first = due_moments(app.unit.standing(COHORT).actions, now=clock.now())[0]

    publish(app, COHORT, save=slow_at_first)

    later = first + dt.timedelta(minutes=2)
    assert told == [f"DTSTART:{one:%Y%m%dT%H%M%S}" for one in (first, later)]


def schedule_of(deployment: RunnerDeployment) -> RRuleSchedule:
    assert deployment.schedules
    (only,) = deployment.schedules
    assert isinstance(only.schedule, RRuleSchedule)
    return only.schedule


def dates(schedule: RRuleSchedule) -> tuple[dt.datetime, ...]:
    """Return what Prefect's server makes of a schedule."""
    read = ServerSchedule.model_validate(schedule.model_dump())
    return tuple(asyncio.run(read.get_dates(n=2 * MOST, start=NOW)))
