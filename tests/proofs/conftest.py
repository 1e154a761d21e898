"""A file of SQLite for each proof; over PostgreSQL they run in `tests/postgres`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from integrations.store.database import connect
from integrations.store.schema import prepare
from tests.fakes.outages import Outage, locking


@pytest.fixture
def url(tmp_path: Path) -> str:
    made = f"sqlite:///{tmp_path}/stafet.db"
    engine = connect(made)
    prepare(engine)
    engine.dispose()
    return made


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    made = connect(url)
    yield made
    made.dispose()


@pytest.fixture
def outage(url: str) -> Outage:
    return locking(url, seconds=1)
