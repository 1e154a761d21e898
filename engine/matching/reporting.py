"""Who is above whom in the reporting line."""

from collections.abc import Iterable, Mapping
from email.utils import parseaddr

from engine.ids import PersonId
from engine.people import Participant

Lines = Mapping[PersonId, frozenset[PersonId]]
"""Everyone above each person: manager, manager's manager, and so on."""


def reporting_lines(participants: Iterable[Participant]) -> Lines:
    """Return everyone above each person, as far as participants' managers tell.

    A circle is followed once.
    """
    everyone = tuple(participants)
    above = nearest_managers(everyone)
    return {one.person: _line(one.person, above) for one in everyone}


def nearest_managers(
    participants: Iterable[Participant],
) -> Mapping[PersonId, PersonId]:
    """Return the manager of each whose manager takes part.

    A manager who takes no part ends the line. One given as `Name <address>` is the
    participant with that address, if there is one.
    """
    everyone = tuple(participants)
    by_id = {one.id: one for one in everyone}
    by_address = {one.email.casefold(): one for one in everyone if one.email}
    above: dict[PersonId, PersonId] = {}
    for one in (who for who in everyone if who.manager):
        address = parseaddr(one.manager)[1].casefold()
        manager = by_id.get(one.manager) or by_address.get(address)
        if manager is not None:
            above[one.person] = manager.person
    return above


def _line(person: PersonId, above: Mapping[PersonId, PersonId]) -> frozenset[PersonId]:
    line: set[PersonId] = set()
    while person in above and above[person] not in line:
        person = above[person]
        line.add(person)
    return frozenset(line)
