"""A rehearsal through Prefect is the plain one to the last byte, and leaves nothing."""

import datetime as dt
import http.client
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from flows.rehearsal.outputs import write_outputs
from flows.rehearsal.year import rehearse
from tests.fakes.process import PATIENCE, until
from tests.fakes.recorded import began, example

DAYS = 150


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_it_writes_the_same_bytes_and_says_nothing(tmp_path: Path) -> None:
    plain, driven, home = (tmp_path / name for name in ("plain", "driven", "home"))
    end = began() + dt.timedelta(days=DAYS)
    write_outputs(rehearse(example(), mail=plain / "mail", seed=1, until=end), plain)
    home.mkdir()

    done = subprocess.run(
        [sys.executable, "-m", "tests.fakes.prefect_rehearsal", driven, str(DAYS)],
        env={
            "HOME": str(home),
            "TMPDIR": str(home),
            "PREFECT_API_URL": "http://nobody",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert files(driven) == files(plain)
    assert list(home.iterdir()) == []


def test_a_server_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.prefect_parent", tmp_path / "prefect"],
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout
        address = urlsplit(parent.stdout.readline().strip())
        assert answers(address.port)

        parent.kill()

    until(lambda: not answers(address.port))


def answers(port: int | None) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
