"""What machines that watch are told, and everybody while the database is away."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine

from engine.ports import StoreUnavailableError
from integrations.store.database import connect, writing
from integrations.store.schema import prepare
from integrations.store.store import SqlStore
from tests.fakes.memory import MemoryOutbox
from tests.fakes.sending import settled
from tests.integration.web.world import MENTOR, NAMES, World, proposed


@pytest.fixture
def world() -> World:
    return proposed()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    patience = dt.timedelta(seconds=0.1)
    engine = connect(f"sqlite:///{tmp_path}/stafet.db", patience=patience)
    prepare(engine)
    yield engine
    engine.dispose()


def measured(world: World) -> dict[str, float]:
    """Return every metric by its name."""
    reply = world.client.get("/metrics")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    families = text_string_to_metric_families(reply.text)
    return {one.name: one.value for family in families for one in family.samples}


def late(world: World, **by: float) -> None:
    """Turn the clock to so long after the next action is due."""
    due = world.store.next_due(world.cohort)
    assert due is not None
    world.clock.time = due + dt.timedelta(**by)


def test_health_is_green_when_nothing_is_due(world: World) -> None:
    reply = world.client.get("/healthz")

    assert (reply.status_code, reply.json()) == (200, {"status": "ok"})
    assert reply.headers["content-type"] == "application/json"


@pytest.mark.parametrize(("minutes", "status"), [(0, 200), (15, 200), (15.1, 503)])
def test_health_is_red_when_the_oldest_due_action_is_a_quarter_of_an_hour_late(
    world: World, minutes: float, status: int
) -> None:
    late(world, minutes=minutes)

    assert world.client.get("/healthz").status_code == status


def test_red_health_says_why_and_names_nobody(world: World) -> None:
    late(world, hours=2, seconds=30)

    reply = world.client.get("/healthz")

    assert reply.json() == {
        "status": "red",
        "why": "the oldest due action is 120 minutes late; run stafet advance",
    }
    assert reply.headers["retry-after"] == "30"


def test_health_is_red_when_the_database_is_away(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise StoreUnavailableError("server db.example refuses the password")

    monkeypatch.setattr(world.store, "due", fail)
    health, metrics = (world.client.get(path) for path in ("/healthz", "/metrics"))

    assert (health.status_code, metrics.status_code) == (503, 503)
    assert health.json()["why"] == "the database cannot be reached"
    assert "retry-after" in health.headers
    assert "retry-after" in metrics.headers
    assert "example" not in health.text


def test_metrics_of_an_installation_on_time(world: World) -> None:
    waiting = sum(row.waits for row in MemoryOutbox(world.memory).standings())

    assert waiting > 0
    assert measured(world) == {
        "stafet_oldest_due_seconds": 0,
        "stafet_mail_pending": waiting,
        "stafet_mail_in_doubt": 0,
        "stafet_mail_dead": 0,
        "stafet_mail_paused": 0,
        "stafet_cohorts": 1,
    }


def test_metrics_count_what_went_wrong(world: World) -> None:
    outbox = MemoryOutbox(world.memory)
    settled(outbox, "dead", world.now)
    settled(outbox, "in doubt", world.now, again=world.now)
    outbox.pause(now=world.now)
    late(world, minutes=2)

    found = measured(world)

    assert found["stafet_oldest_due_seconds"] == 120
    assert (found["stafet_mail_dead"], found["stafet_mail_in_doubt"]) == (1, 1)
    assert found["stafet_mail_paused"] == 1


def test_metrics_name_nobody_and_leave_the_registry_of_the_process_alone(
    world: World,
) -> None:
    text = world.client.get("/metrics").text

    assert world.client.get("/metrics").text == text
    assert not any(name in text for pair in NAMES.items() for name in pair)
    assert "@" not in text
    assert [one.name for one in REGISTRY.collect() if "stafet" in one.name] == []


def test_a_locked_database_is_said_to_be_away_until_it_is_there_again(
    engine: Engine,
) -> None:
    world = proposed(store=SqlStore(engine))

    with writing(engine):
        read = world.client.get(world.path("confirm", MENTOR))
        refused = world.post("confirm", MENTOR, answer="yes")
    answered = world.post("confirm", MENTOR, answer="yes")

    assert (read.status_code, refused.status_code) == (200, 503)
    assert refused.headers["retry-after"] == "30"
    assert answered.status_code == 200
    assert list(world.match(MENTOR).confirmed) == [world.person(MENTOR)]
