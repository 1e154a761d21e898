"""One Prefect server for all of these tests, in a folder of its own."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from prefect import settings
from prefect.client.orchestration import SyncPrefectClient, get_client

from flows.prefect_home import prefect_server
from tests.fakes.prefect_home import Server, settle

_SETTLED = settle()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start the server, and let flows of this process find it."""
    home, empty = (tmp_path_factory.mktemp(name) for name in ("prefect", "empty"))
    with prefect_server(home, services=True) as address:
        told = {
            settings.PREFECT_API_URL: address,
            settings.PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
        }
        copied = empty / "prefect.db"
        with (
            closing(sqlite3.connect(home / copied.name)) as made,
            closing(sqlite3.connect(copied)) as copy,
        ):
            made.backup(copy)
        with settings.temporary_settings(told):
            yield Server(address=address, home=home, empty=copied)


@pytest.fixture
def client(server: Server) -> Iterator[SyncPrefectClient]:
    assert server.address
    with get_client(sync_client=True) as client:
        yield client


def pytest_unconfigure() -> None:
    _SETTLED.close()
