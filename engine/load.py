"""How much somebody has taken on: in which cohort, as what, in how many matches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.facts import Enrolled, Fact
from engine.ids import CohortId, PersonId
from engine.matches import Match
from engine.record import COORDINATOR, Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """What somebody had in one cohort in one role.

    Attributes:
        year: In which the cohort began.
        matches: How many they were in that all had said yes to, also where it ended.
    """

    cohort: CohortId
    year: int
    role: str
    matches: int


def loads(record: Record, person: PersonId, facts: Iterable[Fact]) -> Iterator[Load]:
    """Yield a load for each role that somebody ever had in a cohort.

    Args:
        record: The cohort.
        person: Who.
        facts: All that happened in the cohort.
    """
    enrolled = (one.event for one in facts if isinstance(one.event, Enrolled))
    given = [one.roles for one in enrolled if one.person == person]
    matches = [one.role(person) for one in _begun(record)]
    roles = (*(role for roles in given for role in roles), *filter(None, matches))
    for role in dict.fromkeys(roles):
        if role != COORDINATOR:
            yield Load(
                cohort=record.id,
                year=min(one.date for one in record.frozen.cohort.dates.values()).year,
                role=role,
                matches=matches.count(role),
            )


def _begun(record: Record) -> Iterator[Match]:
    """Yield the matches that all in them had said yes to."""
    for one in record.state.matches.values():
        if one.agreed is not None or one.ended is not None:
            yield one
