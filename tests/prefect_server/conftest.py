"""One Prefect server for all of these tests, in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect import settings
from prefect.client.orchestration import SyncPrefectClient, get_client

from flows.prefect_home import prefect_server
from tests.fakes.prefect_home import settle

_SETTLED = settle()


@pytest.fixture(scope="session")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the server, and let flows of this process find it."""
    home: Path = tmp_path_factory.mktemp("prefect")
    with prefect_server(home, services=True) as url:
        told = {
            settings.PREFECT_API_URL: url,
            settings.PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
        }
        with settings.temporary_settings(told):
            yield url


@pytest.fixture
def client(api: str) -> Iterator[SyncPrefectClient]:
    assert api
    with get_client(sync_client=True) as client:
        yield client


def pytest_unconfigure() -> None:
    _SETTLED.close()
