"""Two rehearsals of the same files and seed are the same, whatever the machine."""

import hashlib
import subprocess
import sys
from pathlib import Path

from tests.acceptance.conftest import COHORT

MACHINES = (
    {"TZ": "UTC", "PYTHONHASHSEED": "0", "LANG": "C.UTF-8"},
    {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "4711", "LANG": "da_DK.UTF-8"},
)


def test_the_machine_makes_no_difference(tmp_path: Path) -> None:
    written = []
    for number, machine in enumerate(MACHINES):
        home = tmp_path / f"home-{number}"
        home.mkdir()
        out = tmp_path / f"out-{number}"
        environment = {"HOME": str(home), **machine}
        command = [sys.executable, "-m", "flows.cli", "rehearse", str(COHORT)]
        subprocess.run(
            [*command, "--out", str(out), "--until", "2028-02-01"],
            env=environment,
            check=True,
            capture_output=True,
        )
        assert list(home.iterdir()) == []
        written.append(digests(out))

    assert written[0] == written[1]


def digests(folder: Path) -> dict[str, str]:
    """Return the hash of each file below a folder, by its path in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
