"""What is read from a participants file, whoever wrote it, and what is refused.

To write the golden report anew after a change of words, and then read the difference:

    .venv/bin/python -m tests.integration.people.test_csv_files
"""

import codecs
import csv
import io
import re
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.spec.programme import Programme
from engine.spec.reading import read
from engine.spec.rows import Row, RowFault, RowsError, participants
from integrations.people import read_rows, render_faults
from integrations.people.files import MOST_FAULTS
from integrations.people.records import LARGEST

GOLDEN = Path(__file__).parent / "golden"
SPEC = Path(__file__).parents[3] / "specs" / "aarhus-leadership" / "programme.yaml"
PROGRAMME = read(
    SPEC.read_text(encoding="utf-8"), source=SPEC.name, model=Programme
).checked()

HEADER = ("id", "name", "wishes, in order", "note; free")
ONLY_THESE = "keep one line for each person and the columns of the programme"
SEPARATE = "separate the columns with ; or ,"
UNCLOSED = (
    "a quotation mark is never closed, or stands alone in a quoted cell; "
    'write it twice where it is part of the text: ""'
)
AS_UTF_8 = "save it as UTF-8; in Excel choose the file type CSV UTF-8"


def rows_of(content: bytes) -> tuple[Row, ...]:
    return tuple(read_rows(content, source="people.csv"))


def refusal(content: bytes) -> str:
    with pytest.raises(RowsError) as refused:
        read_rows(content, source="people.csv")
    return str(refused.value)


def report() -> str:
    content = (GOLDEN / "participants.csv").read_bytes()
    try:
        participants(read_rows(content, source="x"), programme=PROGRAMME)
    except RowsError as refused:
        return render_faults("participants.csv", refused.faults) + "\n"
    return ""


def test_everything_that_is_wrong_in_a_file_is_reported_at_once() -> None:
    assert report() == (GOLDEN / "report.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_file_reads_the_same_whatever_program_wrote_it(
    delimiter: str, ending: str, mark: bytes
) -> None:
    lines = ["id,name", "ugle,Ulla Ærø", "", ",", 'falk,"Falk ""F"""', ""]
    text = ending.join(lines).replace(",", delimiter)

    assert rows_of(mark + text.encode()) == (
        Row(line=2, cells={"id": "ugle", "name": "Ulla Ærø"}),
        Row(line=5, cells={"id": "falk", "name": 'Falk "F"'}),
    )


def test_what_separates_cells_may_stand_in_a_quoted_one() -> None:
    content = b'id;goals\nugle;"career; change"\nfalk;career, change\n'

    assert rows_of(content) == (
        Row(line=2, cells={"id": "ugle", "goals": "career; change"}),
        Row(line=3, cells={"id": "falk", "goals": "career, change"}),
    )


def test_empty_columns_at_the_end_count_for_nothing() -> None:
    assert rows_of(b"id;name;;\nugle;Ulla;;;\nfalk;Falk\n") == (
        Row(line=2, cells={"id": "ugle", "name": "Ulla"}),
        Row(line=3, cells={"id": "falk", "name": "Falk"}),
    )


