"""One rehearsal for all tests of the report: a year takes seconds."""

import pytest

from tests.unit.report.rehearsals import Told, rehearsal


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return rehearsal(tmp_path_factory.mktemp("rehearsal"))
