"""Commands by which a coordinator writes, is asked for a call, counts and caters."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from flows.starter import write_starter
from tests.acceptance.test_commands import Stafet
from tests.acceptance.test_looking import cells

TODAY = date(2027, 8, 9)
MORNING, EVENING = "2027-08-09T09:00+02:00", "2027-08-09T18:00+02:00"
NEXT_DAY = "2027-08-10T09:00+02:00"
WORDS = "en: {subject: Another room, text: 'We meet in room 7, {first name}.'}\n"


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Stafet:
    """An installation with a small programme in force, whose first mails have left."""
    one = Stafet(tmp_path_factory.mktemp("delivered"))
    _, one.cohort, *_ = write_starter(one.folder / "specs", "demo", today=TODAY)
    one("apply", str(one.cohort), "--yes", now=MORNING)
    one("advance", now=MORNING)
    one("deliver", "--folder", str(one.folder / "mail"), now=MORNING)
    return one


@pytest.fixture
def stafet(delivered: Stafet, tmp_path: Path) -> Stafet:
    """The same for each test, to go on from."""
    return delivered.copied(tmp_path)


def written(stafet: Stafet, text: str = WORDS) -> str:
    path = stafet.folder / "room.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_message_is_shown_asked_about_and_sent_in_sending_hours(
    stafet: Stafet,
) -> None:
    asked = ("message", "demo/2027", written(stafet), "--to", "ash, birch")

    code, shown, _ = stafet.run(*asked, "--now", EVENING)
    before = cells(stafet("log", "ash", now=EVENING))
    said = stafet(*asked, "--yes", now=EVENING)
    stafet("deliver", "--folder", str(stafet.folder / "late"), now=EVENING)
    stafet("deliver", "--folder", str(stafet.folder / "early"), now=NEXT_DAY)

    assert code == 1
    assert "We meet in room 7, " in shown
    assert "leaves Tue 2027-08-10 08:00" in shown
    assert "/call/" not in shown
    assert not any(row[2] == "was written to" for row in before)
    assert said.splitlines()[-1] == "written to 2. Next: stafet deliver"
    assert list((stafet.folder / "late").glob("*-message-*")) == []
    assert len(list((stafet.folder / "early").glob("*-message-*"))) == 2
    log = [row[2:] for row in cells(stafet("log", "ash", now=NEXT_DAY))][-2:]
    assert [row[:2] for row in log] == [
        ["was written to", "Another room"],
        ["message", "Another room"],
    ]


def test_a_file_of_words_that_cannot_be_read_is_told_as_such(stafet: Stafet) -> None:
    path = written(stafet, "- just a list\n")

    code, _, err = stafet.run(
        "message", "demo/2027", path, "--to", "ash", "--now", MORNING
    )

    assert code == 1
    assert err == (
        f"{path}: write a text a language, such as en: {{subject: …, text: …}}\n"
    )


def test_a_file_that_is_not_there_is_told_as_such(stafet: Stafet) -> None:
    code, _, err = stafet.run(
        "message", "demo/2027", "room.yaml", "--to", "ash", "--now", MORNING
    )

    assert code == 1
    assert err == "room.yaml: there is no such file\n"


def test_with_a_subject_a_language_needs_only_its_text(stafet: Stafet) -> None:
    path = written(stafet, "en: 'We meet in room 7.'\n")
    asked = ("message", "demo/2027", path, "--to", "ash", "--yes")

    code, _, _ = stafet.run(*asked, "--now", MORNING)
    shown = stafet(*asked, "--subject", "Another room", now=MORNING)

    assert code == 1
    assert "Subject: Another room" in shown


def test_a_call_that_is_asked_for_is_a_task_with_who_it_is_about(
    stafet: Stafet,
) -> None:
    stafet("call-me", "ash", now=MORNING)
    stafet("call-me", "ash", now=MORNING)

    tasks = [row for row in cells(stafet("status", now=MORNING)) if row[-1] == "ash"]
    others = cells(stafet("log", "birch", now=MORNING))

    assert len(tasks) == 1
    assert tasks[0][2].startswith("call-me/")
    assert not any("call" in cell for row in others for cell in row)


def test_attendance_as_a_file_has_a_row_for_each_who_takes_part(
    stafet: Stafet,
) -> None:
    target = stafet.folder / "attendance.csv"

    stafet("attendance", "demo/2027", "--csv", str(target), now=MORNING)
    shown = cells(stafet("attendance", "demo/2027", now=MORNING))

    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    ids = [row["id"] for row in rows]
    assert ids == [row[0] for row in shown]
    assert {tuple(row.values())[4:] for row in rows} == {
        ("0", "0", "0", "0", "0", "0.0", "0", "0")
    }


def test_the_kitchen_is_told_who_comes_and_which_columns_are_missing(
    stafet: Stafet,
) -> None:
    door = stafet.folder / "door.html"
    stafet("rsvp", "kick-off-1", "accepted", "--as", "ash", now=MORNING)
    stafet("rsvp", "kick-off-1", "declined", "--as", "birch", now=MORNING)

    shown = stafet("catering", "kick-off-1", "--names", str(door), now=MORNING)
    code, _, err = stafet.run("catering", "nothing-1", "--now", MORNING)

    assert shown.splitlines() == [
        "5 come: 1 have said yes, 0 maybe, 4 nothing yet; 1 have declined",
        "diet: no such column; see docs/spec.md#column",
        "access: no such column; see docs/spec.md#column",
        f"the names are in {door}",
    ]
    assert door.read_text("utf-8").count('class="name"') == 5
    assert (code, err) == (1, "nothing-1 is not announced; see stafet timeline\n")
