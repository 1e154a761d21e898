"""What a coordinator looks at: a person's log and year to come, and changed files."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from flows.starter import write_starter
from integrations.mail.reading import headers_of
from tests.acceptance.test_commands import Stafet
from tests.fakes.cohort_files import edited
from tests.unit.docs.pages import keys, page, section

TODAY = date(2027, 8, 9)
MORNING, LATER = "2027-08-09T09:00+02:00", "2027-08-10T09:00+02:00"


@pytest.fixture
def stafet(tmp_path: Path) -> Stafet:
    """An installation with the files of a small programme, which nobody has applied."""
    one = Stafet(tmp_path)
    _, one.cohort, *_ = write_starter(tmp_path / "specs", "demo", today=TODAY)
    return one


COLUMNS = 6
SAME = "they say the same\n"
GATHERINGS = ("Kick-off", "Closing seminar")


def cells(shown: str) -> list[list[str]]:
    """Return the cells of the rows of a table."""
    lines = (line.split("│") for line in shown.splitlines())
    return [[cell.strip() for cell in line[1:-1]] for line in lines if len(line) > 2]


def happened(shown: str) -> list[list[str]]:
    """Return the rows of a log, without those that tell how much somebody had."""
    return [row for row in cells(shown) if len(row) == COLUMNS]


def test_a_persons_log_tells_what_they_were_sent_and_what_they_said(
    stafet: Stafet,
) -> None:
    stafet("apply", str(stafet.cohort), "--yes", now=MORNING)
    stafet("advance", now=MORNING)
    pending = happened(stafet("log", "ash", now=MORNING))
    stafet("deliver", "--folder", str(stafet.folder / "mail"), now=LATER)
    stafet("rsvp", "kick-off-1", "declined", "--as", "ash", now=LATER)

    shown = happened(stafet("log", "ash", now=LATER))
    document = json.loads(stafet("log", "ASH@example.org", "--json", now=LATER))

    kept = [["invitation", "Please keep the date: " + one] for one in GATHERINGS]
    assert [row[2:4] for row in pending] == [["takes part as mentor", ""], *kept]
    assert [row[5] for row in pending] == ["by coordinator", "pending", "pending"]
    assert [row[0] for row in shown] == [
        "Mon 2027-08-09 09:00",
        *["Tue 2027-08-10 09:00"] * 3,
    ]
    assert {tuple(row[2:]) for row in shown[1:]} == {
        ("invitation", "Please keep the date: Kick-off", "1", "sent"),
        ("invitation", "Please keep the date: Closing seminar", "7", "sent"),
        ("declined", "Kick-off", "kick-off-1", ""),
    }
    assert [one["what"] for one in document] == [row[2] for row in shown]
    assert list(document[0]) == keys(section(page("docs/commands.md"), "stafet log"))


def test_somebody_whom_no_cohort_knows_is_told_as_such(stafet: Stafet) -> None:
    stafet("apply", str(stafet.cohort), "--yes", now=MORNING)

    code, _, err = stafet.run("log", "oak")

    assert code == 1
    assert err == "nobody has the id or the address 'oak' in a recorded cohort\n"


def test_a_log_is_of_one_person_over_all_cohorts_that_they_are_in(
    stafet: Stafet,
) -> None:
    folder = stafet.folder / "specs"
    _, other, people, *_ = write_starter(folder, "second", today=TODAY)
    text = people.read_text(encoding="utf-8")
    people.write_text(edited(text, {"ash@": "another.ash@"}), encoding="utf-8")
    for cohort in (stafet.cohort, other):
        stafet("apply", str(cohort), "--yes", now=MORNING)

    shown = stafet("log", "birch")
    both, load = happened(shown), [row for row in cells(shown) if len(row) != COLUMNS]
    code, _, err = stafet.run("log", "ash")
    of_one = happened(stafet("log", "ash", "--cohort", "second/2027"))

    assert load == [
        ["2027", "demo/2027", "mentor", "0"],
        ["2027", "second/2027", "mentor", "0"],
    ]
    assert {row[1] for row in both} == {"demo/2027", "second/2027"}
    assert {row[1] for row in of_one} == {"second/2027"}
    assert code == 1
    assert err == (
        "'ash' is somebody else in each of demo/2027, second/2027; say which with"
        " --cohort, or write the address\n"
    )


def test_an_edited_cohort_is_told_by_what_was_written_who_comes_and_when(
    stafet: Stafet,
) -> None:
    new = moved_on(stafet)

    shown = stafet("diff", str(stafet.cohort), str(new))
    document = json.loads(stafet("diff", str(stafet.cohort), str(new), "--json"))

    lines = [line.rstrip() for line in shown.splitlines()]
    assert lines[: lines.index("Dates that follow")] == [
        "In the programme",
        "  Changed: meeting conversation: lasts: 90 minutes becomes 1 hour",
        "In the cohort",
        "  Changed: dates: kick-off: 2027-12-08 13:00 becomes 2027-12-01 13:00",
        "In the people",
        "  New: gale, mentee",
        "  Gone: fern, mentee",
        "  Changed: ash: roles: [mentor] becomes [mentor, mentee]",
    ]
    assert [
        "Kick-off",
        "Wed 2027-12-08 13:00-16:00",
        "Wed 2027-12-01 13:00-16:00",
    ] in cells(shown)
    assert list(document) == keys(section(page("docs/commands.md"), "stafet diff"))
    assert document["people"][0] == {
        "kind": "new",
        "of": "gale",
        "key": "",
        "old": None,
        "new": "mentee",
    }
    assert {
        "activity": "kick-off",
        "title": "Kick-off",
        "was": {
            "starts": "2027-12-08T13:00:00+01:00",
            "ends": "2027-12-08T16:00:00+01:00",
        },
        "now": {
            "starts": "2027-12-01T13:00:00+01:00",
            "ends": "2027-12-01T16:00:00+01:00",
        },
    } in document["dates"]


def test_files_that_say_the_same_are_told_as_such(stafet: Stafet) -> None:
    programme = str(stafet.cohort.parents[1] / "programme.yaml")

    assert stafet("diff", str(stafet.cohort), str(stafet.cohort)) == SAME
    assert stafet("diff", programme, programme) == SAME


def test_a_programme_and_a_cohort_cannot_be_compared(stafet: Stafet) -> None:
    programme = str(stafet.cohort.parents[1] / "programme.yaml")

    code, out, err = stafet.run("diff", str(stafet.cohort), programme)

    assert (code, out) == (1, "")
    assert err.endswith("are a programme and a cohort; compare two of a kind\n")


def test_a_preview_is_what_of_a_rehearsal_reaches_that_person(stafet: Stafet) -> None:
    cohort, out = str(stafet.cohort), stafet.folder / "out"
    mine = out / "fern"

    shown = stafet("preview", cohort, "--for", "Fern@example.org", "--out", str(mine))
    stafet("rehearse", cohort, "--out", str(out / "all"))

    mails = [path.read_bytes() for path in sorted(mine.glob("*.eml"))]
    assert mails == [
        path.read_bytes() for path in sorted((out / "all" / "mail").glob("*-fern.eml"))
    ]
    feed = (out / "all" / "calendars" / "fern.ics").read_bytes()
    assert (mine / "feed.ics").read_bytes() == feed
    subjects = [headers_of(mail).subject for mail in mails]
    told = re.findall(
        r"^\w{3} \d{4}-\d\d-\d\d \d\d:\d\d  \w+: (.*)$", shown, re.MULTILINE
    )
    assert told == subjects
    assert shown.startswith(f"fern in demo/2027: {len(mails)} mails\n")
    assert ["Wed 2027-12-08 13:00-16:00", "Kick-off", "Town hall", ""] in cells(shown)


def test_nobody_elses_files_are_touched_and_nobody_unknown_is_previewed(
    stafet: Stafet,
) -> None:
    (stafet.folder / "mine.txt").write_text("kept", encoding="utf-8")
    cohort, here = str(stafet.cohort), str(stafet.folder)

    refused = stafet.run("preview", cohort, "--for", "fern", "--out", here)
    unknown = stafet.run("preview", cohort, "--for", "oak")

    assert (refused[0], unknown[0]) == (1, 1)
    assert "holds other files" in refused[2]
    assert unknown[2] == (
        "nobody has the id or the address 'oak'; "
        "known: ash, birch, cedar, coordinator, dill, elder, fern\n"
    )


def moved_on(stafet: Stafet) -> Path:
    """Return the cohort in another folder: a week earlier, with other people."""
    target = stafet.folder / "new" / "demo"
    shutil.copytree(stafet.cohort.parents[1], target)
    cohort = target / "cohorts" / stafet.cohort.name
    for path, edits in (
        (target / "programme.yaml", {"lasts: 90 minutes": "lasts: 1 hour"}),
        (cohort, {"kick-off: 2027-12-08": "kick-off: 2027-12-01"}),
        (
            target / "cohorts" / "participants.csv",
            {
                "fern;Fern Example;fern@": "gale;Gale Example;gale@",
                ";;en;mentor;Schools": ";;en;mentor|mentee;Schools",
            },
        ),
    ):
        path.write_text(edited(path.read_text(encoding="utf-8"), edits), "utf-8")
    return cohort
