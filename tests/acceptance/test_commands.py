"""The command line as a coordinator uses it, from a check to a booked meeting."""

import datetime as dt
import io
import json
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from shutil import copytree

import pytest

from flows.cli import main
from flows.commandline import terminal
from integrations.clock import SystemClock
from tests.fakes.calendars import calendars_in, event_in, sequence_of

SPECS = Path("specs/aarhus-leadership")
MORNING = "2027-08-09T08:00+02:00"


@pytest.fixture
def stafet(tmp_path: Path) -> "Stafet":
    """A fresh installation in a folder of its own, with a copy of the specs."""
    return shipped(tmp_path)


class Stafet:
    """Runs `stafet` in an installation of its own, as if nothing else had run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cohort = folder / "specs/aarhus-leadership/cohorts/2027.yaml"

    def __call__(self, *arguments: str, now: str = "") -> str:
        code, out, err = self.run(*arguments, *(["--now", now] if now else []))
        assert code == 0, out + err
        return out

    def copied(self, folder: Path) -> "Stafet":
        """Return another installation, in which the same has happened so far."""
        copytree(self.folder, folder, dirs_exist_ok=True)
        copy = Stafet(folder)
        copy.cohort = folder / self.cohort.relative_to(self.folder)
        return copy

    def run(self, *arguments: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        with (
            pytest.MonkeyPatch.context() as patch,
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            patch.delenv("STAFET_DATABASE_URL", raising=False)
            patch.setenv("STAFET_HOME", str(self.folder / "var"))
            patch.setattr("sys.argv", ["stafet", *arguments])
            patch.setattr("sys.stdin", io.StringIO())
            patch.setattr(terminal.out, "width", 200)
            patch.setattr(terminal.err, "width", 200)
            with pytest.raises(SystemExit) as end:
                main()
        code = end.value.code or 0
        assert isinstance(code, int)
        return code, out.getvalue(), err.getvalue()

    def events(self, kind: str) -> list[tuple[str, str, int]]:
        """Return kind of mail, UID and SEQUENCE of each calendar mail, in order."""
        found = []
        for path in sorted((self.folder / "mail").glob(f"*-{kind}-*.eml")):
            for calendar in calendars_in(path.read_bytes()):
                event = event_in(calendar)
                uid, sequence = str(event["UID"]), sequence_of(event)
                found.append((str(calendar["METHOD"]), uid, sequence))
        return found


def shipped(folder: Path) -> Stafet:
    """Return an installation with files of its own of the shipped cohort."""
    for path in SPECS.rglob("*"):
        copy = folder / path
        if path.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    return Stafet(folder)


def test_a_workshop_moved_in_the_file_is_an_update_of_the_same_uid(
    stafet: Stafet,
) -> None:
    mail = str(stafet.folder / "mail")
    stafet("apply", str(stafet.cohort), "--yes", now=MORNING)
    stafet("advance", now=MORNING)
    stafet("deliver", "--folder", mail, now=MORNING)
    held = set(stafet.events("invitation"))
    text = stafet.cohort.read_text(encoding="utf-8")
    moved = text.replace("  # workshop 2: 2028-05-24", "  workshop 2: 2028-05-24")
    assert moved != text
    stafet.cohort.write_text(moved, encoding="utf-8")

    shown = stafet("plan", str(stafet.cohort), now="2027-08-10T09:00+02:00")
    stafet("apply", str(stafet.cohort), "--yes", now="2027-08-10T09:00+02:00")
    stafet("deliver", "--folder", mail, now="2027-08-10T09:00+02:00")

    updates = stafet.events("update")
    assert "Wed 2028-05-17 13:00 becomes Wed 2028-05-24 13:00" in shown
    # The second workshop is for the mentees, fourteen of them.
    assert len(updates) == 14
    ((method, uid, sequence),) = set(updates)
    assert (method, sequence) == ("REQUEST", 1)
    assert ("REQUEST", uid, 0) in held
    assert "nothing to do" in stafet(
        "plan", str(stafet.cohort), now="2027-08-10T10:00+02:00"
    )


def test_the_first_months_by_hand(stafet: Stafet) -> None:
    stafet("apply", str(stafet.cohort), "--yes", now=MORNING)
    stafet("advance", now="2027-10-25T08:00+02:00")
    assert "approve-matches/pair" in stafet("status", now="2027-10-25T09:00+02:00")
    assert "14 matches" in stafet(
        "approve", "aarhus-leadership/2027", now="2027-10-25T10:00+02:00"
    )

    members = _members(stafet, "pair-1")
    for person in members:
        stafet("confirm", "pair-1", "--as", person, now="2027-10-26T09:00+02:00")
    stafet("advance", now="2027-11-18T08:00+01:00")
    booked = stafet("book", "pair-1", "2027-11-25 10:00", now="2027-11-18T09:00+01:00")
    stafet(
        "rsvp",
        "kick-off-1",
        "accepted",
        "--as",
        members[0],
        now="2027-11-01T09:00+01:00",
    )
    came = stafet(
        "attend", "kick-off-1", "--absent", members[1], now="2027-11-18T09:00+01:00"
    )
    timeline = stafet("timeline", "aarhus-leadership/2027")

    assert "2027-11-25 10:00" in booked
    assert "29 of 30 came" in came
    assert re.search(r"Thu 2027-11-25 10:00-11:30.*booked", timeline)


def test_five_faults_are_told_at_once_with_place_and_remedy(stafet: Stafet) -> None:
    programme = stafet.cohort.parents[1] / "programme.yaml"
    _exchange(
        programme,
        ("  - phase: kick-off\n", "  - fase: kick-off\n"),
        ("lasts: 90 minutes", "lasts: 90 minuts"),
        ("first: within 14 days of kick-off", "first: within 14 days of kickoff"),
        ("booked by: mentee", "booked by: mente"),
        ("on: Wednesday                  #", "on: Onsdag                     #"),
    )

    code, out, _ = stafet.run("check", str(programme))

    told = re.findall(r"programme\.yaml:(\d+:\d+): error: (?s:.*?)\n +(=.*)", out)
    assert code == 1
    assert told == [
        ("70:5", "= write `phase`"),
        ("91:16", "= write `within 14 days of kick-off`"),
        ("95:16", "= write `90 minutes`"),
        ("96:20", "= write `mentee`"),
        ("129:13", "= write, for example, `on: Wednesday`"),
    ]
    assert out.count(": error: ") == len(told)


def test_the_faults_of_all_three_files_are_told_at_once(stafet: Stafet) -> None:
    _exchange(
        stafet.cohort.parents[1] / "programme.yaml",
        ("lasts: 90 minutes", "lasts: for ever"),
        ("with: pair", "with: pairs"),
    )
    _exchange(stafet.cohort, ("language: da", "langage: da"), ("library\n", "libary\n"))
    _exchange(
        stafet.cohort.with_name("participants.csv"), (";director;;", ";directer;;")
    )

    checked, out, _ = stafet.run("check", str(stafet.cohort))
    planned, _, err = stafet.run("plan", str(stafet.cohort))

    places = r"(programme|2027|participants)\.(?:yaml|csv):(\d+)"
    assert (checked, planned) == (1, 1)
    assert re.findall(places, out) == [
        ("2027", "12"),
        ("2027", "28"),
        ("programme", "90"),
        ("programme", "95"),
        ("participants", "2"),
    ]
    assert re.findall(places, err) == re.findall(places, out)


def test_people_of_two_cohorts_are_told_of_before_anybody_says_yes(
    stafet: Stafet,
) -> None:
    cohort = stafet.cohort.with_name("2028.yaml")
    text = stafet.cohort.read_text(encoding="utf-8")
    later = text.replace("cohort: 2027", "cohort: 2028")
    cohort.write_text(
        later.replace("kick-off: 2027-11-17", "kick-off: 2028-05-17"), encoding="utf-8"
    )
    stafet("apply", str(stafet.cohort), "--yes", now=MORNING)

    checked = stafet("check", str(stafet.cohort), str(cohort))
    planned = stafet("plan", str(cohort), now=MORNING)
    code, asked, refused = stafet.run("apply", str(cohort), "--now", MORNING)

    at_once = [
        "14 people are asked to be at 'kick-off' and at 'workshop 2'",
        "16 people are asked to be at 'workshop 1' and at 'workshop 3'",
        "14 people are asked to be at 'workshop 2' and at 'closing'",
    ]
    of = " of aarhus-leadership/2027 at once"
    warned = re.compile(r"[wW]arning: (.*?)" + of)
    assert "2 checked, no faults" in checked
    assert sorted(warned.findall(checked)) == sorted(at_once)
    assert sorted(warned.findall(planned)) == sorted(at_once)
    assert sorted(warned.findall(asked)) == sorted(at_once)
    assert (code, "nothing was recorded" in refused) == (1, True)


def test_a_new_programme_passes_its_check(stafet: Stafet) -> None:
    folder = stafet.folder / "mine"

    stafet("new", "my-programme", "--folder", str(folder))

    (cohort,) = (folder / "my-programme/cohorts").glob("*.yaml")
    assert "no faults" in stafet("check", str(cohort))
    kick_off = re.search(r"kick-off: (\S+) 13:00", cohort.read_text(encoding="utf-8"))
    assert kick_off is not None
    ahead = dt.date.fromisoformat(kick_off[1]) - SystemClock().now().date()
    assert ahead > dt.timedelta(days=60)


@pytest.mark.parametrize(
    "arguments", [("check", str(SPECS / "cohorts/2027.yaml")), ("--help",)]
)
def test_what_only_reads_starts_without_the_heavy_libraries(
    arguments: tuple[str, ...],
) -> None:
    heavy = "prefect alembic ortools sqlalchemy pandas numpy fastapi uvicorn"
    program = (
        "import sys; from flows.cli import app\n"
        "try:\n    app(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        f"print(sorted(set({heavy.split()!r}) & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines()[-1] == "[]"


def _exchange(path: Path, *exchanges: tuple[str, str]) -> None:
    """Write a file anew with each text exchanged where it first stands."""
    text = path.read_text(encoding="utf-8")
    for right, wrong in exchanges:
        assert right in text
        text = text.replace(right, wrong, 1)
    path.write_text(text, encoding="utf-8")


def _members(stafet: Stafet, match: str) -> list[str]:
    """Return the members of a match, mentor first, as `stafet match` shows them."""
    shown = json.loads(stafet("match", "aarhus-leadership/2027", "--json", now=MORNING))
    (found,) = [one for one in shown["matches"] if one["id"] == match]
    return [id_ for ids in found["members"].values() for id_ in ids]
