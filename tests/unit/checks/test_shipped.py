"""The shipped spec makes sense, and no line that goes missing breaks the checks."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec.faults import render
from tests.unit.checks.shipped import Edit, all_faults, edited, shipped

HEAVY = ("alembic", "numpy", "ortools", "pandas", "prefect", "sqlalchemy")
PROGRAM = f"""
import sys
from tests.unit.checks.shipped import all_faults, shipped
assert all_faults(shipped()) == ()
print([name for name in {HEAVY} if name in sys.modules])
"""

OPEN_DAYS = [
    "01-13",
    "02-10",
    "03-10",
    "04-14",
    "05-12",
    "06-09",
    "07-07",
    "08-11",
    "09-15",
    "10-13",
    "11-17",
    "12-08",
]
WITH_VALUES = [
    (file, number)
    for file in ("programme", "cohort")
    for number, line in enumerate(shipped()[file].splitlines())
    if ": " in line and not line.lstrip().startswith("#")
]
VALUES = [
    "kick-off",
    "closing",
    "each workshop",
    "the 1st held conversation",
    "3 months after kick-off",
    "1 week before closing",
    "3 days after each workshop",
    "2 hours after the 2nd held conversation",
    "workshop 3",
    "4 weeks after workshop 9",
    "1 day after final",
    "2 weeks before pair",
    "0 days",
    "3 hours",
    "40 months",
    "900000 years after kick-off",
    "at once",
    "after 2 days",
    "within 3 hours of workshop 2",
    "0 to 3 months",
    "Saturday",
    "everyone",
    "[mentors, mentee]",
    "[]",
    "{}",
    "{da: Hej, nb: Hei}",
    "2027-12-25 10:00",
    "0001-01-01",
    "9999-12-31 23:59",
    "weeks 1-53",
    "[weeks 1-53]",
    "mentor",
    "pair",
    "Europe",
    "1",
    '""',
]


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


@pytest.mark.parametrize("day", OPEN_DAYS)
def test_a_year_may_begin_in_any_month(day: str) -> None:
    edit = Edit(file="cohort", old="kick-off: 2027-11-17", new=f"kick-off: 2027-{day}")

    assert render(all_faults(edited([edit]))) == ""


@given(
    edits=st.lists(
        st.tuples(st.sampled_from(WITH_VALUES), st.sampled_from(VALUES)),
        min_size=1,
        max_size=4,
        unique_by=lambda edit: edit[0],
    )
)
def test_a_spec_with_any_other_values_is_checked(
    edits: list[tuple[tuple[str, int], str]],
) -> None:
    texts = shipped()
    for (file, number), value in edits:
        lines = texts[file].splitlines()
        lines[number] = f"{lines[number].partition(': ')[0]}: {value}"
        texts[file] = "\n".join(lines)

    all_faults(texts)


def test_checking_loads_no_solver_database_or_scheduler() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True
    )

    assert done.stdout == "[]\n"
