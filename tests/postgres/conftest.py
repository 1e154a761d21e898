"""One server for the session, emptied for each test."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from integrations.store.database import connect
from integrations.store.schema import prepare
from tests.fakes.databases import emptied, opened
from tests.fakes.outages import Outage, stopping
from tests.fakes.postgres import restartable, server
from tests.fakes.samples import World


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture(scope="session")
def engine(server_url: str) -> Iterator[Engine]:
    made = connect(server_url)
    prepare(made)
    yield made
    made.dispose()


@pytest.fixture
def url(server_url: str, engine: Engine) -> str:
    emptied(engine)
    return server_url


@pytest.fixture
def world(engine: Engine) -> World:
    emptied(engine)
    return opened(engine)


@pytest.fixture
def outage() -> Iterator[Outage]:
    # A server of its own: others would be cut off from the one of the session.
    with restartable() as running:
        yield stopping(running, seconds=1)
