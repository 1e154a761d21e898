"""Groups of a workshop over several days: few repeated encounters, good balance."""

from engine.matching.workshops.choices import (
    EVEN,
    Advice,
    advice,
    best,
    constructed,
    front,
    searched,
)
from engine.matching.workshops.question import Workshop
from engine.matching.workshops.result import Grouping
from engine.matching.workshops.verify import Breach, check

__all__ = [
    "EVEN",
    "Advice",
    "Breach",
    "Grouping",
    "Workshop",
    "advice",
    "best",
    "check",
    "constructed",
    "front",
    "searched",
]
