"""What personas decide, drawn from the seed and from what they decide about."""

from dataclasses import dataclass

from engine.derive import derive

_RANGE = 16**12


@dataclass(frozen=True, slots=True)
class Chance:
    """Draws that depend on nothing but the seed and the question.

    So what one persona does never changes because another is added.
    """

    seed: int

    def share(self, *question: str) -> float:
        """Return a number from 0 up to, but not including, 1."""
        digits = derive(str(self.seed).encode(), "chance", *question)[:12]
        return int(digits, 16) / _RANGE

    def whole(self, most: int, *question: str) -> int:
        """Return a whole number from 0 to `most`, both included."""
        return int(self.share(*question) * (most + 1))

    def happens(self, probability: float, *question: str) -> bool:
        """Return whether something of this probability happens."""
        return self.share(*question) < probability

    def pick(self, choices: tuple[str, ...], *question: str) -> str:
        """Return one of the choices."""
        return choices[self.whole(len(choices) - 1, *question)]
