"""The shipped spec makes sense, and no line that goes missing breaks the checks."""

import subprocess
import sys

import pytest

from engine.spec.faults import render
from tests.unit.checks.shipped import Edit, all_faults, edited, shipped

HEAVY = ("alembic", "numpy", "ortools", "pandas", "prefect", "sqlalchemy")
PROGRAM = f"""
import sys
from tests.unit.checks.shipped import all_faults, shipped
assert all_faults(shipped()) == ()
print([name for name in {HEAVY} if name in sys.modules])
"""


def without_line(file: str, number: int) -> dict[str, str]:
    lines = shipped()[file].splitlines(keepends=True)
    return shipped() | {file: "".join(lines[:number] + lines[number + 1 :])}


def lines_of(file: str) -> range:
    return range(len(shipped()[file].splitlines()))


def test_the_shipped_spec_has_no_fault() -> None:
    assert render(all_faults(shipped())) == ""


@pytest.mark.parametrize("number", lines_of("programme"))
def test_a_programme_without_one_of_its_lines_is_checked(number: int) -> None:
    all_faults(without_line("programme", number))


@pytest.mark.parametrize("number", lines_of("cohort"))
def test_a_cohort_without_one_of_its_lines_is_checked(number: int) -> None:
    all_faults(without_line("cohort", number))


@pytest.mark.parametrize("month", range(1, 13))
def test_a_year_may_begin_in_any_month(month: int) -> None:
    told = "kick-off: 2027-11-17"
    begins = {1: 13, 2: 10, 3: 10, 4: 14, 5: 12, 6: 9, 7: 7, 8: 11, 12: 8}
    edit = Edit(
        file="cohort",
        old=told,
        new=f"kick-off: 2027-{month:02}-{begins.get(month, 13):02}",
    )

    assert render(all_faults(edited([edit]))) == ""


def test_checking_loads_no_solver_database_or_scheduler() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True
    )

    assert done.stdout == "[]\n"
