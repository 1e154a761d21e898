"""What a coordinator is told of a programme that extends another.

Each case is a folder: `programme.yaml` extends the common `base.yaml`, or its own.
To write them anew after a change of words, and then read the difference:

    .venv/bin/python -m tests.unit.spec.test_golden_variants
"""

import contextlib
import tempfile
from pathlib import Path

import pytest

from engine.checks import check_programme
from engine.spec.faults import in_order, render
from integrations.spec_files import read_programme

GOLDEN = Path(__file__).parents[2] / "golden" / "variants"
FEWEST = 25
CASES = sorted((GOLDEN / "cases").iterdir())


def shown(case: Path) -> str:
    """Return what is told of a case whose files lie in the working folder."""
    for name, source in (("base", _base(case)), ("short", case / "programme.yaml")):
        folder = Path("specs") / name
        folder.mkdir(parents=True)
        text = source.read_text(encoding="utf-8")
        (folder / "programme.yaml").write_text(text, encoding="utf-8")
    reading = read_programme(Path("specs/short/programme.yaml"))
    return render(in_order([*reading.faults, *check_programme(reading)])) + "\n"


def _base(case: Path) -> Path:
    own = case / "base.yaml"
    return own if own.exists() else GOLDEN / "base.yaml"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_told_as_in_its_golden_file(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    expected = (case / "errors.txt").read_text(encoding="utf-8")

    assert shown(case) == expected


def test_there_is_a_golden_file_for_every_kind_of_fault() -> None:
    assert len(CASES) >= FEWEST


def test_the_common_base_has_no_fault() -> None:
    reading = read_programme(GOLDEN / "base.yaml")

    assert (reading.faults, check_programme(reading)) == ((), ())


if __name__ == "__main__":
    for one in CASES:
        with tempfile.TemporaryDirectory() as there, contextlib.chdir(there):
            told = shown(one)
        (one / "errors.txt").write_text(told, encoding="utf-8")
