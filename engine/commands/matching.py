"""Matches of a cohort: approved, and agreed to by their members in turn."""

from engine.commands.announcing import call
from engine.commands.decision import NOTHING, Decision, RefusedError
from engine.commands.parting import FIND_MATCH
from engine.commands.proposing import APPROVE, proposed
from engine.commands.standing import Standing
from engine.facts import Approved, Confirmed, Dissolved, Event, Proposed, Settled
from engine.ids import MatchId, PersonId
from engine.matches import Match
from engine.record import Record
from engine.reproposing import reproposed

DECLINED = "match-declined"


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
    """Return what waits for approval, or new matches for whoever lost theirs.

    Where somebody has left meanwhile, as much of what waits stays as can.
    """
    record = standing.record
    waiting = [
        one if _is_current(record, one) else reproposed(record, one.kind).proposed
        for one in record.state.proposed.values()
        if kind in (None, one.kind)
    ]
    declined = {one.kind for one in record.state.matches.values() if one.dissolved}
    again = [proposed(record, one) for one in sorted(declined) if kind in (None, one)]
    return waiting or [one for one in again if one.matches]


def _is_current(record: Record, laid: Proposed) -> bool:
    """Return whether all in a proposal still have the roles that they have in it."""
    return all(
        role in record.state.enrolled[person]
        and person not in record.state.presence.absent
        for pairing in laid.matches
        for role, people in pairing.members.items()
        for person in people
    )


def _settled(record: Record, kind: str) -> list[Settled]:
    """Return the tasks that an approval settles: to approve, and who was left over."""
    matches = record.state.matches
    return [
        Settled(task=name)
        for name, task in record.state.tasks.items()
        if name == f"{APPROVE}/{kind}"
        or (
            task.raised.wording in (DECLINED, FIND_MATCH)
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
        asked = {one for turn in part.asked(pairing.members) for one in turn}
        events += [
            Confirmed(match=match, person=person, agrees=True)
            for role in pairing.members.values()
            for person in role
            if person not in asked
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
    if others_first(record, found, person):
        raise RefusedError(f"{match} waits for somebody else", "they are asked first")
    said = Confirmed(match=match, person=person, agrees=agrees)
    silent = f"no-answer-on-match/{match}/{person}"
    settled = [Settled(task=silent)] if silent in record.state.tasks else []
    if agrees:
        return Decision(events=(said, *settled))
    declined = call(record, DECLINED, subject=match, match=match)
    return Decision(events=(said, Dissolved(match=match), *settled, *declined))


def others_first(record: Record, match: Match, person: PersonId) -> bool:
    """Return whether somebody is asked before this one and has not said yes."""
    part = record.frozen.programme.matches[match.kind]
    for turn in part.asked(match.members):
        if person in turn:
            return False
        if any(member not in match.confirmed for member in turn):
            return True
    return False
