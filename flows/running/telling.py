"""What does whoever started us get to read? Lines with a time, each trouble once."""

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.ports import Clock


@dataclass(kw_only=True)
class Teller:
    """Writes lines, and does not repeat itself while a trouble lasts."""

    clock: Clock
    write: Callable[[str], None]
    _troubles: dict[str, str] = field(default_factory=dict)

    def say(self, text: str) -> None:
        """Write a line, with the time in UTC."""
        self.write(f"{self.clock.now():%Y-%m-%d %H:%M:%SZ} {text}\n")

    def trouble(self, about: str, text: str) -> None:
        """Say what is wrong with something, unless that was said last of it."""
        if self._troubles.get(about) != text:
            self._troubles[about] = text
            self.say(f"{about}: {text}")

    def fine(self, about: str) -> None:
        """Say that a trouble is over, if there was one."""
        if self._troubles.pop(about, None) is not None:
            self.say(f"{about}: fine again")
