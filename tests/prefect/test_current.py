"""Tasks work on the application that they are given, or on the installed one."""

from pathlib import Path

from flows.current import current, installed, using
from flows.wiring import App
from integrations.clock import FixedClock
from integrations.settings import environment
from tests.fakes.recorded import began, recorded


def test_tasks_find_the_application_that_they_are_given(
    app: App, tmp_path: Path
) -> None:
    other = recorded(tmp_path / "other")

    with using(app):
        with using(other):
            inner = current()
        outer = current()

    assert (inner, outer) == (other, app)


def test_an_installation_is_what_its_settings_say(tmp_path: Path) -> None:
    told = {"STAFET_HOME": str(tmp_path), "STAFET_DOMAIN": "mentor.example.org"}

    with environment(told, instead_of="STAFET_"):
        app = installed(FixedClock(began()))

    app.engine.dispose()
    assert app.unit.installation.domain == "mentor.example.org"
    assert (tmp_path / "stafet.db").is_file()


def test_a_database_elsewhere_needs_no_home_to_be_there_before(tmp_path: Path) -> None:
    home = tmp_path / "not" / "there"
    told = {
        "STAFET_HOME": str(home),
        "STAFET_DATABASE_URL": f"sqlite:///{tmp_path}/elsewhere.db",
    }

    with environment(told, instead_of="STAFET_"):
        app = installed(FixedClock(began()))

    app.engine.dispose()
    assert app.unit.installation.key == (home / "key").read_bytes()
