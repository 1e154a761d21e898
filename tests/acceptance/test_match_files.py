"""Matches go into a spreadsheet or onto a page, and come back changed."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.acceptance.test_commands import Stafet, shipped

MORNING = "2027-08-09T08:00+02:00"
MATCHED = "2027-10-25T09:00+02:00"
COHORT = "aarhus-leadership/2027"
SWAPPED = {"bogfinke": "ahorn", "svale": "birk"}


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Stafet:
    """The shipped cohort on the day on which its matches are proposed."""
    made = shipped(tmp_path_factory.mktemp("proposed"))
    made("apply", str(made.cohort), "--yes", now=MORNING)
    made("advance", now=MATCHED)
    return made


@pytest.fixture
def stafet(proposed: Stafet, tmp_path: Path) -> Stafet:
    """The same for each test, to go on from."""
    return proposed.copied(tmp_path)


def in_csv(file: Path) -> None:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows:
        row["mentee"] = SWAPPED.get(row["mentor"], row["mentee"])
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def in_excel(file: Path) -> None:
    book = load_workbook(file)
    for mentor, mentee, *_ in book["pair"].iter_rows(min_row=2):
        if mentor.value in SWAPPED:
            mentee.value = SWAPPED[str(mentor.value)]
    book.save(file)


@pytest.mark.parametrize(("name", "edit"), [("m.csv", in_csv), ("m.xlsx", in_excel)])
def test_a_table_of_matches_is_changed_weighed_and_proposed(
    stafet: Stafet, name: str, edit: Callable[[Path], None]
) -> None:
    file = stafet.folder / name
    wrote = stafet("match", COHORT, "--out", str(file))
    unchanged = stafet("match", COHORT, "--score", str(file))
    edit(file)

    stafet("propose", COHORT, "--file", str(file), "--yes", now=MATCHED)
    before = stafet("match", COHORT).splitlines()
    stafet("approve", COHORT, now=MATCHED)
    after = stafet("match", COHORT).splitlines()

    assert "14 matches of pair" in wrote
    assert "pair: optimal, total 9800 (no better than 9800), worst match 450" in before
    assert "pair: 14 matches run" in after
    assert "There are no better ones." in unchanged
    shown = json.loads(stafet("match", COHORT, "--json"))
    pairs = {
        one["members"]["mentor"][0]: one["members"]["mentee"][0]
        for one in shown["matches"]
    }
    assert len(shown["matches"]) == 14
    assert SWAPPED.items() <= pairs.items()


def test_matches_become_a_page_or_what_a_program_reads(stafet: Stafet) -> None:
    page, document = stafet.folder / "m.html", stafet.folder / "m.json"
    told = stafet("match", COHORT, "--out", str(document), "--never", "isfugl+eg")
    stafet("match", COHORT, "--out", str(page))

    made = json.loads(document.read_text(encoding="utf-8"))
    pairs = [one["members"] for one in made["matches"]]
    assert {"mentor": ["isfugl"], "mentee": ["eg"]} not in pairs
    assert len(pairs) == 14
    assert "isfugl" in told
    html = page.read_text(encoding="utf-8")
    assert html.count('<tr><th scope="row">Emil Eg</th>') == 1
    assert 'class="sh3 chosen">750' in html


def test_a_file_of_no_known_form_is_refused_before_anything_is_solved(
    stafet: Stafet,
) -> None:
    code, _, err = stafet.run("match", COHORT, "--out", "matches.pdf")

    assert code == 1
    assert "write, for example, matches.html, matches.xlsx" in err


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (("--kind", "trio"), "'trio' is no kind of match; say which with --kind: pair"),
        (("--aims", "--json"), "--aims shows a table; leave --json and --out out"),
        (
            ("--aims", "--pin", "ugle+poppel"),
            "--aims and --pin do not go together; ask one by one",
        ),
        (("--score", "m.csv"), "m.csv: there is no such file"),
        (("--out", "nowhere/m.csv"), "nowhere/m.csv: No such file or directory"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_what_to_write(
    stafet: Stafet, asked: tuple[str, ...], refusal: str
) -> None:
    code, out, err = stafet.run("match", COHORT, *asked)

    assert (code, out, err) == (1, "", f"{refusal}\n")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [("", "the first line is empty"), ("a\nb\n", "there is no column")],
)
def test_a_file_that_is_no_table_is_told_as_that(
    stafet: Stafet, content: str, refusal: str
) -> None:
    file = stafet.folder / "made.csv"
    file.write_text(content, encoding="utf-8")

    told = [
        stafet.run("match", COHORT, "--score", str(file)),
        stafet.run("propose", COHORT, "--file", str(file)),
    ]

    assert [(code, refusal in err) for code, _, err in told] == [(1, True)] * 2


def test_the_matches_of_one_are_shown_with_what_others_would_cost(
    stafet: Stafet,
) -> None:
    shown = json.loads(stafet("match", COHORT, "--who", "boeg", "--json"))

    (match,) = shown["matches"]
    assert match["members"]["mentee"] == ["boeg"]
    assert len(match["alternatives"]) == 3
    assert shown["summary"]["pair"]["unpriced"] == []
