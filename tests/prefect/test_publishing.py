"""Prefect is told anew when a cohort owes something at other minutes, and only then."""

import datetime as dt
from dataclasses import dataclass, field
from typing import cast

import pytest

from engine.commands.advance import advance
from engine.commands.deliver import deliver
from engine.ids import CohortId
from flows.running import publishing
from flows.running.publishing import Publisher
from flows.wiring import App
from integrations.clock import FixedClock
from tests.fakes.losing import Losing
from tests.fakes.recorded import began, example

COHORT = example().id


@dataclass
class Prefect:
    """Takes note of what it is told."""

    published: list[CohortId] = field(default_factory=list)
    shown: list[CohortId] = field(default_factory=list)

    def publish(self, _app: App, cohort: CohortId, *, save: object) -> None:
        assert save
        self.published.append(cohort)

    def show(self, _app: App, cohort: CohortId) -> None:
        self.shown.append(cohort)


@pytest.fixture
def prefect(monkeypatch: pytest.MonkeyPatch) -> Prefect:
    prefect = Prefect()
    monkeypatch.setattr(publishing, "publish", prefect.publish)
    monkeypatch.setattr(publishing, "show", prefect.show)
    return prefect


@pytest.fixture
def publisher(app: App, prefect: Prefect) -> Publisher:
    assert prefect == Prefect()
    return Publisher(app=app, save=lambda _deployment: pytest.fail("not saved here"))


def test_every_recorded_cohort_is_published_once(
    publisher: Publisher, prefect: Prefect
) -> None:
    publisher.look()
    publisher.look()

    assert prefect == Prefect(published=[COHORT], shown=[COHORT])


def test_what_changes_the_minutes_is_published(
    publisher: Publisher, prefect: Prefect, app: App
) -> None:
    publisher.look()
    advance(app.unit, COHORT, now=began())

    publisher.look()

    assert prefect == Prefect(published=[COHORT] * 2, shown=[COHORT] * 2)


def test_a_run_that_is_about_to_begin_is_left_alone(
    publisher: Publisher, prefect: Prefect, app: App
) -> None:
    publisher.look()
    cast("FixedClock", app.clock).move(began() + dt.timedelta(minutes=10))

    publisher.look()

    assert prefect.published == [COHORT]


def test_mail_that_is_stuck_is_shown_though_it_leaves_no_fact(
    publisher: Publisher, prefect: Prefect, app: App
) -> None:
    advance(app.unit, COHORT, now=began())
    publisher.look()
    deliver(app.outbox, Losing(), app.clock, lease=dt.timedelta(minutes=5), limit=1)

    publisher.look()

    assert prefect == Prefect(published=[COHORT], shown=[COHORT] * 2)


def test_the_horizon_moves_with_the_days(
    publisher: Publisher, prefect: Prefect, app: App
) -> None:
    publisher.look()
    cast("FixedClock", app.clock).move(began() + dt.timedelta(days=1))

    publisher.look()

    assert prefect.published == [COHORT] * 2
