"""What happened in a simulated year, one line an event, and its hash."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field


class ViolationError(AssertionError):
    """Something that the notes promise, and that did not hold.

    Attributes:
        oracle: Which promise.
    """

    def __init__(self, oracle: str, words: str) -> None:
        self.oracle = oracle
        super().__init__(f"{oracle}: {words}")


@dataclass(kw_only=True)
class Time:
    """What time it truly is, and what was lived through until then."""

    now: dt.datetime
    lines: list[str] = field(default_factory=list)

    def move(self, to: dt.datetime) -> None:
        """Let time pass; it never runs back."""
        self.now = max(self.now, to)

    def tell(self, what: str, *details: object) -> None:
        """Write one line."""
        words = " ".join(str(one) for one in details)
        self.lines.append(f"{self.now:%Y-%m-%dT%H:%M:%SZ} {what} {words}".rstrip())

    @property
    def digest(self) -> str:
        """The hash of all that happened."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class Skewed:
    """The clock of one machine, which is off by some seconds."""

    time: Time
    off: dt.timedelta

    def now(self) -> dt.datetime:
        """Return what this machine believes."""
        return self.time.now + self.off
