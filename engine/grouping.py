"""Who of a gathering is to be put into groups, on which days, and whom to part."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from engine.commands.decision import RefusedError
from engine.company import declined
from engine.facts import Announced
from engine.ids import OccurrenceId, PersonId
from engine.matches import Match
from engine.matching.columns import COMPARABLE, FIXED
from engine.matching.faults import suggest
from engine.people import Participant
from engine.record import EVERYONE, Record, role_of
from engine.timeline.model import Slot, Timeline

_SEVERAL = 2


def coming(
    record: Record,
    timeline: Timeline,
    occurrence: OccurrenceId,
    *,
    roles: Sequence[str] = (),
) -> tuple[Participant, ...]:
    """Return who comes: who was told of it and has not declined.

    Of what is not announced yet, it is whom it is for. With roles, such as `talents`,
    it is only who has one of them.

    Raises:
        RefusedError: If there is no such occurrence, or it is cancelled.
    """
    invited = _slot(record, timeline, occurrence).audience
    off = declined(record.state, occurrence)
    wanted = _roles(record, roles)
    return tuple(
        record.people[one]
        for one in invited
        if one not in off
        and (not wanted or wanted.intersection(record.people[one].roles))
    )


def dates_of(
    record: Record, timeline: Timeline, occurrence: OccurrenceId
) -> tuple[dt.date, ...]:
    """Return the days that a gathering lasts, as its people count them.

    Raises:
        RefusedError: If there is no such occurrence, or it is cancelled.
    """
    times = _slot(record, timeline, occurrence)
    first, last = (
        record.days.zone.local(one).date() for one in (times.starts, times.ends)
    )
    return tuple(
        first + dt.timedelta(days=later) for later in range((last - first).days + 1)
    )


def balance_of(record: Record, written: Iterable[str]) -> Mapping[str, int]:
    """Return columns and how much each counts, from `department` and `gender=2`.

    Raises:
        RefusedError: If there is no such column, its cells hold several, or the weight
            is no whole number.
    """
    return dict(_weighed(record, one) for one in written)


def apart_of(record: Record, kinds: Iterable[str]) -> frozenset[frozenset[PersonId]]:
    """Return who of a kind of match is not to sit with whom.

    Those of one role may sit together where the match has several: it is mentor and
    mentee who see each other anyway.

    Raises:
        RefusedError: If there is no such kind of match, or none of it that runs.
    """
    return frozenset(pair for kind in kinds for pair in _apart(record, kind))


def _slot(
    record: Record, timeline: Timeline, occurrence: OccurrenceId
) -> Announced | Slot:
    """Return what people were told, or else what the files say."""
    known = record.state.announced.get(occurrence)
    found = timeline.occurrences.get(occurrence)
    if (known and known.told.cancelled) or (found and found.off):
        raise RefusedError(f"{occurrence} is cancelled", "see stafet timeline")
    if known:
        return known.told
    if found:
        return found.slot
    raise RefusedError(f"there is no {occurrence}", "see stafet timeline")


def _roles(record: Record, written: Sequence[str]) -> frozenset[str]:
    known = {role for one in record.people.values() for role in one.roles}
    if EVERYONE in written:
        return frozenset()
    for word in written:
        if role_of(word) not in known:
            remedy = suggest(word, sorted(f"{role}s" for role in known))
            raise RefusedError(f"nobody is one of {word!r}", remedy)
    return frozenset(map(role_of, written))


def _weighed(record: Record, written: str) -> tuple[str, int]:
    name, equals, weight = (part.strip() for part in written.partition("="))
    declared = record.frozen.programme.columns
    kinds = {
        **{column: part.type for column, part in declared.items()},
        **{column: part.kind for column, part in FIXED.items()},
    }
    if name not in kinds:
        raise RefusedError(f"there is no column {name!r}", suggest(name, sorted(kinds)))
    if kinds[name] not in COMPARABLE:
        raise RefusedError(
            f"a cell of {name} may hold several, nothing can balance it",
            "leave it out",
        )
    if equals and not (weight.isdecimal() and int(weight)):
        raise RefusedError(f"{weight!r} is no weight", f"write, for example, {name}=2")
    return name, int(weight) if equals else 1


def _apart(record: Record, kind: str) -> Iterator[frozenset[PersonId]]:
    known = record.frozen.programme.matches
    if kind not in known:
        raise RefusedError(f"{kind!r} is no kind of match", suggest(kind, known))
    running = [
        one
        for one in record.state.matches.values()
        if one.kind == kind and not one.dissolved
    ]
    if not running:
        raise RefusedError(f"there is no {kind} yet", "approve them first")
    for match in running:
        yield from _parted(match)


def _parted(match: Match) -> Iterator[frozenset[PersonId]]:
    roles = [people for people in match.members.values() if people]
    if len(roles) < _SEVERAL:
        yield from map(frozenset, combinations(match.people, 2))
    for some, others in combinations(roles, 2):
        for one in some:
            yield from (frozenset((one, other)) for other in others if one != other)
