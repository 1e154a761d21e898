"""What everybody notices of a database that is away, and of actions that are late."""

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from engine.commands.advance import advance
from integrations.store.database import connect
from integrations.store.outbox import SqlOutbox
from integrations.store.schema import prepare
from integrations.store.store import SqlStore
from tests.fakes import storm
from tests.fakes.outages import Outage
from tests.fakes.sink import Sink, listening
from tests.fakes.storm import Swarm, swarming
from tests.integration.web.world import MENTOR, World, proposed

LEASE = dt.timedelta(seconds=8)
COHORTS = 3
PATIENCE = dt.timedelta(seconds=1)


class TestOutages:
    """R8 of the promise."""

    @pytest.fixture
    def impatient(self, outage: Outage) -> Iterator[Engine]:
        made = connect(outage.url, patience=PATIENCE)
        prepare(made)
        yield made
        made.dispose()

    def test_r8_pages_tell_to_come_again_and_nothing_is_lost(
        self, outage: Outage, impatient: Engine
    ) -> None:
        world = proposed(store=SqlStore(impatient))
        page = world.path("confirm", MENTOR)

        with outage.lasting():
            refused = world.client.post(page, data={"answer": "yes"})
        answered = world.client.post(page, data={"answer": "yes"})

        assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
        assert answered.status_code == 200
        assert list(world.match(MENTOR).confirmed) == [world.person(MENTOR)]

    def test_r8_what_was_under_way_goes_on_by_itself_and_nothing_is_lost(
        self, outage: Outage
    ) -> None:
        with listening(Sink()) as sink, storm.opened(outage.url) as engine:
            one = Swarm(outage.url, str(sink.port), lease=LEASE, cohorts=COHORTS)
            with swarming(one, roles=["schedule", "send"]):
                one.work_until(lambda: len(SqlOutbox(engine).standings()) > 10)
                recorded = SqlStore(engine).cohorts()
                with outage.lasting():
                    pass
                one.work_until(lambda: one.finished(engine))
            found = storm.left(engine)

        assert len(recorded) < COHORTS
        assert storm.check(found, storm.arrived(sink)) <= found.doubts


class TestLateness:
    """R14 of the promise."""

    @pytest.fixture
    def world(self, engine: Engine) -> World:
        return proposed(store=SqlStore(engine))

    @pytest.mark.parametrize(("minutes", "status"), [(0, 200), (15, 200), (15.1, 503)])
    def test_r14_health_is_red_once_the_oldest_due_is_a_quarter_of_an_hour_late(
        self, world: World, minutes: float, status: int
    ) -> None:
        due = world.store.next_due(world.cohort)
        assert due is not None
        world.clock.time = due + dt.timedelta(minutes=minutes)

        found = world.client.get("/healthz").status_code

        assert found == status
        advance(world.unit, world.cohort, now=world.now)
        assert world.client.get("/healthz").status_code == 200
