"""Where in a text the YAML parser lost its way, and what stands there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yaml import MarkedYAMLError

from engine.spec.faults import Told

_ITEM = re.compile(r"[\s-]*")


@dataclass(frozen=True, slots=True)
class Lost:
    """Where the parser lost its way, and where what it was reading began."""

    lines: Sequence[str]
    line: int
    column: int
    since_line: int
    since_column: int
    doing: str

    @property
    def here(self) -> str:
        """The line."""
        return self.lines[self.line]

    @property
    def before(self) -> str:
        """What stands before it in the line."""
        return self.here[: self.column]

    @property
    def sign(self) -> str:
        """The character there."""
        return self.here[self.column : self.column + 1]

    @property
    def at_start(self) -> bool:
        """Whether nothing but dashes stands before it in its line."""
        return not self.before.strip(" -?")

    def told(self, problem: str, remedy: str, *, width: int = 1) -> Told:
        """Return a fault there."""
        return Told(self.line, self.column, problem, remedy, width)

    def told_since(self, problem: str, remedy: str, *, width: int = 1) -> Told:
        """Return a fault where what it was reading began."""
        return Told(self.since_line, self.since_column, problem, remedy, width)


def lost_at(error: MarkedYAMLError, lines: Sequence[str]) -> Lost:
    """Return where an error of the parser is; at the end, after the last word."""
    at = error.problem_mark or error.context_mark
    since = error.context_mark or at
    if at is None or since is None:
        return Lost(lines, 0, 0, 0, 0, "")
    line, column = at.line, at.column
    if line >= len(lines) or not "".join(lines[line:])[column:].strip():
        # The end of the text: the end of its last line can be shown.
        line = max(n for n, text in enumerate(lines) if text.strip() or not n)
        column = len(lines[line].rstrip())
    return Lost(lines, line, column, since.line, since.column, error.context or "")


def content_column(line: str) -> int:
    """Return where a line says something, after its indentation and dashes."""
    found = _ITEM.match(line)
    return found.end() if found else 0
