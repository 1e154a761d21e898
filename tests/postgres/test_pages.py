"""What visitors and watchers are told while the server is gone, and once it is back."""

import datetime as dt

from integrations.store.database import connect
from integrations.store.schema import prepare
from integrations.store.store import SqlStore
from tests.fakes.postgres import restartable
from tests.integration.web.world import MENTOR, proposed


def test_r8_a_server_that_is_gone_and_back_is_told_and_nothing_is_lost() -> None:
    with restartable() as running:
        engine = connect(running.url, patience=dt.timedelta(seconds=1))
        prepare(engine)
        world = proposed(store=SqlStore(engine))
        page = world.path("confirm", MENTOR)
        running.stop()

        away = [world.client.get("/healthz"), world.client.get(page)]
        refused = world.client.post(page, data={"answer": "yes"})
        running.start()
        health = world.client.get("/healthz")
        answered = world.client.post(page, data={"answer": "yes"})
        confirmed = world.match(MENTOR).confirmed
        engine.dispose()

    assert [reply.status_code for reply in (*away, refused)] == [503, 503, 503]
    assert [reply.headers["retry-after"] for reply in (*away, refused)] == ["30"] * 3
    assert health.json() == {"status": "ok"}
    assert answered.status_code == 200
    assert len(confirmed) == 1
