"""What is to be matched in a cohort as it stands, and what its matches break."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations

from engine.earlier import remembered
from engine.facts import Members
from engine.ids import MatchId, PersonId
from engine.matches import Match
from engine.matching import (
    UNMET,
    Breach,
    Column,
    Problem,
    Rules,
    capacities,
    check,
    parse_rules,
    speech_of,
)
from engine.people import Participant
from engine.record import Record
from engine.spec.matches import MatchPart
from engine.spec.programme import Programme
from engine.wanted import wanted

_BUDDIES = (2, 3)


def rules_of(programme: Programme, kind: MatchPart) -> Rules:
    """Return the rules of a kind of match.

    Raises:
        RulesError: With every sentence that is not understood.
    """
    columns = {
        name: Column(kind=part.type, values=part.values, up_to=part.up_to)
        for name, part in programme.columns.items()
    }
    return parse_rules(
        [pair for rule in kind.require for pair in rule.items()],
        [pair for rule in kind.prefer for pair in rule.items()],
        columns=columns,
        speech=speech_of(kind.shape, kind.roles),
    )


def problem(
    record: Record,
    kind: str,
    *,
    ignore_matches: bool = False,
    beside: Sequence[Members] = (),
) -> Problem:
    """Return what is left to match: who is in a living match needs no other.

    Whoever said no to somebody is not matched with them again, nor is whom the
    coordinator keeps apart, by command or in the file.

    Args:
        record: The cohort.
        kind: The kind of match.
        ignore_matches: Whether to match everybody afresh.
        beside: Matches that count as if they ran.
    """
    part = record.frozen.programme.matches[kind]
    matches = [one for one in record.state.matches.values() if one.kind == kind]
    running = (one.members for one in matches if not one.dissolved)
    kept = (*(() if ignore_matches else running), *beside)
    rules = rules_of(record.frozen.programme, part)
    several = rules.several.count if rules.several else 1
    free = _without_a_match(_there(record), kept, part.placed, several=several)
    asked = replace(
        afresh(record.frozen.programme, kind, free),
        capacity=_places_left(free, kept, part.repeated),
        vetoes=frozenset(_vetoes(matches)),
        nevers=frozenset(two for of, two in record.state.vetoes if of == kind),
        held=_held(kept, part),
        had=_had(kept, part.placed) if several > 1 else {},
        already=frozenset(_already(kept)) if several > 1 else frozenset(),
        kept=frozenset(one for match in kept for one in match.get(part.placed, ())),
    )
    return wanted(remembered(asked, record.earlier), record.frozen.cohort)


def afresh(programme: Programme, kind: str, people: Iterable[Participant]) -> Problem:
    """Return what is to be matched where nothing has happened yet.

    Raises:
        RulesError: With every sentence that is not understood.
    """
    part, everyone = programme.matches[kind], tuple(people)
    least, most = _size(part)
    return Problem(
        kind=kind,
        sides=speech_of(part.shape, part.roles).sides,
        participants=everyone,
        rules=rules_of(programme, part),
        capacity=_places_left(everyone, (), part.repeated),
        aim=part.aim,
        shape=part.shape,
        placed=part.placed,
        least=least,
        most=most,
        given=part.roles[1] if part.shape == "trios" else "",
        joined=next(iter(part.everybody[len(part.roles) :]), ""),
    )


def all_at_once(record: Record, kind: str) -> Problem:
    """Return what is to match if running matches may be moved, as few as can be.

    Two managers who mentor each other's talents, against a rule, are not held to it.
    """
    asked = problem(record, kind, ignore_matches=True)
    living = [one for one in record.state.matches.values() if _runs(one, kind)]
    swapped = {
        person
        for breach in check(asked, [one.members for one in living])
        if breach.rule is not None and breach.rule == asked.rules.swaps
        for person in breach.people
    }
    first, second = asked.sides
    return replace(
        asked,
        moving=True,
        running=frozenset(
            (one.members[first][0], one.members[second][0])
            for one in living
            if one.members[first][0] not in swapped
        ),
    )


def _there(record: Record) -> tuple[Participant, ...]:
    """Return everyone, without a role where they are away: nobody is matched so."""
    absent = record.state.presence.absent
    return tuple(
        replace(one, roles=()) if one.person in absent else one
        for one in record.participants
    )


def _size(part: MatchPart) -> tuple[int, int]:
    """Return the fewest and the most of those who are placed in one match."""
    if part.size is not None:
        return part.size.least, part.size.most
    return _BUDDIES if part.shape == "buddies" else (1, 1)


def _vetoes(matches: Iterable[Match]) -> Iterator[tuple[PersonId, PersonId]]:
    """Yield whoever said no, or whose match has ended, with each of the others.

    Nothing is against two whose match ended because one of them had left.
    """
    for match in matches:
        if match.dissolved and not match.parted:
            for one in match.declined or match.people:
                yield from ((one, other) for other in match.people if other != one)


def _had(kept: Iterable[Members], role: str) -> Counter[PersonId]:
    """Return how many matches each in a role has."""
    return Counter(one for match in kept for one in match.get(role, ()))


def _already(kept: Iterable[Members]) -> Iterator[tuple[PersonId, PersonId]]:
    """Yield every two who are in one match."""
    for match in kept:
        yield from combinations(chain(*match.values()), 2)


def _without_a_match(
    people: Iterable[Participant], kept: Sequence[Members], role: str, *, several: int
) -> tuple[Participant, ...]:
    """Return everyone; who has as many matches as they are to does not look for one."""
    had = _had(kept, role)
    taken = {person for person in had if had[person] >= several}
    return tuple(
        replace(one, roles=tuple(other for other in one.roles if other != role))
        if one.person in taken
        else one
        for one in people
    )


def _places_left(
    people: Sequence[Participant], kept: Sequence[Members], role: str | None
) -> Mapping[PersonId, int]:
    if role is None:
        return {}
    busy = Counter(person for match in kept for person in match.get(role, ()))
    capacity = capacities(people)
    return {
        one.person: capacity.get(one.person, 1) - busy[one.person]
        for one in people
        if role in one.roles
    }


def _held(kept: Iterable[Members], part: MatchPart) -> Counter[PersonId]:
    """Return how many people are placed already with each who may have several."""
    return Counter(
        one
        for match in kept
        for one in match.get(part.repeated or "", ())
        for _ in match.get(part.placed, ())
    )


def breaches(record: Record) -> dict[MatchId, frozenset[Breach]]:
    """Return the rules that running matches break, by match; not those that break none.

    What only all matches of a kind show together, such as one exception too many,
    counts for each match of whom it concerns. What an
    answer may lack is no fault of any match.
    """
    found: dict[MatchId, frozenset[Breach]] = {}
    for kind in record.frozen.programme.matches:
        running = [one for one in record.state.matches.values() if _runs(one, kind)]
        if running:
            asked = problem(record, kind, ignore_matches=True)
            found_now = check(asked, [one.members for one in running])
            for breach in (one for one in found_now if one.kind not in UNMET):
                for match in _concerned(breach, running):
                    found[match] = found.get(match, frozenset()) | {breach}
    return found


def _runs(match: Match, kind: str) -> bool:
    return match.kind == kind and not match.dissolved


def _concerned(breach: Breach, running: list[Match]) -> Iterator[MatchId]:
    """Yield the match of a breach: the one of them all, or each of any of them."""
    everyone = set(breach.people)
    whole = [one.id for one in running if everyone <= set(one.people)]
    yield from whole or [one.id for one in running if everyone & set(one.people)]
