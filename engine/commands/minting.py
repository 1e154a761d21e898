"""Whose surrogate is whose: known by an address anywhere, or minted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from engine.ids import PersonId
from engine.people import Participant
from engine.ports import Store

Identify = Callable[[Sequence[Participant]], Sequence[Participant]]
"""Gives people whom a cohort does not know yet the surrogates of their addresses."""


def surrogates(store: Store, addresses: Iterable[str]) -> Mapping[str, PersonId]:
    """Return the surrogate of each address in lower case: one for one address.

    Two who mint at once get the same number, and the append of one of them is refused.
    """
    wanted = tuple(addresses)
    found = dict(store.surrogates(wanted))
    number = store.next_person()
    for address in wanted:
        if address not in found:
            found[address] = PersonId(f"p{number}")
            number += 1
    return found


def identify(store: Store) -> Identify:
    """Return what gives people their surrogates.

    Whoever is known elsewhere keeps the name, the phone and the language that they have
    there: somebody who proposes them does not change these.
    """
    return partial(_identified, store)


def _identified(store: Store, people: Sequence[Participant]) -> Sequence[Participant]:
    known = store.surrogates([one.email.lower() for one in people])
    told = {
        one.person: one
        for cohort in (store.cohorts() if known else ())
        for one in store.people(cohort)
        if one.person in known.values()
    }
    given = surrogates(store, [one.email.lower() for one in people])
    return [_as_known(one, given[one.email.lower()], told) for one in people]


def _as_known(
    one: Participant, person: PersonId, told: Mapping[PersonId, Participant]
) -> Participant:
    there = told.get(person)
    if there is None:
        return replace(one, person=person)
    return replace(
        one,
        person=person,
        name=there.name,
        email=there.email,
        phone=there.phone,
        language=there.language,
    )
