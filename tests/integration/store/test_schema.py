"""Tables made by migration, by description, at once and by several."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, column, insert, table, text

from integrations.store import rows, schema
from integrations.store.database import connect, single, writing
from integrations.store.outbox import SqlOutbox
from integrations.store.schema import LaterReleaseError, prepare
from integrations.store.tables import Instant
from tests.fakes.kill import ROOT
from tests.fakes.samples import message
from tests.fakes.schemas import missing, shape


@pytest.fixture
def file(tmp_path: Path) -> Engine:
    return connect(f"sqlite:///{tmp_path}/folder/stafet.db")


def test_the_constant_names_the_newest_migration() -> None:
    config = Config()
    config.set_main_option(
        "script_location", str(ROOT / "integrations/store/migrations")
    )

    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_a_database_in_memory_equals_a_migrated_one(file: Engine) -> None:
    memory = connect("sqlite://")
    prepare(memory)
    prepare(file)

    with single(memory) as described, single(file) as migrated:
        assert shape(described) == shape(migrated)
    memory.dispose()
    file.dispose()


def test_the_migrations_make_what_the_tables_describe(file: Engine) -> None:
    prepare(file)

    with single(file) as connection:
        assert missing(connection) == []
    file.dispose()


def test_an_up_to_date_database_is_known_without_alembic(file: Engine) -> None:
    prepare(file)
    file.dispose()
    script = (
        "import sys; from integrations.store.database import connect;"
        "from integrations.store.schema import prepare;"
        f"prepare(connect({str(file.url)!r}));"
        "sys.exit('alembic' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_several_processes_may_prepare_at_once(file: Engine) -> None:
    script = (
        "from integrations.store.database import connect;"
        "from integrations.store.schema import prepare;"
        f"prepare(connect({str(file.url)!r}))"
    )
    several = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(4)]

    assert [process.wait(timeout=60) for process in several] == [0, 0, 0, 0]
    with single(file) as connection:
        assert missing(connection) == []
    file.dispose()


def test_a_migration_that_fails_leaves_nothing(
    file: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate = schema.migrate

    def interrupted(*arguments: object) -> None:
        migrate(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(schema, "migrate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        prepare(file)
    monkeypatch.undo()

    with single(file) as connection:
        assert shape(connection) == {"words": []}
    prepare(file)
    file.dispose()


def test_mail_that_waits_keeps_its_bytes_in_a_new_release(file: Engine) -> None:
    letter = message("a", payload=bytes(range(256)))
    row = {**rows.of_message(letter), **rows.of_payload(letter)}
    instants = {"not_before": Instant, "not_after": Instant}
    old = table("outbox", *(column(name, instants.get(name)) for name in row))
    with writing(file) as connection:
        schema.migrate(connection, "0002")
        connection.execute(insert(old), row)
    prepare(file)

    stored = SqlOutbox(file).find(1)

    assert stored is not None
    assert stored.message == letter
    file.dispose()


def test_a_database_of_a_later_release_is_left_alone(file: Engine) -> None:
    prepare(file)
    with writing(file) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(LaterReleaseError, match="9999"):
        prepare(file)
    file.dispose()
