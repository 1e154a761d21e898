"""Faults of form and of meaning are told at once, and each cause once."""

import re

from hypothesis import given
from hypothesis import strategies as st

from engine.checks import rows_to_tell
from engine.spec.faults import render
from engine.spec.programme import Programme
from engine.spec.reading import read
from engine.spec.rows import RowFault
from tests.unit.checks.shipped import Edit, all_faults, edited, readings, shipped

KEY = re.compile(r"( *(?:- )?)([A-Za-z][\w' -]*):(?= |$)(.*)")
LINES = [
    (file, number)
    for file in ("programme", "cohort")
    for number, line in enumerate(shipped()[file].splitlines())
    if KEY.fullmatch(line)
]
WRONG = ("17", "17.5", "true", "[[]]", "qq qq", "{q: 1}", "", "qq: 1", "[1]")


def with_value(file: str, number: int, value: str) -> dict[str, str]:
    """Return the shipped files with another value in a line."""
    lines = shipped()[file].splitlines()
    lines[number] = KEY.sub(rf"\1\2: {value}", lines[number])
    return shipped() | {file: "\n".join(lines) + "\n"}


def with_key(file: str, number: int, ending: str) -> dict[str, str]:
    """Return the shipped files with another key in a line."""
    lines = shipped()[file].splitlines()
    lines[number] = KEY.sub(rf"\1\2{ending}:\3", lines[number])
    return shipped() | {file: "\n".join(lines) + "\n"}


def assert_each_fault_of_form_is_told_alone(texts: dict[str, str]) -> None:
    files = readings(texts)
    of_form = [fault for one in files for fault in one.faults]

    assert all(one.mended.value or not one.document.root for one in files)
    if of_form:
        assert render(all_faults(texts)) == render(of_form)


@given(st.sampled_from(LINES), st.sampled_from(WRONG))
def test_nothing_is_told_that_follows_from_a_value_of_the_wrong_form(
    line: tuple[str, int], value: str
) -> None:
    assert_each_fault_of_form_is_told_alone(with_value(*line, value))


@given(st.sampled_from(LINES), st.sampled_from(("x", " when", "qqqqqqqqqqqq")))
def test_nothing_is_told_that_follows_from_an_unknown_key(
    line: tuple[str, int], ending: str
) -> None:
    assert_each_fault_of_form_is_told_alone(with_key(*line, ending))


def test_a_fault_of_form_hides_none_of_meaning() -> None:
    meaning = Edit(file="programme", old="with: pair", new="with: pairs")
    told = set(all_faults(edited([meaning])))

    form = Edit(file="programme", old="lasts: 4 hours", new="lasts: for ever")

    assert told < set(all_faults(edited([meaning, form])))


def test_a_row_is_told_unless_it_hangs_on_what_the_programme_does_not_say() -> None:
    text = shipped()["programme"].replace("type: people", "type: persons")
    mended = read(text, source="programme.yaml", model=Programme).mended
    wish, name, role = (
        RowFault(line=2, column=column, problem="is wrong", remedy="write another")
        for column in ("wishes", "name", "roles")
    )

    assert rows_to_tell([wish, name, role], mended) == (name, role)


def test_rows_hang_on_roles_and_languages_too() -> None:
    text = shipped()["programme"].replace("[da, en]", "[da, 5]")
    text = text.replace("roles: [mentor, mentee]", "roles: mentors")
    mended = read(text, source="programme.yaml", model=Programme).mended
    name, role, language = (
        RowFault(line=2, column=column, problem="is wrong", remedy="write another")
        for column in ("name", "roles", "language")
    )

    assert rows_to_tell([name, role, language], mended) == (name,)
