"""The sentences about how many steps of a scale one side stands above the other."""

import re
from typing import Final

from engine.matching.faults import RuleError

ABOVE: Final = re.compile(
    r"(?P<upper>.+?)'s (?P<column>.+?) "
    r"(?:(?P<bound>at least|at most) (?P<count>\d+) steps? above"
    r"|(?P<first>\d+) to (?P<last>\d+) steps above"
    r"|(?P<above>above)|at least)"
    r" (?P<lower>.+)'s"
)


def steps_of(found: re.Match[str]) -> tuple[int | None, int | None]:
    """Return the least and the most steps that a sentence allows."""
    if found["first"]:
        first, last = int(found["first"]), int(found["last"])
        if first > last:
            raise RuleError(
                problem=f"{first} to {last} steps run backwards",
                remedy=f'write "{last} to {first} steps above"',
            )
        return first, last
    if found["bound"] == "at most":
        return None, int(found["count"])
    return int(found["count"] or (1 if found["above"] else 0)), None
