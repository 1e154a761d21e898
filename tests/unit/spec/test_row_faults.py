"""What is refused in the rows of a participants file, and what is written instead."""

import pytest

from engine.spec.rows import Row, RowFault, RowsError
from tests.unit.spec.test_rows import FALK, GRAN, UGLE, read_rows, row, told

ADDRESS = "is not an address; write, for example, anna@example.org"
NUMBER = "is not a whole number; write, for example, 2"
INVISIBLE = "holds an invisible character"
CIRCLE = "correct one of these managers"
CHAIN = f"whose manager is 'ugle'; {CIRCLE}"
ADD = "add it to the header, and a cell for it to each line"
ANEW = "empty the cell and type it again"


@pytest.mark.parametrize(
    ("column", "written", "fault"),
    [
        ("email", "anna@", f"'anna@' {ADDRESS}"),
        ("email", f"{'a' * 65}@example.org", f"'{'a' * 39}…' {ADDRESS}"),
        ("email", "sø@example.org", f"'sø@example.org' {ADDRESS}"),
        ("name", " ", "is empty; write the name as others should see it"),
        ("language", "nb", "'nb' is no language of the programme; write da or en"),
        ("roles", "", "is empty; write mentor or mentee"),
        (
            "roles",
            "mentor|mentes",
            "'mentes' is no role of the programme; did you mean 'mentee'?",
        ),
        (
            "roles",
            "coordinator",
            "'coordinator' is no role of the programme; write mentor or mentee",
        ),
        (
            "level",
            "directer",
            "'directer' is no step of the scale; did you mean 'director'?",
        ),
        ("years", "2.5", f"'2.5' {NUMBER}"),
        ("years", "٣", f"'٣' {NUMBER}"),
        ("years", "-1", "'-1' is below zero; write 0 or more"),
        ("remote", "maybe", "'maybe' is neither yes nor no; write yes or no"),
        ("goals", "a|b|c", "names 3 tags; write at most 2, separated by |"),
        ("wishes", "ugle", "'ugle' is this person; name somebody else, or nobody"),
        ("wishes", "gnu", "'gnu' is no id of this file; write an id of this file"),
        (
            "wishes",
            "Frederik Falk",
            "'Frederik Falk' is no id of this file; did you mean 'falk'?",
        ),
        ("manager", "FALK", "'FALK' is no id of this file; did you mean 'falk'?"),
        (
            "manager",
            "ugle",
            f"'ugle' is in a circle: their manager is 'ugle'; {CIRCLE}",
        ),
        ("office", "a\nb", "holds a line break; write it on one line"),
        ("phone", "\x1b[31m", f"{INVISIBLE} (U+001B); {ANEW}"),
        ("phone", "45\u202e", f"{INVISIBLE} (U+202E); {ANEW}"),
    ],
)
def test_a_cell_that_cannot_be_used_is_told_with_a_remedy(
    column: str, written: str, fault: str
) -> None:
    faults = told(row(2, UGLE, **{column: written}), row(3, FALK))

    assert faults == [f"2: {column}: {fault}"]


def test_the_id_and_the_address_of_another_are_refused_whatever_their_case() -> None:
    faults = told(row(2, UGLE), row(4, FALK, id="Ugle", email="ULLA@example.org"))

    remedy = "give each person one line, an id and an address of their own"
    assert faults == [
        f"4: id: 'Ugle' stands in line 2 as well; {remedy}",
        f"4: email: 'ULLA@example.org' stands in line 2 as well; {remedy}",
    ]


def test_a_circle_of_managers_is_told_once_and_not_to_those_below_it() -> None:
    faults = told(
        row(2, GRAN, manager="ugle"),
        row(3, UGLE, manager="Frede <falk@example.org>"),
        row(4, FALK, manager="ugle"),
    )

    assert faults == [
        f"3: manager: 'ugle' is in a circle: their manager is 'falk', {CHAIN}"
    ]


def test_a_misspelt_column_is_told_once_with_what_was_meant() -> None:
    cells = dict(row(2, UGLE).cells)
    cells["e-mail"] = cells.pop("email")
    del cells["office"]

    assert told(Row(line=2, cells=cells)) == [
        "1: e-mail: the programme has no such column; did you mean 'email'?",
        f"1: office: this column is missing; {ADD}",
    ]


def test_a_row_that_its_reader_refused_is_told_without_what_follows_from_it() -> None:
    ragged = RowFault(line=3, problem="has too few cells", remedy="add them")
    rest = row(3, {"id": "falk", "email": "nonsense"})

    faults = told(
        row(2, UGLE, wishes="falk"),
        Row(line=3, cells=rest.cells, faults=(ragged,)),
    )

    assert faults == ["3: has too few cells; add them"]


def test_a_file_without_people_is_refused() -> None:
    assert told() == ["1: nobody stands below the header; write a line for each person"]


def test_a_fault_keeps_its_parts_for_programs() -> None:
    with pytest.raises(RowsError) as refused:
        read_rows(row(2, UGLE, name=""))

    remedy = "write the name as others should see it"
    assert refused.value.faults == (
        RowFault(line=2, column="name", problem="is empty", remedy=remedy),
    )