def test_a_row_of_another_length_carries_its_fault() -> None:
    remedy = (
        "write , between cells, also empty ones; a cell that holds it stands in "
        "quotation marks"
    )

    assert rows_of(b"id,name\nugle\nfalk,Falk,Frederik\n") == (
        Row(
            line=2,
            cells={"id": "ugle", "name": ""},
            faults=(
                RowFault(
                    line=2,
                    problem="the line has 1 cells, the header 2",
                    remedy=remedy,
                ),
            ),
        ),
        Row(
            line=3,
            cells={"id": "falk", "name": "Falk"},
            faults=(
                RowFault(
                    line=3,
                    problem="the line has 3 cells, the header 2",
                    remedy=remedy,
                ),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            "id;name\nugle;Ulla\nroen;Rikke Røn".encode("latin-1"),
            f"3: the line is not UTF-8, perhaps Latin-1; {AS_UTF_8}",
        ),
        (
            codecs.BOM_UTF8 + b"id\n\xf8",
            f"2: the line is not UTF-8, perhaps Latin-1; {AS_UTF_8}",
        ),
        ("id;name".encode("utf-16"), f"1: the file is UTF-16, not UTF-8; {AS_UTF_8}"),
        (b"id;name\nugle;\0", f"2: the line holds a NUL byte; {AS_UTF_8}"),
        (
            b"x" * (LARGEST + 1),
            f"1: the file has more than 5 MB; {ONLY_THESE}",
        ),
        (b"", "1: the first line is empty; name the columns in it"),
        (b"\nid;name", "1: the first line is empty; name the columns in it"),
        (
            b"id\tname\n",
            f"1: the first line names one column only, 'id name'; {SEPARATE}",
        ),
        (b"id;;name\n", "1: column 2 has no name; name it, or delete it"),
        (b"id;Name;name\n", "1: two columns are called 'name'; delete one of them"),
        (
            b"c;" * 201 + b"c",
            f"1: the first line names more than 200 columns; {ONLY_THESE}",
        ),
        (
            b"a;b\n" + b"1;2\n" * 10_001,
            "10002: the file has more than 10,000 people; keep those of one cohort",
        ),
        (
            b'id;name\nugle;"Ulla\nfalk;Falk\n',
            f"2: {UNCLOSED}",
        ),
        (
            b'id;name\nugle;"' + b"U" * 140_000,
            "2: a cell has more than 131,072 characters; close its quotation mark",
        ),
    ],
)
def test_a_file_that_is_no_csv_of_ours_is_refused_with_a_remedy(
    content: bytes, told: str
) -> None:
    assert refusal(content) == f"people.csv:{told}"


def test_a_long_report_ends_with_the_number_of_what_is_left_out() -> None:
    fault = RowFault(line=2, column="name", problem="is empty", remedy="write it")

    told = render_faults("people.csv", [fault] * (MOST_FAULTS + 2))

    assert told.splitlines()[-2:] == [
        "people.csv:2: name: is empty; write it",
        "and 2 more",
    ]


def test_nothing_in_a_report_can_steer_a_terminal() -> None:
    fault = RowFault(line=2, column="\x1b[2J", problem="\u202e", remedy="\r")

    assert render_faults("a\nb", [fault]) == "a\ufffdb:2: \ufffd[2J: \ufffd; \ufffd"


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)


@given(
    table=st.lists(
        st.tuples(texts.map("id{}".format), texts, texts, texts), max_size=5
    ),
    delimiter=st.sampled_from(";,"),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.sampled_from([b"", codecs.BOM_UTF8]),
    bare=st.booleans(),
)
def test_a_written_file_reads_back_the_same(
    table: list[tuple[str, ...]],
    *,
    delimiter: str,
    ending: str,
    mark: bytes,
    bare: bool,
) -> None:
    # Python's writer leaves some line breaks without quotation marks, unlike others.
    safe = not any(sign in cell for row in table for cell in row for sign in "\r\n")
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL if bare and safe else csv.QUOTE_ALL
    file = io.StringIO(newline="")
    writer = csv.writer(
        file, delimiter=delimiter, lineterminator=ending, quoting=quoting
    )
    writer.writerow(HEADER)
    expected = []
    for cells in table:
        line = len(re.findall(r"\r\n|\r|\n", file.getvalue())) + 1
        expected.append(Row(line=line, cells=dict(zip(HEADER, cells, strict=True))))
        writer.writerow(cells)

    rows = rows_of(mark + file.getvalue().encode())

    assert rows == tuple(expected)


@given(st.binary(max_size=200) | st.text('id;,"\n\r x\0\ufeffø').map(str.encode))
@example(b'"')
@example(b"id;name\n\x80")
def test_arbitrary_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        rows = read_rows(content, source="x")
    except RowsError:
        return

    # None of these is a participants file.
    with pytest.raises(RowsError):
        participants(rows, programme=PROGRAMME)


if __name__ == "__main__":
    (GOLDEN / "report.txt").write_text(report(), encoding="utf-8")


def test_one_column_is_enough_where_a_table_may_have_no_other() -> None:
    (row,) = read_rows(b"talent\nana | bo\n", source="made.csv", alone=True)

    assert row.cells == {"talent": "ana | bo"}
