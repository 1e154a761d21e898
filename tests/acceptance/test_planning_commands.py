"""Plans on the command line: into a file, held against, and of single commands."""

import json
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from engine.commands.decision import RefusedError
from flows.commandline import consenting
from flows.commandline.planning import apply, cancel, move, plan, reached
from flows.commandline.terminal import ExitError
from integrations.settings import environment
from tests.acceptance.test_commands import Stafet, shipped
from tests.fakes.cohort_files import edited

MORNING, NEXT_DAY = "2027-08-09T08:00+02:00", "2027-08-10T09:00+02:00"
SECOND = {"  # workshop 2: 2028-05-24": "  workshop 2: 2028-05-24"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Stafet:
    """The shipped cohort's file in a folder of its own, put into force and told."""
    made = shipped(tmp_path_factory.mktemp("told"))
    made("apply", str(made.cohort), "--yes", now=MORNING)
    made("advance", now=MORNING)
    return made


@pytest.fixture
def cohort(told: Stafet, tmp_path: Path) -> Iterator[Path]:
    """The same for each test, whose commands are called as functions."""
    file = told.copied(tmp_path).cohort
    with environment({"STAFET_HOME": str(tmp_path / "var")}, instead_of="STAFET_"):
        yield file


def rewritten(cohort: Path, edits: dict[str, str]) -> None:
    text = cohort.read_text(encoding="utf-8")
    cohort.write_text(edited(text, edits), encoding="utf-8")


def read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was printed since, however its lines were broken."""
    return " ".join(capsys.readouterr().out.split())


def test_a_plan_in_a_file_is_the_one_that_is_printed_for_programs(
    cohort: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewritten(cohort, SECOND)
    capsys.readouterr()

    plan(cohort, out=tmp_path / "plan.json", json_=True, now=NEXT_DAY)

    printed = json.loads(capsys.readouterr().out)
    assert printed == read(tmp_path / "plan.json")
    assert [one["occurrence"] for one in printed["changes"]] == [
        "workshop-2",
        "after-workshop-2",
    ]
    assert Counter(one["cause"] for one in printed["mails"]) == {"at once": 14}
    assert "+45" not in json.dumps(printed)


def test_a_plan_that_would_do_something_else_is_refused_and_says_what(
    cohort: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.json"
    rewritten(cohort, SECOND)
    plan(cohort, out=file, now=NEXT_DAY)
    name = read(file)["name"]
    rewritten(cohort, {"workshop 2: 2028-05-24": "workshop 2: 2028-05-31"})
    capsys.readouterr()

    with pytest.raises(RefusedError) as refused:
        apply(cohort, plan_=str(file), now=NEXT_DAY)

    assert refused.value.problem == (
        f"what would be done has changed since {name} was planned:"
        " dates and what is recorded"
    )
    said = shown(capsys)
    lines = [one.split("plan.json: ")[1].strip() for one in said.split("Since ")[1:]]
    workshop = "Læringsworkshop: Karriere og karriereveje (workshop-2)"
    hall = "Dokk1, Lille Sal, Hack Kampmanns Plads 2, 8000 Aarhus C"
    was = f"{workshop}: Wed 2028-05-17 13:00 at {hall} for 14 people"
    after = "Efter workshoppen (after-workshop-2): Thu 2028-05-18 08:00 for 14 people"
    assert lines == [
        f"no more: {was}, becomes Wed 2028-05-24 13:00",
        f"no more: {after}, becomes Fri 2028-05-26 08:00",
        f"new: {was}, becomes Wed 2028-05-31 13:00",
        f"new: {after}, becomes Thu 2028-06-01 08:00",
    ]
    rewritten(cohort, {"workshop 2: 2028-05-31": "workshop 2: 2028-05-24"})
    apply(cohort, plan_=str(file), now="2027-08-11T17:00+02:00")
    assert "is in force" in shown(capsys)


def test_what_is_no_plan_is_refused(cohort: Path, tmp_path: Path) -> None:
    rewritten(cohort, SECOND)
    (tmp_path / "plan.json").write_text("[]", encoding="utf-8")

    with pytest.raises(ExitError):
        apply(cohort, plan_=str(tmp_path / "plan.json"), now=NEXT_DAY)


def test_a_workshop_is_moved_and_called_off_by_command_and_the_files_are_in_force(
    cohort: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    move("workshop-2", "2028-05-31 13:00", place="På havnen", yes=True, now=NEXT_DAY)
    moved = shown(capsys)
    cancel("workshop-3", yes=True, now=NEXT_DAY)
    cancelled = shown(capsys)
    plan(cohort, now=NEXT_DAY)

    assert "Wed 2028-05-17 13:00 becomes Wed 2028-05-31 13:00" in moved
    assert "becomes På havnen" in moved
    assert "14 mails" in moved
    assert "Cancelled: Læringsworkshop: Balance i arbejdslivet" in cancelled
    assert "16 mails" in cancelled
    assert "nothing to do" in shown(capsys)


@pytest.mark.usefixtures("cohort")
def test_without_a_yes_nothing_is_moved(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))

    with pytest.raises(ExitError):
        move("workshop-2", "2028-05-31 13:00", now=NEXT_DAY)

    assert "nothing was recorded" in capsys.readouterr().err
    move("workshop-2", "2028-05-17 13:00", yes=True, now=NEXT_DAY)
    assert "nothing to do" in shown(capsys)


@pytest.mark.usefixtures("cohort")
def test_what_somebody_said_yes_to_is_not_done_once_it_would_be_something_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def agrees(_question: str) -> bool:
        """Say yes, when a colleague has just moved it elsewhere."""
        move("workshop-2", "2028-06-07 13:00", yes=True, now=NEXT_DAY)
        return True

    monkeypatch.setattr(consenting, "agrees", agrees)

    with pytest.raises(RefusedError) as refused:
        move("workshop-2", "2028-05-31 13:00", now=NEXT_DAY)

    assert refused.value.problem.startswith("what would be done has changed since")


@pytest.mark.usefixtures("cohort")
def test_a_move_to_a_closed_day_is_done_with_a_warning(
    capsys: pytest.CaptureFixture[str],
) -> None:
    capsys.readouterr()

    move("workshop-2", "2028-04-14 13:00", yes=True, now=NEXT_DAY)
    move("workshop-2", "2028-05-20 13:00", yes=True, now=NEXT_DAY)

    said = shown(capsys)
    assert "(workshop-2) would be on 2028-04-14, which is closed: Langfredag" in said
    assert "(workshop-2) would be on 2028-05-20, which is closed: a Saturday" in said
    assert "becomes Sat 2028-05-20 13:00" in said


@pytest.mark.usefixtures("cohort")
def test_an_hour_before_it_begins_the_numbers_to_call_are_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    capsys.readouterr()

    move("kick-off-1", "2027-11-17 14:00", yes=True, now="2027-11-17T11:30+01:00")
    asked = shown(capsys)
    reached("kick-off-1", now="2027-11-17T11:31+01:00")

    assert asked.count("+45") == 30
    assert "better call too" in asked
    assert shown(capsys).count("has not answered") == 30
