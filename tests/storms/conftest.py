"""Both databases, and how long the weather lasts: see `make test-storm`."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.fakes.outages import Outage, locking, stopping
from tests.fakes.postgres import restartable
from tests.fakes.storm import opened

_SECONDS = {"storm": 15.0, "outage": 8.0}


def pytest_addoption(parser: pytest.Parser) -> None:
    for name, seconds in _SECONDS.items():
        parser.addoption(
            f"--{name}-seconds",
            type=float,
            default=seconds,
            help=f"how long each {name} lasts; {seconds:g} if not told",
        )
    parser.addoption("--storm-seed", type=int, default=1, help="whom it strikes")


def seconds(config: pytest.Config, name: str) -> float:
    """Return how long something lasts; as if not told where these came too late."""
    found: float = config.getoption(f"--{name}-seconds", default=_SECONDS[name])
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def outage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Outage]:
    """A database that nobody has used, and what can happen to it."""
    lasting = seconds(request.config, "outage")
    with ExitStack() as stack:
        if request.param == "postgresql":
            yield stopping(stack.enter_context(restartable()), seconds=lasting)
            return
        url = f"sqlite:///{tmp_path}/stafet.db"
        with opened(url):
            yield locking(url, seconds=lasting)


@pytest.fixture
def url(outage: Outage) -> str:
    return outage.url
