"""Each shipped programme, rehearsed once for every claim about it."""

from functools import cache
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from flows.rehearsal.outputs import write_outputs
from flows.rehearsal.year import rehearse
from tests.acceptance.conftest import RehearsedYear
from tests.acceptance.programmes.shipped import COHORTS, files


@pytest.fixture(scope="session")
def rehearsals(tmp_path_factory: pytest.TempPathFactory) -> "Rehearsals":
    """The years that were rehearsed so far."""
    return Rehearsals(tmp_path_factory.mktemp("programmes"))


class ByProgramme(LoadScopeScheduling):  # type: ignore[misc]
    """Gives all tests of one programme to one worker, which rehearses it once.

    Groups of pytest-xdist itself need node ids that can be changed.
    """

    def _split_scope(self, nodeid: str) -> str:
        """Return the programme that a test is about; else the file that it is in."""
        file, _, test = nodeid.partition("::")
        return test.partition("[")[2].rstrip("]") or file


def pytest_xdist_make_scheduler(
    config: pytest.Config, log: Producer
) -> LoadScopeScheduling:
    """Share the tests out by programme."""
    return ByProgramme(config, log)


@pytest.fixture(params=COHORTS)
def year(request: pytest.FixtureRequest, rehearsals: "Rehearsals") -> RehearsedYear:
    """The whole run of a shipped programme, one after the other."""
    return rehearsals.of(request.param)


class Rehearsals:
    """Years in folders below one, each rehearsed when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.of = cache(self._of)

    def _of(self, programme: str) -> RehearsedYear:
        return rehearsed(programme, self._folder / programme)


def rehearsed(programme: str, folder: Path) -> RehearsedYear:
    """Return a run of a shipped programme, with its files in a folder."""
    told = files(programme)
    year = rehearse(told, mail=folder / "mail", seed=1)
    write_outputs(year, folder)
    return RehearsedYear(files=told, rehearsed=year, folder=folder)
