"""What is read of matches that somebody wrote into a table, and what is refused."""

import pytest

from engine.commands.decision import RefusedError
from engine.handmade import read_matches
from engine.spec.rows import Row, RowFault
from tests.fakes.cohorts import recorded
from tests.unit.test_trials import record, rows


def refusal(*made: Row) -> str:
    with pytest.raises(RefusedError) as refused:
        read_matches(recorded().record, "pair", made)
    return str(refused.value)


def test_each_is_read_once_whatever_stands_between_them() -> None:
    of = record()
    ids = {one.id: one.person for one in of.participants}

    made = read_matches(of, "pair", rows({" Mentor": " falk ;falk|", "MENTEE": "alk"}))

    assert made == ({"mentor": (ids["falk"],), "mentee": (ids["alk"],)},)


def test_a_cell_that_names_nobody_is_told_with_its_line() -> None:
    told = refusal(
        *rows({"mentor": "flak", "mentee": "alk"}, {"mentor": "ugle", "mentee": "gog"})
    )

    assert told == (
        "line 2, mentor: nobody has the id 'flak'; did you mean falk?\n"
        "line 3, mentee: nobody has the id 'gog'; "
        "write ids of the people file under mentor, mentee"
    )


def test_who_is_written_by_name_is_told_with_their_id() -> None:
    name = next(one.name for one in record().participants if one.id == "ugle")

    told = refusal(*rows({"mentor": name, "mentee": "alk"}))

    assert f"nobody has the id {name!r}; did you mean ugle?" in told


def test_a_column_of_another_name_is_refused_and_not_passed_over() -> None:
    told = refusal(*rows({"mentor": "ugle", "menteee": "alk"}))

    assert told == (
        "there is no column mentee, only mentor and menteee;"
        " call the columns mentor and mentee"
    )


def test_a_table_without_a_match_is_refused() -> None:
    assert refusal() == "there is no match in it; write each on a line of its own"


def test_a_line_of_another_length_is_refused() -> None:
    fault = RowFault(line=2, column="", problem="it has 3 cells", remedy="write 2")

    told = refusal(Row(line=2, cells={"mentor": "", "mentee": ""}, faults=(fault,)))

    assert told.startswith("2: it has 3 cells; write 2")
