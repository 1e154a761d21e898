"""Two who are not to be matched, by command; the rest of a proposal stays."""

import datetime as dt
from collections.abc import Sequence

from engine.commands.decision import NOTHING, Decision, RefusedError
from engine.commands.proposing import to_approve
from engine.commands.standing import Standing
from engine.facts import Allowed, Event, Two, Vetoed
from engine.matching.rating import FEW
from engine.problems import problem
from engine.record import Record, grown_by, ids_of
from engine.reproposing import Reproposal, has_both, reproposed


def veto(
    standing: Standing,
    *,
    kind: str,
    twos: Sequence[Two],
    now: dt.datetime,
    known: Reproposal | None = None,
) -> Decision:
    """Record that two are not to be matched, and propose anew where they were.

    Nobody is told but who approves.

    Args:
        standing: The cohort.
        kind: The kind of match.
        twos: Who with whom.
        now: When it is recorded.
        known: What was found for the same proposal before, so as not to solve again.

    Raises:
        RefusedError: If they are in a match that runs, or no match could join them.
    """
    record = standing.record
    new = _new(record, kind, twos)
    for two in new:
        _refuse_matched(record, kind, two)
        _refuse_apart(record, kind, two)
    if not new:
        return NOTHING
    events: list[Event] = [Vetoed(kind=kind, people=two) for two in new]
    found = after(record, kind, new, now=now, known=known)
    if found is not None:
        events += [found.proposed, *to_approve(record, kind)]
    return Decision(events=events)


def allow(standing: Standing, *, kind: str, twos: Sequence[Two]) -> Decision:
    """Take vetoes back; what is proposed stays as it is.

    Raises:
        RefusedError: If there is no such veto.
    """
    record = standing.record
    for two in twos:
        if (kind, _sorted(two)) not in record.state.vetoes:
            raise RefusedError(
                f"{_names(record, two)}: there is no such veto",
                "see stafet veto for those that there are; "
                "`never match` is taken out of the cohort file",
            )
    those = dict.fromkeys(map(_sorted, twos))
    return Decision(events=[Allowed(kind=kind, people=two) for two in those])


def after(
    record: Record,
    kind: str,
    twos: Sequence[Two],
    *,
    now: dt.datetime,
    known: Reproposal | None = None,
) -> Reproposal | None:
    """Return what would be proposed once these two are apart; None where nothing is."""
    laid, new = record.state.proposed.get(kind), _new(record, kind, twos)
    if laid is None or not any(has_both(laid, two) for two in new):
        return None
    vetoes = [Vetoed(kind=kind, people=two) for two in new]
    then = grown_by(record, vetoes, now=now)
    if known and (known.laid, known.asked) == (laid, problem(then, kind)):
        return known
    return reproposed(then, kind)


def _new(record: Record, kind: str, twos: Sequence[Two]) -> tuple[Two, ...]:
    """Return those who are not recorded yet, each once."""
    known = record.state.vetoes
    those = dict.fromkeys(map(_sorted, twos))
    return tuple(two for two in those if (kind, two) not in known)


def _refuse_matched(record: Record, kind: str, two: Two) -> None:
    for match in record.state.matches.values():
        both = match.kind == kind and {*two} <= {*match.people}
        if both and not match.dissolved:
            raise RefusedError(
                f"{_names(record, two)} are in {match.id}, which runs",
                f"see stafet end {match.id} and stafet replace",
            )


def _refuse_apart(record: Record, kind: str, two: Two) -> None:
    """Refuse a veto about two whom no match of a kind would join by itself."""
    part = record.frozen.programme.matches[kind]
    one, other = (record.state.enrolled.get(person, ()) for person in two)
    joined = any(
        here != there or part.shape not in FEW
        for here in part.roles
        for there in part.roles
        if here in one and there in other
    )
    if not joined:
        raise RefusedError(
            f"{_names(record, two)} are not two whom a {kind} matches",
            "name two whom it does; stafet propose --file takes any others",
        )


def _sorted(two: Two) -> Two:
    one, other = sorted(two)
    return one, other


def _names(record: Record, two: Two) -> str:
    return " and ".join(ids_of(two, record))
