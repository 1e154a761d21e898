"""How many a kitchen has to reckon with at a gathering, and what they need."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from engine.company import declined
from engine.ids import OccurrenceId
from engine.people import Participant, Value
from engine.record import Record

DIET, ACCESS = "diet", "access"
"""The columns of the participants file in which people say what they need."""

Counted = tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Catering:
    """Who comes, and what they need, without a name beside it.

    Attributes:
        coming: Who is invited and has not declined, by department and name.
        yes, maybe: How many of them have said so; the others have not replied.
        diets, access: What is needed, and by how many; the most frequent first.
    """

    coming: tuple[Participant, ...]
    yes: int
    maybe: int
    declined: int
    diets: Counted
    access: Counted


def catering(record: Record, occurrence: OccurrenceId) -> Catering:
    """Return what there is to know of an occurrence that has been announced."""
    state, told = record.state, record.state.announced[occurrence].told
    off = declined(state, occurrence)
    coming = [record.people[one] for one in told.audience if one not in off]
    replies = [state.replies.get((occurrence, one.person)) for one in coming]
    said = Counter(
        one.answer for one in replies if one and one.sequence == told.sequence
    )
    return Catering(
        coming=tuple(sorted(coming, key=lambda one: (one.department, one.name))),
        yes=said["accepted"],
        maybe=said["tentative"],
        declined=len(off),
        diets=_counted(one.values.get(DIET) for one in coming),
        access=_counted(one.values.get(ACCESS) for one in coming),
    )


def _counted(cells: Iterable[Value]) -> Counted:
    """Return how often each thing is told; of several in a cell each counts."""
    found: Counter[str] = Counter()
    for cell in cells:
        several = cell if isinstance(cell, tuple) else (cell,)
        found.update({str(one).strip() for one in several if one})
    return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0])))
