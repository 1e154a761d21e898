"""What the best answer to a matching is, in order of importance."""

from collections.abc import Sequence
from typing import Final, Literal, TypeGuard

from engine.matching.faults import Fault, RulesError, suggest

Aim = Literal[
    "everyone matched",
    "left out last time first",
    "worst match as good as possible",
    "best total",
    "balanced load",
    "required numbers",
    "fewest parted",
]

EVERYONE: Final = "everyone matched"
FIRST: Final = "left out last time first"
WORST: Final = "worst match as good as possible"
TOTAL: Final = "best total"
BALANCE: Final = "balanced load"
NUMBERS: Final = "required numbers"
"""How much of `at least 2 from each` is met: no spec lists it, rules call for it."""
KEPT: Final = "fewest parted"
"""Of matches that run; no spec lists it, as it comes first by itself."""

AIMS: tuple[Aim, ...] = (EVERYONE, WORST, TOTAL)
"""The order that holds where a spec lists none."""

KNOWN: tuple[Aim, ...] = (EVERYONE, FIRST, WORST, TOTAL, BALANCE)
"""Every aim that a spec may list."""

_AFTER_EVERYONE = (FIRST, WORST, BALANCE)


def parse_aims(words: Sequence[str]) -> tuple[Aim, ...]:
    """Return the aims as listed, or those that hold when none is.

    Some have to come after `everyone matched`: leaving people out would always make
    the worst match better, and the load of mentors more alike.

    Raises:
        RulesError: With every aim that is unknown, repeated or out of place.
    """
    faults: list[Fault] = []
    aims: list[Aim] = []
    for index, word in enumerate(words):
        fault = _fault(index, word, aims)
        if fault is not None:
            faults.append(fault)
        elif _is_aim(word):
            aims.append(word)
    if faults:
        raise RulesError(tuple(faults))
    return tuple(aims) or AIMS


def priorities(aims: tuple[Aim, ...]) -> tuple[Aim, ...]:
    """Return the order in which answers are compared.

    What the listed aims leave open is settled by the others: the number of matches,
    then the total, then the worst match. Load and whoever was left out count only
    where they are listed.
    """
    return aims + tuple(aim for aim in (EVERYONE, TOTAL, WORST) if aim not in aims)


def with_running(order: tuple[Aim, ...], *, moving: bool) -> tuple[Aim, ...]:
    """Return the order where some have a match that runs.

    They are not parted for anything that is weighed, and where they may not be moved
    either, not to match more people.
    """
    if not moving:
        return (KEPT, *order)
    return (EVERYONE, KEPT, *(aim for aim in order if aim != EVERYONE))


def _fault(index: int, word: str, before: Sequence[Aim]) -> Fault | None:
    if not _is_aim(word):
        problem, remedy = f'"{word}" is not an aim', suggest(word, KNOWN)
    elif word in before:
        problem, remedy = f'"{word}" is listed twice', "leave one of them out"
    elif word in _AFTER_EVERYONE and EVERYONE not in before:
        problem = f'"{word}" alone would leave people out'
        remedy = f'write "{EVERYONE}" before it'
    else:
        return None
    return Fault(where=("aim", index), problem=problem, remedy=remedy)


def _is_aim(word: str) -> TypeGuard[Aim]:
    return word in KNOWN
