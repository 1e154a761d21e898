"""What a check finds: a place in the spec, what is wrong there, and what to write."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from engine.spec.faults import Fault, Path
from engine.spec.positions import Document
from engine.spec.wording import listed, nearest, quoted


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a spec, by its path.

    Attributes:
        path: The value that it is about.
        problem: What is wrong, without a full stop.
        remedy: What to write instead.
        key: Whether the key is meant, not the value.
        stops: Whether nothing can be dated that hangs on this value.
    """

    path: Path
    problem: str
    remedy: str
    key: bool = field(default=False, kw_only=True)
    stops: bool = field(default=False, kw_only=True)


def faults(document: Document, findings: Iterable[Finding]) -> tuple[Fault, ...]:
    """Return the findings with their places in a file."""
    return tuple(
        document.fault(one.path, one.problem, one.remedy, key=one.key)
        for one in findings
    )


def unknown(
    path: Path,
    problem: str,
    word: str,
    known: Sequence[str],
    *,
    written: Callable[[str], str] = str,
    otherwise: str = "",
    key: bool = False,
    stops: bool = False,
) -> Finding:
    """Return the finding for a name that means nothing, with the nearest that does.

    Args:
        path: Where the name stands.
        problem: What is wrong.
        word: The name.
        known: The names that mean something.
        written: How the value is to be written with another name.
        otherwise: The remedy when no name is near; else all of them.
        key: Whether the name is a key.
        stops: Whether nothing can be dated that hangs on it.
    """
    remedy = otherwise or f"known: {listed(known, last='and')}"
    if guess := nearest(word, known):
        problem = f"{problem}; did you mean {quoted(guess)}?"
        remedy = f"write `{written(guess)}`"
    return Finding(path, problem, remedy, key=key, stops=stops)
