"""Each shipped programme, lived through once among mishaps for every claim about it."""

from functools import cache
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.acceptance.programmes.shipped import files
from tests.mishaps.life import Lived, live
from tests.mishaps.scripts import SCRIPTS
from tests.programmes.conftest import ByProgramme


def pytest_xdist_make_scheduler(
    config: pytest.Config, log: Producer
) -> LoadScopeScheduling:
    """Share the tests out by programme."""
    return ByProgramme(config, log)


@pytest.fixture(scope="session")
def lives(tmp_path_factory: pytest.TempPathFactory) -> "Lives":
    """The years that were lived so far."""
    return Lives(tmp_path_factory.mktemp("mishaps"))


@pytest.fixture(params=SCRIPTS)
def lived(request: pytest.FixtureRequest, lives: "Lives") -> Lived:
    """The whole run of a shipped programme among its mishaps."""
    return lives.of(request.param)


class Lives:
    """Years in folders below one, each lived when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.of = cache(self._of)

    def _of(self, programme: str) -> Lived:
        return live(files(programme), SCRIPTS[programme], self._folder / programme)
