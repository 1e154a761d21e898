"""The command line as an operator uses it when mail goes wrong."""

import datetime as dt
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from engine.outbox import Verdict
from flows.cli import main
from flows.starter import write_starter
from integrations.store.database import connect
from integrations.store.outbox import SqlOutbox
from tests.fakes.sending import settled

# The command line is meant to read `sys.argv`, here as well.
pytestmark = pytest.mark.filterwarnings("ignore:Cyclopts application invoked without")

MONDAY = dt.datetime(2027, 8, 9, 9, tzinfo=dt.timezone(dt.timedelta(hours=2)))
PEOPLE = 6


class Stafet:
    """Runs `stafet` in this process, over an installation in a folder of its own."""

    def __init__(
        self,
        folder: Path,
        patch: pytest.MonkeyPatch,
        capture: pytest.CaptureFixture[bytes],
    ) -> None:
        self.folder = folder
        self._patch = patch
        self._capture = capture

    def __call__(self, *arguments: str, later: float = 0) -> str:
        now = MONDAY + dt.timedelta(minutes=later)
        code, out, err = self.run(*arguments, "--now", now.isoformat())
        assert code == 0, out.decode() + err
        return out.decode()

    def run(self, *arguments: str) -> tuple[object, bytes, str]:
        self._patch.setattr("sys.argv", ["stafet", *arguments])
        self._capture.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        out, err = self._capture.readouterr()
        return end.value.code or 0, out, err.decode()

    def refused(self, *arguments: str) -> str:
        code, _, err = self.run(*arguments, "--now", MONDAY.isoformat())
        assert code == 1
        return " ".join(err.split())

    def mails(self) -> int:
        return len(list((self.folder / "mail").glob("*.eml")))

    def delivered(self, later: float = 0) -> str:
        return self("deliver", "--folder", str(self.folder / "mail"), later=later)


@pytest.fixture
def stafet(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> Stafet:
    """An installation with one cohort, whose first mail waits."""
    monkeypatch.setenv("STAFET_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("STAFET_DATABASE_URL", raising=False)
    made = Stafet(tmp_path, monkeypatch, capsysbinary)
    _, cohort, *_ = write_starter(tmp_path / "specs", "demo", today=MONDAY.date())
    made("apply", str(cohort), "--yes")
    made("advance")
    return made


@pytest.fixture
def outbox(stafet: Stafet) -> Iterator[SqlOutbox]:
    engine = connect(f"sqlite:///{stafet.folder}/var/stafet.db")
    yield SqlOutbox(engine)
    engine.dispose()


def spoiled(outbox: SqlOutbox, verdict: Verdict) -> str:
    """Return the number of the next message, which came to this."""
    return str(settled(outbox, verdict, MONDAY, MONDAY + dt.timedelta(hours=1)).number)


def test_a_pause_stops_all_mail_until_the_operator_has_seen_what_would_leave(
    stafet: Stafet, monkeypatch: pytest.MonkeyPatch
) -> None:
    paused = stafet("pause", "--mail")
    delivered = stafet.delivered()
    monkeypatch.setattr("builtins.input", lambda _="": "n")
    refused = stafet.refused("resume", "--mail")
    status = stafet("status")
    assert stafet.mails() == 0

    resumed = stafet("resume", "--mail", "--yes", later=60)
    stafet.delivered(later=60)

    assert "mail is paused; 12 messages waiting" in paused
    assert "mail is paused since Mon 2027-08-09 07:00 UTC" in delivered
    assert "0 sent" in delivered
    assert "mail is paused since Mon 2027-08-09 07:00 UTC" in status
    assert refused == "mail stays paused"
    assert "12 messages would leave now" in resumed
    assert "demo/2027" in resumed
    assert "Mon 2027-08-09 09:00" in resumed
    assert stafet.mails() == 2 * PEOPLE
    assert "mail is not paused" in stafet("resume", "--mail")


def test_what_went_wrong_is_listed_retried_and_dropped(
    stafet: Stafet, outbox: SqlOutbox
) -> None:
    dead, unsure = spoiled(outbox, "dead"), spoiled(outbox, "in doubt")

    listed = stafet("outbox", "list", "--status", "dead")
    status = stafet("status")
    stafet("outbox", "retry", dead)
    dropped = stafet("outbox", "drop", unsure, "--yes")
    refusal = stafet.refused("outbox", "retry", unsure)
    stafet.delivered()

    assert "1 message" in listed
    assert "ash" in listed
    assert [cell.strip() for cell in row_of(status, "demo/2027")[-3:]] == [
        "10",
        "1",
        "1",
    ]
    assert f"May have arrived all the same: {unsure}" in dropped
    assert f"cannot send again {unsure} (it is dropped)" in refusal
    assert stafet.mails() == 2 * PEOPLE - 1
    assert "mail: 1 dropped, 11 sent" in stafet("status")


def test_one_message_is_shown_without_its_address_and_printed_with_it(
    stafet: Stafet, outbox: SqlOutbox
) -> None:
    stored = outbox.find(1)
    assert stored is not None

    _, shown, _ = stafet.run("outbox", "show", "1")
    _, printed, _ = stafet.run("outbox", "show", "1", "--bytes")

    assert stored.message.message_id.encode() in shown
    assert b"pending" in shown
    assert stored.message.address.encode() not in shown
    assert printed == stored.message.payload
    mail = message_from_bytes(printed, policy=policy.default)
    assert stored.message.address in mail["To"]


def test_nothing_is_dropped_without_a_yes(
    stafet: Stafet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silence(_: str = "") -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", silence)

    assert stafet.refused("outbox", "drop", "1") == "nothing was dropped"
    assert "12 messages" in stafet("outbox")


def test_status_says_how_late_the_oldest_due_action_is(stafet: Stafet) -> None:
    weeks = 26 * 7 * 24 * 60

    assert "late" not in stafet("status")
    assert "late (demo/2027); to do it: stafet advance" in stafet("status", later=weeks)


def row_of(shown: str, first: str) -> list[str]:
    """Return the cells of the row that begins with this."""
    rows = (line.split("│")[1:-1] for line in shown.splitlines())
    return next(row for row in rows if row and row[0].strip() == first)
