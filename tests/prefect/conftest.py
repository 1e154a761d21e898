"""Flows as plain functions: no Prefect server is started here."""

from pathlib import Path

import pytest

from flows.wiring import App
from tests.fakes.prefect_home import settle
from tests.fakes.recorded import recorded

_SETTLED = settle()


@pytest.fixture
def app(tmp_path: Path) -> App:
    return recorded(tmp_path / "mail")


def pytest_unconfigure() -> None:
    _SETTLED.close()
