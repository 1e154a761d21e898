"""Mail into a folder."""

from pathlib import Path

from engine.outbox import Outcome
from integrations.mail.files import FileMailer
from tests.fakes.samples import message


def test_files_are_numbered_in_the_order_of_sending(tmp_path: Path) -> None:
    mailer = FileMailer(tmp_path / "mail", label=lambda one: one.address)
    second, first = (mailer.begin(message(key, lane="l")) for key in "ab")

    assert first.finish() == Outcome(
        verdict="sent", reply="0001-update-anna@example.org.eml"
    )
    second.finish()

    written = {path.name: path.read_bytes() for path in tmp_path.glob("mail/*")}
    assert written == {
        "0001-update-anna@example.org.eml": message("b").payload,
        "0002-update-anna@example.org.eml": message("a").payload,
    }


def test_what_is_aborted_leaves_no_file_and_no_gap(tmp_path: Path) -> None:
    mailer = FileMailer(tmp_path, label=lambda _: "anna")
    mailer.begin(message("a")).abort()
    mailer.begin(message("b")).finish()

    assert [path.name for path in tmp_path.iterdir()] == ["0001-letter-anna.eml"]


def test_a_folder_is_continued(tmp_path: Path) -> None:
    for _ in range(2):
        FileMailer(tmp_path, label=lambda _: "anna").begin(message("a")).finish()

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "0001-letter-anna.eml",
        "0002-letter-anna.eml",
    ]


def test_a_label_cannot_leave_the_folder(tmp_path: Path) -> None:
    mailer = FileMailer(tmp_path / "mail", label=lambda _: "../../ø/x")
    mailer.begin(message("a")).finish()

    assert [path.name for path in tmp_path.rglob("*.eml")] == ["0001-letter-ø-x.eml"]
