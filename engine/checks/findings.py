"""What a check finds: a place in the spec, what is wrong there, and what to write."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from pydantic import BaseModel

from engine.checks.grounds import NO_GROUNDS, Grounds
from engine.spec.faults import Fault, Path
from engine.spec.mending import Mended
from engine.spec.wording import listed, nearest, quoted

PLAIN = 0.85
"""As much alike as this, a name is misspelt, whatever other names there may be."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a spec, by its path.

    Attributes:
        path: The value that it is about.
        problem: What is wrong, without a full stop.
        remedy: What to write instead.
        key: Whether the key is meant, not the value.
        stops: Whether nothing can be dated that hangs on this value.
        grounds: What else of the file it follows from.
        in_programme: What of the programme one in a cohort file follows from.
    """

    path: Path
    problem: str
    remedy: str
    key: bool = field(default=False, kw_only=True)
    stops: bool = field(default=False, kw_only=True)
    grounds: Grounds = field(default=NO_GROUNDS, kw_only=True)
    in_programme: Grounds = field(default=NO_GROUNDS, kw_only=True)


def faults(
    mended: Mended[BaseModel],
    findings: Iterable[Finding],
    programme: Mended[BaseModel] | None = None,
) -> tuple[Fault, ...]:
    """Return the findings with their places in a file.

    Those that only follow from how a fault of form was mended are left out.
    """
    return tuple(
        mended.document.fault(one.path, one.problem, one.remedy, key=one.key)
        for one in findings
        if not mended.is_invented(one.path)
        and not one.grounds.are_doubtful(mended)
        and not (programme and one.in_programme.are_doubtful(programme))
    )


def unknown(
    finding: Finding,
    word: str,
    known: Sequence[str],
    *,
    written: Callable[[str], str] = str,
) -> Finding:
    """Return the finding for a name that means nothing, with the nearest that does.

    Args:
        finding: What is told of it when no name is near; without a remedy, all names
            are. Of a name that is plainly misspelt no grounds are asked.
        word: The name.
        known: The names that mean something.
        written: How the value is to be written with another name.
    """
    if guess := nearest(word, known):
        if nearest(word, [guess], close=PLAIN):
            nothing = NO_GROUNDS
            finding = replace(finding, grounds=nothing, in_programme=nothing)
        problem = f"{finding.problem}; did you mean {quoted(guess)}?"
        return replace(finding, problem=problem, remedy=f"write `{written(guess)}`")
    remedy = finding.remedy or f"known: {listed(known, last='and')}"
    return replace(finding, remedy=remedy)
