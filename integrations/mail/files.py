"""Mail written to a folder, one file a message in the order of sending."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.outbox import Message, Outcome

Label = Callable[[Message], str]
"""What stands for the recipient in the name of a file."""

_NUMBER = re.compile(r"(\d+)-.*\.eml")
_UNFIT = re.compile(r"[^\w.@+-]+")


class FileMailer:
    """A mailer into a folder: `0001-invitation-anna.eml`, `0002-letter-bo.eml`.

    A folder that has messages already is continued after the last of them.
    """

    def __init__(self, folder: Path, *, label: Label) -> None:
        self._folder = folder
        self._label = label
        folder.mkdir(parents=True, exist_ok=True)
        found = (_NUMBER.fullmatch(path.name) for path in folder.iterdir())
        self._last = max((int(match[1]) for match in found if match), default=0)

    def begin(self, message: Message) -> "FileTransfer":
        """Choose the name; nothing is written before the dot."""
        recipient = _UNFIT.sub("-", self._label(message)).strip(".-") or "nobody"
        kind = _UNFIT.sub("-", message.kind)
        return FileTransfer(mailer=self, tail=f"{kind}-{recipient}", message=message)

    def close(self) -> None:
        """Nothing: no file is kept open."""

    def write(self, tail: str, payload: bytes) -> Path:
        """Write the next file and return where."""
        self._last += 1
        path = self._folder / f"{self._last:04}-{tail}.eml"
        path.write_bytes(payload)
        return path


@dataclass(frozen=True, kw_only=True, slots=True)
class FileTransfer:
    """A message that is about to become a file."""

    mailer: FileMailer
    tail: str
    message: Message

    def finish(self) -> Outcome:
        """Write the file."""
        path = self.mailer.write(self.tail, self.message.payload)
        return Outcome(verdict="sent", reply=path.name)

    def abort(self) -> None:
        """Write nothing."""
