"""Who is to be matched with whom, or never, as a cohort file says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from engine.ids import PersonId
from engine.matching import Problem
from engine.matching.insisting import hindrances
from engine.people import Participant
from engine.spec.cohort import Cohort
from engine.spec.twos import Both, TwoPeople

Two = tuple[PersonId, PersonId]
_TWO = 2


def wanted(asked: Problem, cohort: Cohort) -> Problem:
    """Return a problem with whom the cohort file keeps together, and apart.

    Only who may still be matched is kept together: not who has left, is matched
    already, or has said no since.
    """
    apart = frozenset(_named(cohort.never_match, asked))
    kept = replace(asked, nevers=asked.nevers | apart)
    for two in sorted(_named(cohort.must_match, asked)):
        insisted = replace(kept, pins=kept.pins | {two})
        if not hindrances(insisted):
            kept = insisted
    return kept


def _named(twos: Iterable[TwoPeople], asked: Problem) -> Iterator[Two]:
    for one in twos:
        found = people_of(one.two, asked.participants)
        if one.in_ in (None, asked.kind) and len(found) == _TWO:
            yield found[0].person, found[1].person


def people_of(both: Both, everyone: Sequence[Participant]) -> tuple[Participant, ...]:
    """Return who of everyone is named, by id or by address."""
    found = (
        next((one for one in everyone if _is(one, named)), None)
        for named in (both.one, both.other)
    )
    return tuple(one for one in found if one is not None)


def _is(one: Participant, named: str) -> bool:
    return named == one.id or named.lower() == one.email.lower()
