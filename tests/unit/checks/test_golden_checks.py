"""What a coordinator is told of a spec that can be read but makes no sense.

Each case is a folder: `edit.yaml` changes the shipped spec, `errors.txt` is told.
To write these anew after a change of words, and then read the difference:

    .venv/bin/python -m tests.unit.checks.test_golden_checks
"""

from pathlib import Path

import pytest
import yaml

from engine.spec.faults import render
from tests.unit.checks.shipped import Edit, all_faults, edited

CASES = Path(__file__).parents[2] / "golden" / "checks"
FEWEST = 35


def edits(case: Path) -> list[Edit]:
    told = yaml.safe_load((case / "edit.yaml").read_text(encoding="utf-8"))
    return [
        Edit(file=file, old=one["replace"], new=one["with"])
        for file, changes in told.items()
        for one in changes
    ]


def shown(case: Path) -> str:
    return render(all_faults(edited(edits(case)))) + "\n"


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_fault_is_told_as_in_its_golden_file(case: Path) -> None:
    expected = (case / "errors.txt").read_text(encoding="utf-8")

    assert shown(case) == expected


def test_there_is_a_golden_file_for_every_kind_of_check() -> None:
    assert len(list(CASES.iterdir())) >= FEWEST


if __name__ == "__main__":
    for folder in sorted(CASES.iterdir()):
        (folder / "errors.txt").write_text(shown(folder), encoding="utf-8")
