"""Matches of a cohort: asked of the solver, approved, agreed to by their members."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from engine.commands.announcing import call
from engine.commands.decision import NOTHING, Decision, RefusedError
from engine.commands.standing import Standing
from engine.facts import (
    Approved,
    Confirmed,
    Dissolved,
    Event,
    Pairing,
    Proposed,
    Settled,
)
from engine.ids import MatchId, PersonId
from engine.matching import (
    Column,
    Problem,
    Rules,
    Solution,
    capacities,
    check,
    parse_rules,
    solve,
)
from engine.people import Participant
from engine.record import Record
from engine.spec.programme import MatchPart, Programme
from engine.state import Match

APPROVE = "approve-matches"
DECLINED = "match-declined"


def rules_of(programme: Programme, kind: MatchPart) -> Rules:
    """Return the rules of a kind of match.

    Raises:
        RulesError: With every sentence that is not understood.
    """
    columns = {
        name: Column(kind=part.type, values=part.values, up_to=part.up_to)
        for name, part in programme.people.items()
    }
    return parse_rules(
        [pair for rule in kind.require for pair in rule.items()],
        [pair for rule in kind.prefer for pair in rule.items()],
        columns=columns,
        sides=kind.roles,
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
    free = _without_a_match(record.participants, kept, part.roles[1])
    return Problem(
        kind=kind,
        sides=part.roles,
        participants=free,
        rules=rules_of(record.frozen.programme, part),
        capacity=_places_left(free, kept, part.roles[0]),
        vetoes=frozenset(
            (one, other)
            for match in matches
            if match.dissolved
            for one in match.people
            for other in match.people
            if one < other
        ),
        aim=part.aim,
    )


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
    people: Sequence[Participant], kept: Sequence[Match], role: str
) -> Mapping[PersonId, int]:
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
    shape = record.frozen.programme.matches[kind].shape
    solution = solve(asked, shape=shape, seed=record.id.encode())
    if breaches := check(asked, [match.members for match in solution.matches]):
        raise AssertionError(breaches)
    return solution


def propose(record: Record, kind: str) -> tuple[Event, ...]:
    """Return the facts of a proposal, and the coordinator's task to approve it."""
    activity = record.frozen.programme.matching(kind)
    slug = activity.slug if activity else kind
    occurrence = next(
        (o.occurrence for o in record.state.allocated.values() if o.activity == slug),
        None,
    )
    told = call(record, APPROVE, subject=kind, occurrence=occurrence)
    return (proposed(record, kind), *told)


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


def approve(standing: Standing, *, kind: str | None = None) -> Decision:
    """Give every proposed match its lasting id.

    Raises:
        RefusedError: If nothing is proposed.
    """
    proposals = _proposals(standing, kind)
    if not proposals:
        raise RefusedError(
            "no matches are proposed", "see stafet status for when they will be"
        )
    events: list[Event] = []
    for one in proposals:
        events += _approved(standing.record, one)
        events += _settled(standing.record, one.kind)
    return Decision(events=events)


def _proposals(standing: Standing, kind: str | None) -> list[Proposed]:
    """Return what waits for approval, or new matches for whoever lost theirs."""
    record = standing.record
    waiting = [
        one for one in record.state.proposed.values() if kind in (None, one.kind)
    ]
    declined = {one.kind for one in record.state.matches.values() if one.dissolved}
    again = [proposed(record, one) for one in sorted(declined) if kind in (None, one)]
    return waiting or [one for one in again if one.matches]


def _settled(record: Record, kind: str) -> list[Settled]:
    """Return the tasks that an approval settles: to approve, and who was left over."""
    matches = record.state.matches
    return [
        Settled(task=name)
        for name, task in record.state.tasks.items()
        if name == f"{APPROVE}/{kind}"
        or (
            task.raised.wording == DECLINED
            and task.raised.match is not None
            and matches[task.raised.match].kind == kind
        )
    ]


def _approved(record: Record, laid: Proposed) -> list[Event]:
    part = record.frozen.programme.matches[laid.kind]
    given = sum(1 for one in record.state.matches.values() if one.kind == laid.kind)
    events: list[Event] = []
    for number, pairing in enumerate(laid.matches, start=given + 1):
        match = MatchId(f"{laid.kind}-{number}")
        events.append(
            Approved(
                match=match,
                kind=laid.kind,
                members=pairing.members,
                points=pairing.points,
            )
        )
        if part.confirm is None:
            events += [
                Confirmed(match=match, person=person, agrees=True)
                for role in pairing.members.values()
                for person in role
            ]
    return events


def confirm(
    standing: Standing, *, match: MatchId, person: PersonId, agrees: bool
) -> Decision:
    """Record that a member says yes or no; a no ends the match, kindly.

    Raises:
        RefusedError: If the person is not in that match, or is not asked yet.
    """
    record = standing.record
    found = record.state.matches.get(match)
    if found is None or person not in found.people:
        raise RefusedError(f"{match} is no match of theirs", "see stafet status")
    if person in found.confirmed and not agrees:
        raise RefusedError(
            f"yes was said to {match} already", "the coordinator can be asked to help"
        )
    if found.dissolved or person in found.confirmed:
        return NOTHING
    for side in found.members.values():
        if person in side:
            break
        if any(member not in found.confirmed for member in side):
            raise RefusedError(
                f"{match} waits for somebody else", "they are asked first"
            )
    said = Confirmed(match=match, person=person, agrees=agrees)
    silent = f"no-answer-on-match/{match}/{person}"
    settled = [Settled(task=silent)] if silent in record.state.tasks else []
    if agrees:
        return Decision(events=(said, *settled))
    declined = call(record, DECLINED, subject=match, match=match)
    return Decision(events=(said, Dissolved(match=match), *settled, *declined))
