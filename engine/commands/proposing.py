"""Which matches are best for a cohort as it stands, and how they are proposed."""

from collections.abc import Sequence

from engine.commands.announcing import call
from engine.commands.decision import NOTHING, Decision, RefusedError
from engine.commands.standing import Standing
from engine.facts import Event, Members, Pairing, Proposed
from engine.matching import (
    IMPOSSIBLE,
    UNMET,
    Breach,
    Solution,
    check,
    rate,
    solve_anyway,
    word_breach,
)
from engine.problems import problem
from engine.record import Record

APPROVE = "approve-matches"


def solution_for(
    record: Record, kind: str, *, ignore_matches: bool = False
) -> Solution:
    """Return the best matches for a cohort; the cohort's name breaks ties.

    Raises:
        AssertionError: If the independent check finds a broken rule: our own fault.
    """
    asked = problem(record, kind, ignore_matches=ignore_matches)
    solution = solve_anyway(asked, seed=record.id.encode())
    found = check(asked, [match.members for match in solution.matches])
    if breaches := [one for one in found if one.kind not in UNMET]:
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
        RefusedError: If none are waited for now, there is none among them, or they
            break a rule; `anyway` or not where they are no matches at all.
    """
    record = standing.record
    made = (one.kind for one in record.state.matches.values())
    if kind not in {*record.state.proposed, *made}:
        raise RefusedError(
            f"no matches of {kind} are proposed yet", "see stafet status for when"
        )
    if not matches:
        raise RefusedError(
            f"there is no match of {kind} to propose", "see stafet match for why"
        )
    asked = problem(record, kind)
    _check(record, check(asked, matches), anyway=anyway)
    inside = {one for match in matches for those in match.values() for one in those}
    laid = Proposed(
        kind=kind,
        matches=tuple(
            Pairing(members=one, points=rate(asked, one).points) for one in matches
        ),
        unmatched=asked.without(inside),
    )
    if record.state.proposed.get(kind) == laid:
        return NOTHING
    return Decision(events=(laid, *to_approve(record, kind)))


def _check(record: Record, breaches: Sequence[Breach], *, anyway: bool) -> None:
    impossible = [one for one in breaches if one.kind in IMPOSSIBLE]
    told = impossible if anyway else breaches
    if told:
        names = {person: one.id for person, one in record.people.items()}
        raise RefusedError(
            "\n".join(word_breach(one, "en", names=names) for one in told),
            "change them" if impossible else "change them, or do it with --anyway",
        )


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
