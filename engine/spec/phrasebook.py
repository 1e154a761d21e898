"""What a phrase looks like to an editor, which knows no grammar but patterns.

A pattern never refuses what the phrase's own `parse` takes. It may let through what
that refuses: names are checked by `stafet check`.
"""

import re
from collections.abc import Mapping

from engine.spec.moments import NAME
from engine.spec.spans import HALF_A_DAY, NUMBER, SPAN

_LENGTH = rf"(?:{HALF_A_DAY}|{SPAN})"
_RANGE = rf"(?:about )?(?:{NUMBER}(?: to | ?- ?))?{_LENGTH}"
_TIME = r"\d{1,2}:\d\d"
_DAY = r"\d{1,2} [A-Z][a-z]+"

PATTERNS: Mapping[str, str] = {
    "About": rf"(?:about )?{_LENGTH}",
    "Anonymity": r"at least \d+ answers",
    "Break": rf"weeks? \d{{1,2}}(?: ?(?:-|to) ?\d{{1,2}})?|{_DAY}(?: (?:-|to) {_DAY})?",
    "Cadence": rf"(?:{_RANGE} for {_LENGTH}, then )*{_RANGE}",
    "ClockTime": _TIME,
    "LocalDate": rf"\d{{4}}-\d\d-\d\d(?: {_TIME})?",
    "Moment": rf"{SPAN} (?:before|after) .+|midway between .+ and .+"
    rf"|the cohort's .+|(?:at )?(?:the .+|each .+|{NAME}(?: \d+)?)",
    "Quota": rf"{NUMBER} .+",
    "Quorum": rf"{NUMBER} of {NUMBER}",
    "SendingHours": r"(?:working days|every day) \d{1,2}-\d{1,2}",
    "Span": _LENGTH,
    "SpanRange": _RANGE,
    "StartTime": rf"{_TIME}|right after working hours",
    "Step": rf"{SPAN} (?:before|after)|(?:before|after) {SPAN}",
    "Within": rf"within {SPAN} (?:of|after|before) .+",
    "WorkingHours": r"\d{1,2}-\d{1,2}",
}
"""By the name of the class that reads the phrase."""


def pattern_of(kind: str) -> str | None:
    """Return the pattern of a kind of phrase, for any spaces between its words."""
    if kind not in PATTERNS:
        return None
    spaced = PATTERNS[kind].replace(" ?", r"\s*").replace(" ", r"\s+")
    return rf"^\s*(?:{spaced})\s*$"


def takes_numbers(pattern: str) -> bool:
    """Return whether a number without quotes may be such a phrase."""
    return any(re.search(pattern, one) for one in ("3", "-3", "3.5"))
