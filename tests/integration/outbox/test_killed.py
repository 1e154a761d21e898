"""Kills over SQLite, and whether every point is in a matrix."""

from pathlib import Path

import pytest

from integrations.store.database import connect
from integrations.store.schema import prepare
from tests.fakes import kill
from tests.fakes.killed import KilledContract


def test_every_point_is_in_a_matrix() -> None:
    commands = {name.partition(":")[0] for name in kill.points()}

    assert commands == set(kill.MATRICES)


class TestOnSqlite(KilledContract):
    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        made = f"sqlite:///{tmp_path}/stafet.db"
        engine = connect(made)
        prepare(engine)
        engine.dispose()
        return made
