"""Which matches are best for a cohort as it stands, and how they are proposed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from engine.commands.announcing import call
from engine.commands.decision import NOTHING, Decision, RefusedError
from engine.commands.standing import Standing
from engine.facts import Event, Members, Pairing, Proposed
from engine.ids import PersonId
from engine.matches import Match
from engine.matching import (
    Column,
    Problem,
    Rules,
    Solution,
    capacities,
    check,
    parse_rules,
    rate,
    solve,
    speech_of,
    word_breach,
)
from engine.people import Participant
from engine.record import Record
from engine.spec.matches import MatchPart
from engine.spec.programme import Programme

APPROVE = "approve-matches"
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


def problem(record: Record, kind: str, *, ignore_matches: bool = False) -> Problem:
    """Return what is left to match: who is in a living match needs no other.

    Whoever said no to somebody is not matched with them again.

    Args:
        record: The cohort.
        kind: The kind of match.
        ignore_matches: Whether to match everybody afresh.
    """
    part = record.frozen.programme.matches[kind]
    matches = [one for one in record.state.matches.values() if one.kind == kind]
    kept = [one for one in matches if not (one.dissolved or ignore_matches)]
    free = _without_a_match(_there(record), kept, part.placed)
    least, most = _size(part)
    return Problem(
        kind=kind,
        sides=speech_of(part.shape, part.roles).sides,
        participants=free,
        rules=rules_of(record.frozen.programme, part),
        capacity=_places_left(free, kept, part.repeated),
        vetoes=frozenset(_vetoes(matches)),
        aim=part.aim,
        shape=part.shape,
        placed=part.placed,
        least=least,
        most=most,
        given=part.roles[1] if part.shape == "trios" else "",
        joined=next(iter(part.everybody[len(part.roles) :]), ""),
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


def _without_a_match(
    people: Iterable[Participant], kept: Sequence[Match], role: str
) -> tuple[Participant, ...]:
    """Return everyone; who is in a match already does not look for another."""
    taken = {person for match in kept for person in match.members.get(role, ())}
    return tuple(
        replace(one, roles=tuple(other for other in one.roles if other != role))
        if one.person in taken
        else one
        for one in people
    )


def _places_left(
    people: Sequence[Participant], kept: Sequence[Match], role: str | None
) -> Mapping[PersonId, int]:
    if role is None:
        return {}
    busy = Counter(person for match in kept for person in match.members.get(role, ()))
    capacity = capacities(people)
    return {
        one.person: capacity.get(one.person, 1) - busy[one.person]
        for one in people
        if role in one.roles
    }


def solution_for(
    record: Record, kind: str, *, ignore_matches: bool = False
) -> Solution:
    """Return the best matches for a cohort; the cohort's name breaks ties.

    Raises:
        AssertionError: If the independent check finds a broken rule: our own fault.
    """
    asked = problem(record, kind, ignore_matches=ignore_matches)
    solution = solve(asked, seed=record.id.encode())
    if breaches := check(asked, [match.members for match in solution.matches]):
        raise AssertionError(breaches)
    return solution


def propose(record: Record, kind: str) -> tuple[Event, ...]:
    """Return the facts of a proposal, and the coordinator's task to approve it."""
    return (proposed(record, kind), *to_approve(record, kind))


def to_approve(record: Record, kind: str) -> tuple[Event, ...]:
    """Return the coordinator's task to approve what is proposed."""
    activity = record.frozen.programme.matching(kind)
    slug = activity.slug if activity else kind
    occurrence = next(
        (o.occurrence for o in record.state.allocated.values() if o.activity == slug),
        None,
    )
    return call(record, APPROVE, subject=kind, occurrence=occurrence)


def rematch(standing: Standing, *, kind: str | None = None) -> Decision:
    """Propose matches for those who have none; those who have one keep it.

    Raises:
        RefusedError: If nobody can be matched who is not.
    """
    record = standing.record
    made = dict.fromkeys(one.kind for one in record.state.matches.values())
    kinds = [one for one in made if kind in (None, one)]
    events = [
        event
        for found in (proposed(record, one) for one in kinds)
        if found.matches
        for event in (found, *to_approve(record, found.kind))
    ]
    if not events:
        raise RefusedError(
            "nobody without a match can be given one",
            "add people to the file and apply it, or see stafet match for why",
        )
    return Decision(events=events)


def lay(
    standing: Standing, *, kind: str, matches: Sequence[Members], anyway: bool = False
) -> Decision:
    """Put other matches before the coordinator than those that wait to be approved.

    Args:
        standing: The cohort.
        kind: The kind of match.
        matches: Who would be in each.
        anyway: Whether they may break a rule.

    Raises:
        RefusedError: If none are waited for now, or they break a rule.
    """
    record = standing.record
    made = (one.kind for one in record.state.matches.values())
    if kind not in {*record.state.proposed, *made}:
        raise RefusedError(
            f"no matches of {kind} are proposed yet", "see stafet status for when"
        )
    asked = problem(record, kind)
    breaches = check(asked, matches)
    if breaches and not anyway:
        names = {person: one.id for person, one in record.people.items()}
        told = "\n".join(word_breach(one, "en", names=names) for one in breaches)
        raise RefusedError(told, "change them, or do it with --anyway")
    inside = {one for match in matches for those in match.values() for one in those}
    laid = Proposed(
        kind=kind,
        matches=tuple(
            Pairing(members=one, points=rate(asked, one).points) for one in matches
        ),
        unmatched=tuple(
            one.person for one in asked.having(asked.placed) if one.person not in inside
        ),
    )
    if record.state.proposed.get(kind) == laid:
        return NOTHING
    return Decision(events=(laid, *to_approve(record, kind)))


def proposed(record: Record, kind: str) -> Proposed:
    """Return the best matches as a fact."""
    solution = solution_for(record, kind)
    return Proposed(
        kind=kind,
        matches=tuple(
            Pairing(members=match.members, points=match.points)
            for match in solution.matches
        ),
        unmatched=tuple(one.person for one in solution.unmatched),
    )
