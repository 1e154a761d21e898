"""The shipped year, rehearsed once for every claim about it."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path

import pytest

from engine.commands.apply import Files
from flows.loading import load
from flows.rehearsal.outputs import write_outputs
from flows.rehearsal.year import Rehearsed, rehearse

COHORT = Path("specs/aarhus-leadership/cohorts/2027.yaml")


@dataclass(frozen=True, kw_only=True)
class RehearsedYear:
    """A rehearsal, and where it wrote its files."""

    files: Files
    rehearsed: Rehearsed
    folder: Path

    @property
    def sent(self) -> list[Path]:
        """The file of every mail, in sending order."""
        return sorted((self.folder / "mail").iterdir())

    @cached_property
    def mails(self) -> dict[Path, EmailMessage]:
        """Every mail in sending order, by its file."""
        return {path: parsed(path.read_bytes()) for path in self.sent}


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> RehearsedYear:
    """The year 2027 of the shipped programme."""
    folder = tmp_path_factory.mktemp("year")
    files = load(COHORT)
    rehearsed = rehearse(files, mail=folder / "mail", seed=1)
    write_outputs(rehearsed, folder)
    return RehearsedYear(files=files, rehearsed=rehearsed, folder=folder)


def parsed(mail: bytes) -> EmailMessage:
    """Return a mail as a mail client reads it."""
    message = message_from_bytes(mail, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
